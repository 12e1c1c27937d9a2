// Attaches tmux to a session in a terminal, if tmux has that session.
import * as vscode from "vscode";
import { isValidSessionName } from "../../assignment";
import type { CommandHandlers } from "../../contributions";
import { sanitize } from "../../text";
import { showExplanation } from "../messages";
import type { Services } from "../services";
import { noSession } from "../rowSelection";
import type { SessionTerminal } from "./terminal";
import { tmuxOptions } from "../../panes/tmuxOptions";
import { listPanes } from "../../tmux";

export function sessionTerminalActions(
  { session, log }: Services,
  terminal: SessionTerminal,
): CommandHandlers<"openSessionTerminal"> {
  const showMissing = (sessionName: string): void => {
    showExplanation(log, "information", {
      sentence: vscode.l10n.t("tmux has no session {0} on this machine.", sanitize(sessionName)),
      next: vscode.l10n.t("Its ledger is kept. Start the session with “ntm spawn”."),
    });
  };
  return {
    openSessionTerminal: async (node) => {
      const sessionName = node?.kind === "session" ? node.sessionName : session.store?.sessionName;
      if (sessionName === undefined || !isValidSessionName(sessionName)) {
        showExplanation(log, "information", noSession());
        return;
      }
      const list = await listPanes(tmuxOptions());
      switch (list.kind) {
        case "panes":
          if (list.panes.some((pane) => pane.sessionName === sessionName)) await terminal.show(sessionName);
          else showMissing(sessionName);
          return;
        case "no-server":
          showMissing(sessionName);
          return;
        case "failed":
          log.warn(`tmux: ${list.detail}`);
          await terminal.show(sessionName); // There tmux says itself what is wrong.
          return;
        case "no-tmux":
          showExplanation(log, "information", {
            sentence: vscode.l10n.t("tmux can't be run on this machine."),
            next: vscode.l10n.t("Install it, or add it to the PATH of VS Code."),
          });
      }
    },
  };
}
