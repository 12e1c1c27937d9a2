// The services that all actions use.
import type { ExtensionContext } from "vscode";
import type { Actions } from ".";
import type { AttentionTracker } from "../attention/attentionTracker";
import type { BeadContextOf } from "../beads/details/beadContext";
import type { TreeOptionsMemento } from "../beads/tree/treeOptionsMemento";
import type { BeadsView } from "../beads/view";
import type { HistoryViews } from "../historyViews";
import type { Log } from "../log";
import type { LivePanes } from "../panes/livePanes";
import type { ActiveTracker } from "../ready/activeTracker";
import type { ActiveSession } from "../session/activeSession";
import type { OwnChanges } from "../session/ownChanges";
import type { RowActivities } from "../session/rowActivity";
import type { LazyPart } from "../util/lazyPart";

export interface Services {
  readonly context: ExtensionContext;
  readonly log: Log & { show(): void };
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  readonly panes: LivePanes;
  /** What is being done to rows at present. */
  readonly activities: RowActivities;
  readonly ownChanges: OwnChanges;
  readonly treeOptions: TreeOptionsMemento;
  readonly view: BeadsView;
  readonly contextOf: BeadContextOf;
  readonly tracker: LazyPart<ActiveTracker>;
  readonly history: LazyPart<HistoryViews>;
  readonly actions: LazyPart<Actions>;
}
