// The services that views and commands share.
import type { ExtensionContext } from "vscode";
import type { AttentionTracker } from "./session/attentionTracker";
import type { BeadContextOf } from "./views/beads/tooltip";
import type { TreeOptionsMemento } from "./views/beads/treeOptions";
import type { BeadsView } from "./views/beads/view";
import type { HistoryViews } from "./views/history";
import type { Log } from "./util/log";
import type { LivePanes } from "./views/panes/livePanes";
import type { ActiveTracker } from "./views/ready/activeTracker";
import type { ActiveSession } from "./session/activeSession";
import type { OwnChanges } from "./session/statusChanges";
import type { Snoozes } from "./session/snoozes";
import type { UndoStack } from "./session/undoStack";
import type { RowActivities } from "./session/rowActivity";

export interface Services {
  readonly context: ExtensionContext;
  readonly log: Log & { show(): void };
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  readonly snoozes: Snoozes;
  readonly panes: LivePanes;
  /** What is being done to rows at present. */
  readonly activities: RowActivities;
  readonly ownChanges: OwnChanges;
  readonly undoStack: UndoStack;
  readonly treeOptions: TreeOptionsMemento;
  readonly view: BeadsView;
  readonly contextOf: BeadContextOf;
  readonly tracker: ActiveTracker;
  readonly history: HistoryViews;
}
