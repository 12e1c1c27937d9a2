// What every action works with.
import type { BeadsView } from "../beads/view";
import type { Log } from "../log";
import type { ActiveSession } from "../session/activeSession";
import type { OwnRows } from "../session/ownRows";

export interface Services {
  readonly session: ActiveSession;
  readonly view: BeadsView;
  readonly log: Log & { show(): void };
  readonly ownRows: OwnRows;
}
