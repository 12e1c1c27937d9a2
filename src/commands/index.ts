// Registers every command of the manifest with its handler.
import * as vscode from "vscode";
import { type CommandHandlers, commandId, commands, type CommandName } from "../contributions";
import type { BeadsNode } from "../nodes";
import { assignCommands } from "./assign";
import { closeBeadCommands } from "./closeBead";
import { documentCommands } from "./documents";
import { historyCommands } from "./history";
import { ledgerCommands } from "./ledger";
import { markCommands } from "./mark";
import { mcpCommands } from "./mcpConfiguration";
import { commandLineCommands } from "./ntm/copyCommandLine";
import { ResolveDispatch } from "./ntm/resolveDispatch";
import { ntmRowCommands } from "./ntm/rows";
import { paneCommands } from "./pane";
import { reassignCommands } from "./reassign";
import { removeCommands } from "./remove";
import { reportErrors } from "../views/reportErrors";
import { reportCommands } from "./saveReport";
import { focusedRows } from "./selection";
import type { Services } from "../services";
import { sessionCommands } from "./session";
import { hookCommands } from "./setUpAgentHooks";
import { snoozeCommands } from "./snooze";
import { terminalCommands, SessionTerminal } from "./terminal";
import { undoCommands } from "./undo";
import { beadsCommands, reservationCommands } from "./view";

type AnyHandler = (...args: readonly unknown[]) => void | Promise<void>;

export function registerCommands(services: Services): vscode.Disposable {
  const terminal = new SessionTerminal();
  const resolveDispatch = new ResolveDispatch(services);
  const handlers: CommandHandlers = {
    ...assignCommands(services),
    ...closeBeadCommands(services),
    ...beadsCommands(services),
    ...historyCommands(services),
    ...hookCommands(services),
    ...ledgerCommands(services),
    ...markCommands(services),
    ...mcpCommands(services),
    ...commandLineCommands(services),
    ...paneCommands(services, terminal),
    ...documentCommands(services),
    ...reassignCommands(services),
    ...ntmRowCommands(services),
    ...removeCommands(services),
    ...reportCommands(services),
    ...reservationCommands(services),
    ...resolveDispatch.handlers,
    ...snoozeCommands(services),
    ...sessionCommands(services),
    ...terminalCommands(services, terminal),
    ...undoCommands(services),
  };
  const names = Object.keys(commands) as CommandName[];
  const registrations = names.map((name) =>
    vscode.commands.registerCommand(commandId(name), (...args: readonly unknown[]) =>
      reportErrors(services, async () => {
        const taken = await argumentsOf(services, name, args);
        if (taken !== undefined) await (handlers[name] as AnyHandler)(...taken);
      }),
    ),
  );
  return vscode.Disposable.from(...registrations, resolveDispatch, terminal);
}

/** What the handler is called with; `undefined`: the user canceled. */
async function argumentsOf(
  services: Services,
  name: CommandName,
  args: readonly unknown[],
): Promise<readonly unknown[] | undefined> {
  const focused = focusedByKey(args);
  switch (commands[name]) {
    case "none":
      return [];
    case "focus":
      return focused === undefined ? [] : [focused.node];
    case "rows":
    case "beads":
      if (focused === undefined) return args;
      if (focused.node === undefined) return [];
      return focusedRows(services, focused.node);
    case "session":
    case "file":
      return args;
  }
}

/**
 * The node that has the focus, if a key was pressed: the key bindings of package.json pass it as an array of one, which nothing else
 * does. `{ "$treeViewId": …, "$focusedTreeItem": true }` is how the editor itself passes it to commands in a view's title.
 */
function focusedByKey([first]: readonly unknown[]): { readonly node: BeadsNode | undefined } | undefined {
  if (!Array.isArray(first)) return undefined;
  const [node] = first as readonly (BeadsNode | null | undefined)[];
  return { node: node ?? undefined };
}
