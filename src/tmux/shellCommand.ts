// The programs in which ntm doesn't see an agent: its own list, after which it refuses to send anything to a pane.

const shells: ReadonlySet<string> = new Set(
  (
    "sh bash ash dash zsh fish ksh mksh pdksh csh tcsh yash xonsh elvish ion nu oil osh " +
    "cmd cmd.exe pwsh pwsh.exe powershell powershell.exe"
  ).split(" "),
);

/** @param command what tmux calls the foreground program; a login shell's name begins with a hyphen */
export function isShellCommand(command: string): boolean {
  const name = command.trim().replace(/^-/, "").split("/").at(-1) ?? "";
  return shells.has(name.toLowerCase());
}
