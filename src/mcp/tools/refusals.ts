// An error of the store as a refusal: the reason, and what to do about it.
import {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidTransitionError,
  isFinished,
  isLockMissing,
  LockTimeoutError,
  PersistenceError,
  type Assignment,
  type AssignmentStore,
  type LedgerHealth,
  isLeased,
  ntmSubcommands,
  type Hold,
} from "../../assignment";
import { ntmCommand, UnquotableArgumentError, type CommandLine } from "../../ntm/commandLine";
import { shellLine } from "../../ntm/shell";
import { refusal, type ToolAnswer, oneLine, quoted } from "./answer";
import { holdReason, rowData } from "./rowData";

/** @throws what isn't an error of the store */
export function storeRefusal(error: unknown, store: AssignmentStore, row: Assignment): ToolAnswer {
  const bead = quoted(row.bead_id);
  const facts = { bead: rowData(store.get(row.bead_id) ?? row) };
  if (error instanceof AssignmentHeldError) {
    const commands = ntmCommands(store.sessionName, row);
    return refusal(
      "held",
      `${bead} was not changed. ${holdReason(error.hold)}`,
      remedy(store.sessionName, row, error.hold),
      {
        ...facts,
        hold: error.hold.code,
        ...(commands.length > 0 && { ntm_commands: commands }),
      },
    );
  }
  if (error instanceof InvalidTransitionError) {
    return refusal(
      "invalid-transition",
      `${bead} is ${oneLine(error.from, 40)} and can't become ${error.to}.`,
      nextFrom(error),
      facts,
    );
  }
  if (error instanceof ConcurrentMutationError || error instanceof AssignmentNotFoundError) {
    return refusal(
      "changed-meanwhile",
      `Another process has just changed or removed ${bead}. Nothing was changed.`,
      "Ask for my_bead again, and decide by what it says.",
    );
  }
  if (isLockMissing(error)) {
    return refusal(
      "ledger-trouble",
      "The ledger can't be locked on this machine, so it can be read but not changed.",
      "Tell the user; the bead's status has to be set with ntm.",
      facts,
    );
  }
  if (error instanceof PersistenceError) {
    if (error.cause instanceof LockTimeoutError) {
      return refusal(
        "ledger-trouble",
        "Another program keeps the ledger locked. Nothing was changed.",
        "Try again.",
        facts,
      );
    }
    return refusal(
      "ledger-trouble",
      `The ledger was not changed: ${quoted(error.message, 300)}.`,
      "Tell the user; the extension's command Diagnose Ledger says what helps.",
      facts,
    );
  }
  throw error;
}

/** Why the ledger can't be trusted as a whole; its rows may still be shown. */
export function problemText(health: Exclude<LedgerHealth, { kind: "ok" }>): string;
export function problemText(health: LedgerHealth): string | undefined;
export function problemText(health: LedgerHealth): string | undefined {
  if (health.kind === "ok") return undefined;
  const { code, message } = health.problem;
  return `The ledger is in trouble (${code}): ${quoted(message, 300)}. It can't be changed until the user repairs it.`;
}

function nextFrom({ from, to }: InvalidTransitionError): string {
  if (isFinished(from)) return "It is finished; nothing needs to be done.";
  if (from === "failed") return "It has failed; only a retry by ntm or the user brings it back.";
  if (from === "assigned" && to === "completed") return "Call start first, then complete.";
  return "Ask for my_bead to see how it stands.";
}

/** A sentence or two. */
export function remedy(sessionName: string, row: Assignment, hold: Hold): string {
  switch (hold.code) {
    case "leased": {
      const giveUp = commandOf(sessionName, row, "clear");
      const close = closeCommand(row);
      return [
        `When the work is done, close the bead in the tracker${close === undefined ? "" : ` (${close})`}: a running "ntm assign --watch" then completes it and releases the files.`,
        ...(giveUp === undefined ? [] : [`To give it up: ${giveUp}`]),
      ].join(" ");
    }
    case "in-flight":
      return hold.stage === "dispatch" && hold.isWaiting !== true
        ? "Wait and try again; if it stays like this, tell the user, who can resolve the dispatch in the editor."
        : waitOr(sessionName, row);
    case "clearing":
      return hold.outcome === undefined
        ? waitOr(sessionName, row)
        : 'Nothing needs to be done here: a running "ntm assign --watch" finishes it.';
    case "outbox":
      return 'Nothing needs to be done here: a running "ntm assign --watch" picks it up.';
    case "atomic":
    case "unplaced":
    case "no-id":
      return waitOr(sessionName, row);
  }
}

/** Of a row that ntm claimed: the tracker doesn't learn of what is written into the ledger. */
export function trackerNote(row: Assignment): string {
  const close = closeCommand(row);
  return `ntm's claim of the bead stays in the tracker: close it there when it is done${close === undefined ? "" : ` (${close})`}.`;
}

/** ntm's own commands for a row, for a model that may run them. */
export function ntmCommands(sessionName: string, row: Assignment): readonly string[] {
  return ntmSubcommands(row).flatMap((subcommand) =>
    subcommand === "reassign" ? [] : (commandOf(sessionName, row, subcommand) ?? []),
  );
}

function waitOr(sessionName: string, row: Assignment): string {
  const [command] = ntmCommands(sessionName, row);
  return command === undefined
    ? "Wait and try again."
    : `Wait and try again; if it stays like this, let ntm do it: ${command}`;
}

function commandOf(sessionName: string, row: Assignment, subcommand: "retry" | "clear"): string | undefined {
  if (!ntmSubcommands(row).includes(subcommand) && !(subcommand === "clear" && isLeased(row))) return undefined;
  return line(() => ntmCommand(sessionName, row, subcommand));
}

function closeCommand(row: Assignment): string | undefined {
  if (row.bead_id.startsWith("-")) return undefined;
  return line(() => ["br", "close", row.bead_id]);
}

/** `undefined` for ids that can't be arguments of a command which does what was meant, and nothing else. */
function line(command: () => CommandLine): string | undefined {
  try {
    return shellLine(command(), "posix");
  } catch (error) {
    if (error instanceof UnquotableArgumentError) return undefined;
    throw error;
  }
}
