// What every command does. Loaded with the first of them: a window in which somebody only looks never needs it.
import { createActions, reassignTo } from "./actions";
import type { Services } from "./actions/services";
import { beadsCommands } from "./beads/commands";
import type { ShapeMemory } from "./beads/shapeMemory";
import type { CommandHandlers } from "./contributions";
import { sessionCommands } from "./sessions/commands";
import type { Disposable } from "./util/event";

export interface Verbs extends Disposable {
  readonly handlers: CommandHandlers;
  /** Gives beads that were dropped on a pane to that pane. */
  readonly drop: (beadIds: readonly string[], paneIdentity: string) => Promise<void>;
}

export function createVerbs(services: Services, shapes: ShapeMemory): Verbs {
  const { session, view } = services;
  const actions = createActions(services);
  return {
    handlers: { ...actions.handlers, ...beadsCommands(session, view, shapes), ...sessionCommands(session) },
    drop: (beadIds, paneIdentity) => reassignTo(services, beadIds, paneIdentity),
    dispose: () => {
      actions.dispose();
    },
  };
}
