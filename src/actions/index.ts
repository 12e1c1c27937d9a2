// The handlers of all commands, and of drag and drop. Loaded with the first command, because most windows never run
// one.
import { beadsCommands } from "../beads/commands";
import type { CommandHandlers } from "../contributions";
import { sessionCommands } from "../sessions/commands";
import type { Disposable } from "../util/event";
import { mcpActions } from "./agents/copyMcpConfiguration";
import { reservationActions } from "./agents/revealReservation";
import { reportActions } from "./agents/saveReport";
import { assignActions } from "./assign/assign";
import { assignTo } from "./assign/assignReady";
import { historyActions } from "./historyActions";
import { ledgerActions } from "./ledgerActions";
import { releaseActions } from "./ntm/ntmRows";
import { ResolveDispatch } from "./ntm/resolveDispatch";
import { ntmActions } from "./ntmCommands";
import { paneActions } from "./panes/paneActions";
import { hookActions } from "./agentHooks/setUpAgentHooks";
import { promptActions } from "./prompt/promptActions";
import { closeBeadActions } from "./rows/closeBead";
import { markStatusActions } from "./rows/markStatus";
import { reassignActions, reassignTo } from "./rows/reassign";
import { removeActions } from "./rows/remove";
import type { Services } from "./services";
import { sessionTerminalActions } from "./terminal/sessionTerminal";
import { SessionTerminal } from "./terminal/terminal";

export interface Actions extends Disposable {
  readonly handlers: CommandHandlers;
  /** Reassigns beads that were dropped on a pane. */
  readonly drop: (beadIds: readonly string[], paneIdentity: string) => Promise<void>;
  /** Assigns ready beads that were dropped on a pane. */
  readonly dropReady: (beadIds: readonly string[], paneIdentity: string) => Promise<void>;
}

export function createActions(services: Services): Actions {
  const { session, view, treeOptions } = services;
  const terminal = new SessionTerminal();
  const resolveDispatch = new ResolveDispatch(services);
  return {
    handlers: {
      ...assignActions(services),
      ...closeBeadActions(services),
      ...beadsCommands(session, view, treeOptions),
      ...historyActions(services),
      ...hookActions(services),
      ...ledgerActions(services),
      ...markStatusActions(services),
      ...mcpActions(services),
      ...ntmActions(services),
      ...paneActions(services, terminal),
      ...promptActions(services),
      ...reassignActions(services),
      ...releaseActions(services),
      ...removeActions(services),
      ...reportActions(services),
      ...reservationActions(services),
      ...resolveDispatch.handlers,
      ...sessionCommands(session, services.panes),
      ...sessionTerminalActions(services, terminal),
    },
    drop: (beadIds, paneIdentity) => reassignTo(services, beadIds, paneIdentity),
    dropReady: (beadIds, paneIdentity) => assignTo(services, beadIds, paneIdentity),
    dispose: () => {
      resolveDispatch.dispose();
      terminal.dispose();
    },
  };
}
