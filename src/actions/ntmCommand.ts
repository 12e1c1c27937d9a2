// The command lines with which ntm itself does what a hand must not do in the ledger, as arguments: no shell is involved yet.
import { isFinished, isPaneId, isValidSessionName, type Assignment, type NtmVerb } from "../assignment";

/** The program and its arguments, unquoted. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** No command line can be made that does what was meant, and nothing else. */
export class UnspeakableArgumentError extends Error {
  override readonly name = "UnspeakableArgumentError";
  constructor(readonly argument: string) {
    super(`Can't be an argument of ntm: ${JSON.stringify(argument)}`);
  }
}

/** What ntm is to be told for a row. @throws {UnspeakableArgumentError} */
export function ntmCommand(sessionName: string, row: Assignment, verb: Exclude<NtmVerb, "reassign">): CommandLine {
  switch (verb) {
    case "retry":
      return ntmAssign(sessionName, flag("--retry", row.bead_id));
    case "clear":
      // Without --force ntm leaves completed rows alone.
      return isFinished(row.status)
        ? ntmAssign(sessionName, flag("--clear", listItem(row.bead_id)), ["--force"])
        : ntmAssign(sessionName, flag("--clear", listItem(row.bead_id)));
  }
}

/** Has ntm move a bead to another pane. @throws {UnspeakableArgumentError} */
export function ntmReassignCommand(sessionName: string, beadId: string, paneId: string): CommandLine {
  return ntmAssign(sessionName, flag("--reassign", beadId), flag("--to-pane", checkPaneId(paneId)));
}

/** Has ntm claim a bead and send its prompt to a pane. @throws {UnspeakableArgumentError} */
export function ntmAssignCommand(sessionName: string, beadId: string, paneId: string): CommandLine {
  return ntmAssign(sessionName, [`--pane=${checkPaneId(paneId)}`], [`--beads=${listItem(beadId)}`]);
}

function ntmAssign(sessionName: string, ...flags: readonly string[][]): CommandLine {
  if (!isValidSessionName(sessionName)) throw new UnspeakableArgumentError(sessionName);
  const args = flags.flat();
  // A session may be called `-x`: after `--` it is no flag.
  return sessionName.startsWith("-")
    ? ["ntm", "assign", ...args, "--", sessionName]
    : ["ntm", "assign", sessionName, ...args];
}

/** A value that begins with a dash would be taken for the next flag. */
function flag(name: string, value: string): string[] {
  return value.startsWith("-") || value === "" ? [`${name}=${value}`] : [name, value];
}

/** `--clear` and `--beads` take lists, read as a line of CSV: a bead with a comma in its id would be several others. */
function listItem(beadId: string): string {
  if (/[,"]|^\s|\s$|^$/.test(beadId)) throw new UnspeakableArgumentError(beadId);
  return beadId;
}

function checkPaneId(paneId: string): string {
  if (!isPaneId(paneId)) throw new UnspeakableArgumentError(paneId);
  return paneId;
}
