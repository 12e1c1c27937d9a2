// What a person can do: one handler for each command that acts on rows, on the ledger or on sessions.
import type { CommandHandlers } from "../contributions";
import type { Disposable } from "../util/event";
import { assignActions } from "./assign";
import { ledgerActions } from "./ledger";
import { lookActions } from "./look";
import { markingActions } from "./marking";
import { ntmActions } from "./ntm";
import { openTerminalActions } from "./openTerminal";
import { reassignActions } from "./reassign";
import { removeActions } from "./remove";
import type { Services } from "./services";
import { SessionTerminal } from "./terminal";

export { reassignTo } from "./reassign";

/** What is here to be done by a person. */
export type ActionName =
  | "assign"
  | "clear"
  | "copyBeadId"
  | "copyNtmCommand"
  | "copyPrompt"
  | "diagnoseLedger"
  | "markCompleted"
  | "markFailed"
  | "markWorking"
  | "openLedger"
  | "openSessionTerminal"
  | "reassign"
  | "refresh"
  | "remove"
  | "repairLedger"
  | "retry"
  | "runNtmCommand"
  | "showLog"
  | "showPrompt";

export interface Actions extends Disposable {
  readonly handlers: CommandHandlers<ActionName>;
}

export function createActions(services: Services): Actions {
  const terminal = new SessionTerminal();
  const handlers = {
    ...assignActions(services),
    ...ledgerActions(services),
    ...lookActions(services),
    ...markingActions(services),
    ...ntmActions(services),
    ...openTerminalActions(services, terminal),
    ...reassignActions(services),
    ...removeActions(services),
  };
  return {
    handlers,
    dispose: () => {
      terminal.dispose();
    },
  };
}
