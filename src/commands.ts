// Registers the commands that the manifest declares. Their handlers, `actions/`, are loaded on first use.
import * as vscode from "vscode";
import { reportErrors } from "./actions/reportErrors";
import type { Services } from "./actions/services";
import { commandId, commands, type CommandName } from "./contributions";
import type { BeadsNode } from "./nodes";

type AnyHandler = (...args: readonly unknown[]) => void | Promise<void>;

export function registerCommands(services: Services): vscode.Disposable {
  const names = Object.keys(commands) as CommandName[];
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(commandId(name), (...args: readonly unknown[]) =>
        reportErrors(services, async () => {
          const taken = await argumentsOf(services, name, args);
          if (taken === undefined) return;
          const { handlers } = await services.actions.load();
          await (handlers[name] as AnyHandler)(...taken);
        }),
      ),
    ),
  );
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
      return (await import("./actions/focusedRows")).focusedRows(services, focused.node);
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
