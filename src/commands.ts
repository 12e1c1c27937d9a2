// Registers the commands that the manifest declares. What they do is loaded when the first one is used.
import * as vscode from "vscode";
import { attempt } from "./actions/attempt";
import type { Services } from "./actions/services";
import type { ShapeMemory } from "./beads/shapeMemory";
import { commandId, commands, type CommandName } from "./contributions";
import type { Verbs } from "./verbs";

type AnyHandler = (...args: readonly unknown[]) => void | Promise<void>;

export class Commands implements vscode.Disposable {
  private readonly registrations: vscode.Disposable;
  private verbs: Verbs | undefined;
  private isDisposed = false;

  constructor(
    private readonly services: Services,
    private readonly shapes: ShapeMemory,
  ) {
    const names = Object.keys(commands) as CommandName[];
    this.registrations = vscode.Disposable.from(
      ...names.map((name) =>
        vscode.commands.registerCommand(commandId(name), (...args: readonly unknown[]) =>
          this.attempt(({ handlers }) => (handlers[name] as AnyHandler)(...args)),
        ),
      ),
    );
  }

  /** Gives beads that were dropped on a pane to that pane. */
  drop(beadIds: readonly string[], paneIdentity: string): Promise<void> {
    return this.attempt((verbs) => verbs.drop(beadIds, paneIdentity));
  }

  dispose(): void {
    this.isDisposed = true;
    this.registrations.dispose();
    this.verbs?.dispose();
  }

  private attempt(work: (verbs: Verbs) => void | Promise<void>): Promise<void> {
    return attempt(this.services, async () => {
      const { createVerbs } = await import("./verbs");
      if (!this.isDisposed) await work((this.verbs ??= createVerbs(this.services, this.shapes)));
    });
  }
}
