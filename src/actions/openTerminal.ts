// Attaches tmux to a session in a terminal, when there is a tmux and it has that session.
import * as vscode from "vscode";
import { isValidSessionName } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { plain } from "../words";
import { explain } from "./report";
import type { Services } from "./services";
import { noSession } from "./subject";
import type { SessionTerminal } from "./terminal";
import { liveSession } from "./tmux";

export function openTerminalActions(
  { session, log }: Services,
  terminal: SessionTerminal,
): CommandHandlers<"openSessionTerminal"> {
  return {
    openSessionTerminal: async (node) => {
      const sessionName = node?.kind === "session" ? node.sessionName : session.store?.sessionName;
      if (sessionName === undefined || !isValidSessionName(sessionName)) {
        explain(log, "information", noSession());
        return;
      }
      const tmux = await liveSession(sessionName);
      switch (tmux.kind) {
        case "live":
          terminal.attach(sessionName);
          return;
        case "no-session":
          explain(log, "information", {
            sentence: vscode.l10n.t("tmux has no session {0} on this machine.", plain(sessionName)),
            next: vscode.l10n.t("The ledger outlives it; “ntm spawn” starts it again."),
          });
          return;
        case "no-tmux":
          explain(log, "information", {
            sentence: vscode.l10n.t("tmux couldn't be started on this machine."),
            next: vscode.l10n.t("Install it, or put it into the PATH that VS Code sees."),
          });
      }
    },
  };
}
