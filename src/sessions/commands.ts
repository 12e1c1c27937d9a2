// Session commands that only affect what is shown.
import type { CommandHandlers } from "../contributions";
import type { ActiveSession } from "../session/activeSession";
import type { SessionsNode } from "../nodes";
import type { LivePanes } from "../panes/livePanes";
import { switchSession } from "./switchSession";

type Names = "switchSession" | "activateSession" | "pinSession" | "unpinSession";

export function sessionCommands(session: ActiveSession, panes: LivePanes): CommandHandlers<Names> {
  const named = (node: SessionsNode | undefined): string | undefined =>
    node?.kind === "session" ? node.sessionName : session.snapshot?.sessionName;
  return {
    switchSession: () => switchSession(session, panes),
    activateSession: async (node) => {
      if (node?.kind === "session") await session.switchTo(node.sessionName);
    },
    pinSession: async (node) => {
      const sessionName = named(node);
      if (sessionName !== undefined) await session.pin(sessionName);
    },
    unpinSession: () => session.pin(undefined),
  };
}
