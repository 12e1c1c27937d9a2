// The command lines of ntm for steps that must be left to it, as lists of arguments without any quoting.
import { isFinished, isPaneId, isValidSessionName, type Assignment, type NtmSubcommand } from "../assignment";

/** The program and its arguments, unquoted. */
export type CommandLine = readonly [program: string, ...args: string[]];

/** An argument that ntm, or the shell of a terminal, would not receive unchanged. */
export class UnquotableArgumentError extends Error {
  override readonly name = "UnquotableArgumentError";
  constructor(readonly argument: string) {
    super(`Can't be an argument of ntm: ${JSON.stringify(argument)}`);
  }
}

/** The command line for a row. @throws {UnquotableArgumentError} */
export function ntmCommand(
  sessionName: string,
  row: Assignment,
  subcommand: Exclude<NtmSubcommand, "reassign">,
): CommandLine {
  switch (subcommand) {
    case "retry":
      return ntmAssign(sessionName, flag("--retry", row.bead_id));
    case "clear":
      // Without --force ntm skips completed rows.
      return isFinished(row.status)
        ? ntmAssign(sessionName, flag("--clear", listItem(row.bead_id)), ["--force"])
        : ntmAssign(sessionName, flag("--clear", listItem(row.bead_id)));
  }
}

/** Reassigns a bead to another pane. @throws {UnquotableArgumentError} */
export function ntmReassignCommand(sessionName: string, beadId: string, paneId: string): CommandLine {
  return ntmAssign(sessionName, flag("--reassign", beadId), flag("--to-pane", checkPaneId(paneId)));
}

/** Claims a bead and sends its prompt to a pane. @throws {UnquotableArgumentError} */
export function ntmAssignCommand(sessionName: string, beadId: string, paneId: string): CommandLine {
  return ntmAssign(sessionName, [`--pane=${checkPaneId(paneId)}`], [`--beads=${listItem(beadId)}`]);
}

/**
 * Clears several rows in one call. ntm's `--force` only adds the finished ones.
 * @throws {UnquotableArgumentError}
 */
export function ntmClearCommand(sessionName: string, rows: readonly Assignment[]): CommandLine {
  const beads = rows.map((row) => listItem(row.bead_id)).join(",");
  const force = rows.some((row) => isFinished(row.status)) ? ["--force"] : [];
  return ntmAssign(sessionName, flag("--clear", beads), force);
}

/** A check of ntm that the user chose to override. */
export type Override = "force" | "without-reservations" | "ignore-dependencies";

const overrideFlags: Readonly<Record<Override, string>> = {
  force: "--force",
  "without-reservations": "--reserve-files=false",
  "ignore-dependencies": "--ignore-deps",
};

/**
 * The command line to run instead of to show: it prints JSON, and may override checks or name the pane of a retry.
 * @throws {UnquotableArgumentError}
 */
export function ntmRunCommand(
  [program, ...args]: CommandLine,
  { overrides = [], toPane }: { readonly overrides?: readonly Override[]; readonly toPane?: string } = {},
): CommandLine {
  const flags = [...new Set(overrides)]
    .map((override) => overrideFlags[override])
    .filter((name) => !args.includes(name));
  if (toPane !== undefined) flags.push(`--to-pane=${checkPaneId(toPane)}`);
  // Flags end at `--`.
  const end = args.lastIndexOf("--");
  const at = end === args.length - 2 && end >= 0 ? end : args.length;
  return [program, ...args.slice(0, at), ...flags, "--json", ...args.slice(at)];
}

function ntmAssign(sessionName: string, ...flags: readonly string[][]): CommandLine {
  if (!isValidSessionName(sessionName)) throw new UnquotableArgumentError(sessionName);
  const args = flags.flat();
  // A session may be called `-x`: after `--` it isn't read as a flag.
  return sessionName.startsWith("-")
    ? ["ntm", "assign", ...args, "--", sessionName]
    : ["ntm", "assign", sessionName, ...args];
}

/** A separate value that begins with a dash would be read as the next flag. */
function flag(name: string, value: string): string[] {
  return value.startsWith("-") || value === "" ? [`${name}=${value}`] : [name, value];
}

/** `--clear` and `--beads` take lists that are parsed as CSV: an id with a comma would be read as several. */
function listItem(beadId: string): string {
  if (/[,"]|^\s|\s$|^$/.test(beadId)) throw new UnquotableArgumentError(beadId);
  return beadId;
}

function checkPaneId(paneId: string): string {
  if (!isPaneId(paneId)) throw new UnquotableArgumentError(paneId);
  return paneId;
}
