// Attaches tmux to a session in a terminal, if tmux has that session.
import { isValidSessionName } from "../../assignment";
import type { CommandHandlers } from "../../contributions";
import { noSuchSession, tmuxUnknown } from "../../text/tmux";
import { showExplanation } from "../messages";
import type { Services } from "../services";
import { noSession } from "../rowSelection";
import type { SessionTerminal } from "./terminal";
import { tmuxOptions } from "../../panes/tmuxOptions";
import { listPanes } from "../../tmux";

export function sessionTerminalActions(
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
