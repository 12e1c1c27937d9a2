// The row of the calling agent: the one in flight that names its pane and was assigned in this run of the session.
import { epochMilliseconds, isTerminal, paneId, type Assignment } from "../../assignment";
import { refusal, type ToolAnswer, quoted } from "./answer";
import type { FoundRow, OwnLedger } from "./ledgerOf";
import { rowData } from "./rowData";
import { problemText } from "./refusals";

export interface CallerRows {
  /** In flight, assigned in this run. */
  readonly inFlight: readonly Assignment[];
  /** In flight, assigned before the session was created: what runs in the pane now isn't their agent. */
  readonly earlier: readonly Assignment[];
  /** The finished row of this run that was assigned last. */
  readonly last: Assignment | undefined;
}

export function callerRows({ store, location }: OwnLedger): CallerRows {
  const rows = store.list().filter((row) => {
    const id = paneId(row);
    return id === undefined ? row.pane === location.uniqueIndex && isUnplacedBySchema(row) : id === location.paneId;
  });
  const isOfThisRun = (row: Assignment): boolean => (epochMilliseconds(row.assigned_at) ?? 0) >= location.createdAt;
  return {
    inFlight: rows.filter((row) => !isTerminal(row.status) && isOfThisRun(row)),
    earlier: rows.filter((row) => !isTerminal(row.status) && !isOfThisRun(row)),
    last: rows.findLast((row) => isTerminal(row.status) && isOfThisRun(row)),
  };
}

/** A row that says something of a pane id, and nothing usable, isn't placed by its index either. */
function isUnplacedBySchema(row: Assignment): boolean {
  return row.occupancy_key === undefined && row.dispatch_target === undefined;
}

/**
 * The one row that is meant.
 * @param beadId chooses between several, and guards against a row that was replaced since the agent last read it
 */
export function theOwnRow(own: OwnLedger, beadId?: string): FoundRow | ToolAnswer {
  const rows = callerRows(own);
  const [first, ...others] = rows.inFlight;
  if (beadId !== undefined) {
    const row = rows.inFlight.find(({ bead_id }) => bead_id === beadId);
    return row === undefined ? notYours(own, rows, beadId) : { row };
  }
  if (first === undefined) return noRow(own, rows);
  return others.length === 0 ? { row: first } : severalRows(own, rows.inFlight);
}

function noRow({ store, location }: OwnLedger, { earlier, last }: CallerRows): ToolAnswer {
  const trouble = problemText(store.health);
  const where = `this pane (${location.paneId}, session ${quoted(location.sessionName)})`;
  if (earlier.length > 0) {
    return refusal(
      "earlier-run",
      `No bead is assigned to ${where} in this run. ${listed(earlier)} named the same pane id before the session was created anew.`,
      "Leave it alone: ntm or the user has to assign it again.",
      { beads: earlier.map(rowData) },
    );
  }
  if (!store.exists) {
    return refusal(
      "no-bead",
      `The session ${quoted(location.sessionName)} has no ledger, so no bead is assigned to ${where}.`,
      "Wait until ntm or the user assigns one.",
    );
  }
  const before = last === undefined ? "" : ` The last one, ${quoted(last.bead_id)}, is ${last.status}.`;
  return refusal("no-bead", `No bead is in flight in ${where}.${before}`, "Wait until ntm or the user assigns one.", {
    ...(last !== undefined && { last: rowData(last) }),
    ...(trouble !== undefined && { trouble }),
  });
}

function severalRows({ location }: OwnLedger, rows: readonly Assignment[]): ToolAnswer {
  return refusal(
    "several-beads",
    `${rows.length} beads are in flight in this pane (${location.paneId}): ${listed(rows)}.`,
    "Say with bead_id which one is meant.",
    { beads: rows.slice(0, 20).map(rowData) },
  );
}

function notYours({ location }: OwnLedger, { inFlight, earlier, last }: CallerRows, beadId: string): ToolAnswer {
  const isEarlier = earlier.some((row) => row.bead_id === beadId);
  if (isEarlier) {
    return refusal(
      "earlier-run",
      `${quoted(beadId)} was assigned to the pane id ${location.paneId} before the session was created anew.`,
      "Leave it alone: ntm or the user has to assign it again.",
    );
  }
  if (last?.bead_id === beadId) {
    return refusal("no-bead", `${quoted(beadId)} is ${last.status} already.`, "Nothing needs to be done.", {
      last: rowData(last),
    });
  }
  const own = inFlight.length === 0 ? "No bead is in flight in it." : `In flight in it: ${listed(inFlight)}.`;
  return refusal(
    "not-yours",
    `${quoted(beadId)} isn't assigned to this pane (${location.paneId}). ${own}`,
    "Ask for my_bead.",
  );
}

function listed(rows: readonly Assignment[]): string {
  const ids = rows.slice(0, 5).map(({ bead_id }) => quoted(bead_id));
  return rows.length > ids.length ? `${ids.join(", ")} and ${rows.length - ids.length} more` : ids.join(", ");
}
