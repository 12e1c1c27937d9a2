// Registers verbs as the commands that the manifest declares; one without a handler doesn't compile.
import * as vscode from "vscode";
import { attempt, type Services } from "./actions";
import { commandId, type CommandHandlers, type CommandName } from "./contributions";

type AnyHandler = (...args: readonly unknown[]) => void | Promise<void>;

export function registerCommands(
  handlers: CommandHandlers,
  services: Pick<Services, "session" | "view" | "log">,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...(Object.keys(handlers) as CommandName[]).map((name) => {
      const run = handlers[name] as AnyHandler;
      return vscode.commands.registerCommand(commandId(name), (...args: readonly unknown[]) =>
        attempt(services, () => run(...args)),
      );
    }),
  );
}
