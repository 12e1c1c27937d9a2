// The extension as it runs in this host, with its inner parts, which it shows to tests alone.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Actions } from "../../src/actions";
import type { AttentionTracker } from "../../src/attention/attentionTracker";
import type { BeadsView } from "../../src/beads/view";
import type { TreeOptionsMemento } from "../../src/beads/tree/treeOptionsMemento";
import type { LivePanes } from "../../src/panes/livePanes";
import type { StatusBar } from "../../src/statusBar";
import type { HistoryViews } from "../../src/historyViews";
import type { RowNode } from "../../src/nodes";
import type { SessionsView } from "../../src/sessions/view";
import type { ActiveTracker } from "../../src/ready/activeTracker";
import type { ReadyTreeView } from "../../src/ready/readyTreeView";
import type { ActiveSession } from "../../src/session/activeSession";
import type { RowActivities } from "../../src/session/rowActivity";
import type { LazyPart } from "../../src/util/lazyPart";

export interface Internals {
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  readonly activities: RowActivities;
  readonly beads: BeadsView;
  readonly treeOptions: TreeOptionsMemento;
  readonly panes: LivePanes;
  readonly statusBar: StatusBar;
  readonly sessions: SessionsView;
  readonly context: vscode.ExtensionContext;
  readonly history: LazyPart<HistoryViews>;
  readonly tracker: LazyPart<ActiveTracker>;
  readonly actions: LazyPart<Actions>;
  readonly ready: ReadyTreeView;
}

const extensionId = "ntm-assignments.ntm-assignments";

export async function activated(): Promise<Internals> {
  const extension = vscode.extensions.getExtension<{ internals: Internals }>(extensionId);
  assert.ok(extension !== undefined, `${extensionId} is not installed in this host`);
  return (await extension.activate()).internals;
}

/** A row of the tree, as a menu would pass it. */
export function rowNode(beadId: string): RowNode {
  return { kind: "row", id: `row:${beadId}`, beadId };
}
