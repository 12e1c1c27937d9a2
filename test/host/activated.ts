// The extension as it runs in this host, with its inner parts, which it shows to tests alone.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { AttentionTracker } from "../../src/session/attentionTracker";
import type { BeadsDropTargets } from "../../src/views/beads/dragAndDrop";
import type { BeadsView } from "../../src/views/beads/view";
import type { TreeOptionsMemento } from "../../src/views/beads/treeOptions";
import type { LivePanes } from "../../src/views/panes/livePanes";
import type { StatusBar } from "../../src/views/statusBar";
import type { HistoryViews } from "../../src/views/history";
import type { RowNode } from "../../src/nodes";
import type { SessionsView } from "../../src/views/sessions/view";
import type { ActiveTracker } from "../../src/views/ready/activeTracker";
import type { ReadyView } from "../../src/views/ready/view";
import type { ActiveSession } from "../../src/session/activeSession";
import type { RowActivities } from "../../src/session/rowActivity";

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
  readonly history: HistoryViews;
  readonly tracker: ActiveTracker;
  readonly drops: BeadsDropTargets;
  readonly ready: ReadyView;
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
