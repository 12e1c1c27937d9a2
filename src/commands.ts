// Registers verbs as the commands that the manifest declares.
import * as vscode from "vscode";
import { commandId, type CommandHandlers, type CommandName } from "./contributions";
import type { Log } from "./log";
import { DisposableStore } from "./util/disposableStore";
import type { Disposable } from "./util/event";
import { plain } from "./words";

/** Verbs tell by themselves of what can be expected; anything else that goes wrong is told here. */
export function registerCommands<Names extends CommandName>(handlers: CommandHandlers<Names>, log: Log): Disposable {
  const disposables = new DisposableStore();
  for (const name of Object.keys(handlers) as Names[]) {
    const run = handlers[name] as (...args: readonly unknown[]) => void | Promise<void>;
    disposables.add(
      vscode.commands.registerCommand(commandId(name), async (...args: readonly unknown[]) => {
        try {
          await run(...args);
        } catch (error) {
          log.error(error instanceof Error ? error : String(error));
          const message = plain(error instanceof Error ? error.message : String(error), 300);
          void vscode.window.showErrorMessage(vscode.l10n.t("That didn't work: {0}", message));
        }
      }),
    );
  }
  return disposables;
}
