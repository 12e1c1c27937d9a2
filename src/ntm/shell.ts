// Quotes a command line for the shell of a terminal.
import { UnquotableArgumentError, type CommandLine } from "./commandLine";

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
