// Every command of the vocabulary gets its handler; one that is missing doesn't compile.
import * as vscode from "vscode";
import { commandId, commands, type CommandHandlers, type CommandName } from "../contributions";
import { attempt } from "./attempt";
import type { Services } from "./services";

type AnyHandler = (...args: unknown[]) => void | Promise<void>;

export function registerCommands(services: Services, handlers: CommandHandlers): vscode.Disposable {
  return vscode.Disposable.from(
    ...(Object.keys(commands) as CommandName[]).map((name) => {
      const handler = handlers[name] as AnyHandler;
      return vscode.commands.registerCommand(commandId(name), (...args: unknown[]) =>
        attempt(services, () => handler(...args)),
      );
    }),
  );
}
