// What a person can do: one handler for each command that acts on rows, on the ledger or on sessions.
import type { CommandHandlers } from "../contributions";
import type { DisposableStore } from "../util/disposableStore";
import { assignActions } from "./assign";
import { ledgerActions } from "./ledger";
import { lookActions } from "./look";
import { markingActions } from "./marking";
import { ntmActions } from "./ntm";
import { openTerminalActions } from "./openTerminal";
import { registerPromptDocuments } from "./promptDocument";
import { reassignActions } from "./reassign";
import { removeActions } from "./remove";
import type { Services } from "./services";
import { switchSessionActions } from "./switchSession";
import { SessionTerminal } from "./terminal";

export { registerCommands } from "./registerCommands";
export { reassignTo } from "./reassign";
export type { Services } from "./services";

/** What is here to be done by a person. */
export type ActionName =
  | "assign"
  | "clear"
  | "copyBeadId"
  | "copyNtmCommand"
  | "copyPrompt"
  | "diagnoseLedger"
  | "goToBead"
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
  | "showPrompt"
  | "switchSession";

/** @param disposables takes charge of what the handlers keep */
export function createActions(services: Services, disposables: DisposableStore): CommandHandlers<ActionName> {
  disposables.add(registerPromptDocuments(services.session));
  const terminal = disposables.add(new SessionTerminal());
  return {
    ...assignActions(services),
    ...ledgerActions(services),
    ...lookActions(services),
    ...markingActions(services),
    ...ntmActions(services),
    ...openTerminalActions(services, terminal),
    ...reassignActions(services),
    ...removeActions(services),
    ...switchSessionActions(services),
  };
}
