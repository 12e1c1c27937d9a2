// Terminals: one attached to a tmux session, and new ones for ntm commands.
import * as vscode from "vscode";
import { isValidSessionName } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { noSuchSession, tmuxUnknown } from "../messages/tmux";
import { attachArguments, selectPane, type PaneAddress, listPanes } from "../tmux";
import { tmuxOptions } from "../views/panes/findPane";
import { showExplanation } from "../views/showMessage";
import { noSession } from "./selection";
import type { Services } from "../services";

/**
 * Attaches tmux in a terminal that is reused. It starts tmux itself, so that no shell interprets the session's name.
 */
export class SessionTerminal implements vscode.Disposable {
  private current: { readonly sessionName: string; readonly terminal: vscode.Terminal } | undefined;
  private readonly subscription = vscode.window.onDidCloseTerminal((terminal) => {
    if (terminal === this.current?.terminal) this.current = undefined;
  });

  /** @param pane is selected in the session @throws {TmuxError} when the pane is gone by then */
  async show(sessionName: string, pane?: PaneAddress): Promise<void> {
    const { terminal, sessionName: shown } = this.current ?? {};
    if (terminal !== undefined && shown === sessionName && terminal.exitStatus === undefined) {
      if (pane !== undefined) await selectPane(pane, tmuxOptions());
      terminal.show();
      return;
    }
    // This ends only the tmux client, not the session.
    terminal?.dispose();
    const created = vscode.window.createTerminal({
      name: `tmux ${sessionName}`,
      iconPath: new vscode.ThemeIcon("terminal-tmux"),
      shellPath: tmuxOptions().program ?? "tmux",
      shellArgs: [...(pane === undefined ? ["attach-session", "-t", `=${sessionName}`] : attachArguments(pane))],
      // tmux refuses to attach inside tmux, where the editor may have been started.
      env: { TMUX: null, TMUX_PANE: null },
    });
    this.current = { sessionName, terminal: created };
    created.show();
  }

  dispose(): void {
    this.subscription.dispose();
  }
}

/**
 * Types a line into a terminal and runs it. Always in a new terminal: in an existing one, a running program might read the line as
 * its input.
 */
export function runInTerminal(sessionName: string, line: string): void {
  const terminal = vscode.window.createTerminal({
    name: `ntm ${sessionName}`,
    iconPath: new vscode.ThemeIcon("terminal"),
  });
  terminal.show();
  terminal.sendText(line);
}

export function terminalCommands(
  { session, log }: Services,
  terminal: SessionTerminal,
): CommandHandlers<"openSessionTerminal" | "openShownSessionTerminal"> {
  const open = async (sessionName: string | undefined): Promise<void> => {
    if (sessionName === undefined || !isValidSessionName(sessionName)) {
      showExplanation(log, "information", noSession());
      return;
    }
    const list = await listPanes(tmuxOptions());
    switch (list.kind) {
      case "panes":
        if (list.panes.some((pane) => pane.sessionName === sessionName)) await terminal.show(sessionName);
        else showExplanation(log, "information", noSuchSession(sessionName));
        return;
      case "failed":
        log.warn(`tmux: ${list.detail}`);
        await terminal.show(sessionName); // There tmux says itself what is wrong.
        return;
      case "no-server":
      case "no-tmux":
        showExplanation(log, "information", tmuxUnknown(list));
    }
  };
  return {
    openSessionTerminal: (node) => open(node?.kind === "session" ? node.sessionName : session.store?.sessionName),
    openShownSessionTerminal: () => open(session.store?.sessionName),
  };
}
