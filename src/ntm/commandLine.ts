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

/** The quoting rules of a shell; with `unknown` only plain words are safe. */
export type ShellSyntax = "posix" | "powershell" | "unknown";

/** @param shell the path of the shell's program, as in `vscode.env.shell` */
export function shellSyntax(shell: string): ShellSyntax {
  const name = (shell.split(/[\\/]/).at(-1) ?? "").toLowerCase().replace(/\.exe$/, "");
  if (/^(ba|da|a|z|k|mk|fi|c|tc|)sh$/.test(name)) return "posix";
  return /^(pwsh|powershell)(-preview)?$/.test(name) ? "powershell" : "unknown";
}

/**
 * The line to type. Control characters and characters that reorder or hide text are refused in every shell: a newline
 * would end the line, an escape would move the cursor, and the user would read another command than the one that runs.
 * @throws {UnquotableArgumentError}
 */
export function shellLine(command: CommandLine, syntax: ShellSyntax): string {
  return command.map((argument) => quote(argument, syntax)).join(" ");
}

/** Several lines as one: typed one after the other, the second one would be the input of a program that the first one started. */
export function joinedLine(lines: readonly string[], shell: string): string {
  return lines.join(/(^|[\\/])cmd(\.exe)?$/i.test(shell) ? " & " : "; ");
}

function quote(argument: string, syntax: ShellSyntax): string {
  if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(argument)) throw new UnquotableArgumentError(argument);
  if (/^\w[\w.-]*$|^--[a-z-]*$/.test(argument)) return argument;
  switch (syntax) {
    case "posix":
      return quotePosix(argument);
    case "powershell":
      return quotePowerShell(argument);
    case "unknown":
      // Pane ids, which nearly every command has, have no special meaning in common shells.
      if (/^(--[a-z-]+=)?(%\d+|[\w.-]+)$/.test(argument)) return argument;
      throw new UnquotableArgumentError(argument);
  }
}

/**
 * Single quotes. Characters that shells treat differently within them (fish: a backslash; csh: the `!` of its history) are
 * put outside the quotes, escaped by a backslash, which all of them read alike.
 */
function quotePosix(argument: string): string {
  if (/^--[a-z-]+=[\w.-]+$/.test(argument)) return argument;
  const quoted = argument.split(/([\\'!])/).map((part, index) => {
    if (part === "") return "";
    return index % 2 === 1 ? `\\${part}` : `'${part}'`;
  });
  return quoted.join("") || "''";
}

/**
 * Single quotes, doubled inside; curly ones count as well. Windows PowerShell passes double quotes, and a backslash at the
 * end, to programs in a way that can split an argument: they are refused.
 */
function quotePowerShell(argument: string): string {
  if (argument.includes('"') || argument.endsWith("\\")) throw new UnquotableArgumentError(argument);
  return `'${argument.replace(/['\u2018-\u201B]/g, "$&$&")}'`;
}
