// The tools that read: the agent's own bead, the session's beads, and the status of one bead.
import { isTerminal, allowedTransitions, rowHold, type Assignment, type AssignmentStore } from "../../assignment";
import { answer, type ToolAnswer, oneLine, quoted } from "./answer";
import { ownLedger, rowNamed, sessionLedger, type AgentContext, type AgentLocation } from "./ledgerOf";
import { callerRows, theOwnRow } from "./callerRows";
import { holdReason, rowData } from "./rowData";
import { problemText, ntmCommands, remedy } from "./refusals";

/** Of a prompt, in characters. Longer than any that ntm types into a pane. */
const longestPrompt = 50_000;

export async function myBead(context: AgentContext): Promise<ToolAnswer> {
  const own = await ownLedger(context);
  if ("isError" in own) return own;
  const found = theOwnRow(own);
  // That there is no bead, or more than one, is what was asked for.
  return "isError" in found ? { ...found, isError: false } : explanation(own.store, found.row, own.location);
}

export interface ListQuery {
  readonly status?: string | undefined;
  readonly limit?: number | undefined;
}

export async function list(context: AgentContext, { status, limit = 50 }: ListQuery): Promise<ToolAnswer> {
  const session = await sessionLedger(context);
  if ("isError" in session) return session;
  const { store } = session;
  const trouble = problemText(store.health);
  const rows = store.list().filter((row) => status === undefined || row.status === status);
  // What is in flight is what others may be asked about; the sort is stable.
  rows.sort((a, b) => Number(isTerminal(a.status)) - Number(isTerminal(b.status)));
  const shown = rows.slice(0, limit).map(rowData);
  const omitted = rows.length - shown.length;
  const lines = shown.map(
    (row) => `- ${quoted(row.bead_id)} ${row.status}, pane ${row.pane}, ${row.agent}: ${quoted(row.title)}`,
  );
  const sentence = [
    `Session ${quoted(store.sessionName)}: ${beads(rows.length)}${status === undefined ? "" : ` with status ${quoted(status)}`}.`,
    ...(trouble === undefined ? [] : [trouble]),
    ...(omitted > 0 ? [`The first ${shown.length} are listed; narrow it down with status, or raise limit.`] : []),
  ].join(" ");
  return answer(
    {
      session: store.sessionName,
      exists: store.exists,
      counts: store.stats(),
      beads: shown,
      omitted,
      ...(trouble !== undefined && { trouble }),
    },
    [sentence, ...lines].join("\n"),
  );
}

export async function explainBead(context: AgentContext, beadId: string): Promise<ToolAnswer> {
  const session = await sessionLedger(context);
  if ("isError" in session) return session;
  const { store, location } = session;
  const found = rowNamed(store, beadId);
  return "isError" in found ? found : explanation(store, found.row, location);
}

/** @param location when it is known; only the row's own pane is given the prompt */
function explanation(store: AssignmentStore, row: Assignment, location: AgentLocation | undefined): ToolAnswer {
  const { sessionName, version } = store;
  const facts = rowData(row);
  const hold = rowHold(row);
  const trouble = problemText(store.health);
  const steps = trouble === undefined ? allowedTransitions(row, version) : [];
  const isOwn = location?.sessionName === sessionName && callerRows({ store, location }).inFlight.includes(row);
  const prompt = isOwn ? (row.prompt_sent ?? row.pending_prompt) : undefined;
  const reason = row.fail_reason ?? row.failure_reason;
  const since = facts.status_since === undefined ? "" : ` since ${facts.status_since}`;
  const commands = ntmCommands(sessionName, row);
  const sentences = [
    `${quoted(row.bead_id)} (${quoted(row.bead_title)}) is ${facts.status}${since}, pane ${facts.pane}, ${facts.agent}.`,
    ...(reason === undefined || reason === "" ? [] : [`It failed with: ${quoted(reason)}.`]),
    ...(hold === undefined ? [] : [holdReason(hold)]),
    ...(trouble === undefined ? [] : [trouble]),
  ];
  const next = hold === undefined ? (isOwn ? [ownNext(row)] : []) : [remedy(sessionName, row, hold)];
  return answer(
    {
      bead: facts,
      session: sessionName,
      is_own: isOwn,
      possible_steps: steps,
      ...(reason !== undefined && reason !== "" && { fail_reason: oneLine(reason, 1000) }),
      ...(row.retry_count !== undefined && row.retry_count > 0 && { retries: row.retry_count }),
      ...(hold !== undefined && { hold: hold.code }),
      ...(row.reserved_paths !== undefined && { reserved_paths: row.reserved_paths.slice(0, 50) }),
      ...(row.reservation_expires_at !== undefined && { reserved_until: row.reservation_expires_at }),
      ...(commands.length > 0 && { ntm_commands: commands }),
      ...(trouble !== undefined && { trouble }),
      ...(prompt !== undefined && { prompt: prompt.slice(0, longestPrompt) }),
    },
    sentences.join(" "),
    ...next,
  );
}

function ownNext(row: Assignment): string {
  return row.status === "assigned"
    ? "Call start when you begin, complete or fail when you are done, ask when you need the user."
    : "Call complete or fail when you are done, ask when you need the user.";
}

function beads(count: number): string {
  return count === 1 ? "1 bead" : `${count} beads`;
}
