// Terminals: one that is attached to a tmux session, and one in which ntm's commands run.
import * as vscode from "vscode";

/** Attaches tmux in a terminal that is used again. It starts tmux itself, so that no shell sees the session's name. */
export class SessionTerminal implements vscode.Disposable {
  private current: { readonly sessionName: string; readonly terminal: vscode.Terminal } | undefined;
  private readonly subscription = vscode.window.onDidCloseTerminal((terminal) => {
    if (terminal === this.current?.terminal) this.current = undefined;
  });

  attach(sessionName: string): void {
    if (this.current?.sessionName !== sessionName) {
      // Only the client ends with its terminal, never the session.
      this.current?.terminal.dispose();
      const terminal = vscode.window.createTerminal({
        name: `tmux ${sessionName}`,
        iconPath: new vscode.ThemeIcon("terminal-tmux"),
        shellPath: "tmux",
        shellArgs: ["attach-session", "-t", `=${sessionName}`],
        // tmux refuses to attach within itself, which is where the editor may have been started.
        env: { TMUX: null, TMUX_PANE: null },
      });
      this.current = { sessionName, terminal };
    }
    this.current.terminal.show();
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/**
 * Types lines into a terminal and runs them. A new one each time: in an old one another program may be waiting for input,
 * which would read the line as its own.
 */
export function runInTerminal(sessionName: string, lines: readonly string[]): void {
  const terminal = vscode.window.createTerminal({
    name: `ntm ${sessionName}`,
    iconPath: new vscode.ThemeIcon("terminal"),
  });
  terminal.show();
  for (const line of lines) terminal.sendText(line);
}
