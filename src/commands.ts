// Registers the commands that the manifest declares. Their handlers, `actions/`, are loaded on first use.
import * as vscode from "vscode";
import { reportErrors } from "./actions/reportErrors";
import type { Services } from "./actions/services";
import { commandId, commands, type CommandName } from "./contributions";

type AnyHandler = (...args: readonly unknown[]) => void | Promise<void>;

export function registerCommands(services: Services): vscode.Disposable {
  const names = Object.keys(commands) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commandId(name), (...args: readonly unknown[]) =>
        reportErrors(services, async () => {
          const { handlers } = await services.actions.load();
          await (handlers[name] as AnyHandler)(...args);
        }),
      ),
    ),
  );
}
