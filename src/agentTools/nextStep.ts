// What releases a row that must be left to ntm: a step in the tracker, time, or the exact command of ntm.
import { isLeased, ntmSubcommands, type Assignment, type Hold } from "../assignment";
import { ntmCommand, UnquotableArgumentError, type CommandLine } from "../ntm/commandLine";
import { shellLine } from "../ntm/shell";

/** A sentence or two. */
export function nextStep(sessionName: string, row: Assignment, hold: Hold): string {
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
