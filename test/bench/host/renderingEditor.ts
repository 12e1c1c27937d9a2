// The tree of beads with an editor that requests every visible node, but renders nothing.
import * as vscode from "vscode";
import type { AssignmentStore } from "../../../src/assignment";
import { noFilter } from "../../../src/views/beads/filter";
import type { BeadsNode } from "../../../src/nodes";
import { BeadsProvider } from "../../../src/views/beads/provider";
import { settingDefaults } from "../../../src/contributions";
import { attentionIn, noAttention, type Attention } from "../../../src/session/attention";
import { SessionSnapshot } from "../../../src/session/sessionSnapshot";
import { noKnownPanes } from "../../../src/views/panes/livePanes";
import { projectRoot } from "../../support/project";

const stuckAfter = {
  assigned: settingDefaults["stuckAfter.assigned"],
  working: 120,
  claiming: settingDefaults["stuckAfter.claiming"],
  claimed: settingDefaults["stuckAfter.claimed"],
};

export class RenderingEditor {
  private readonly session: { snapshot: SessionSnapshot | undefined } = { snapshot: undefined };
  private readonly attention: { current: Attention } = { current: noAttention };
  private readonly provider: BeadsProvider;

  constructor(private readonly store: AssignmentStore) {
    this.provider = new BeadsProvider(
      this.session,
      this.attention,
      () => ({}),
      { current: noKnownPanes },
      { options: { grouping: "pane", filter: noFilter } },
      { isExpanded: (_id, byDefault) => byDefault },
      vscode.Uri.file(projectRoot),
      undefined,
      0,
    );
    this.provider.onDidChangeTreeData((nodes) => {
      for (const node of nodes ?? []) this.render(node);
    });
  }

  renderRoots(): void {
    this.look(this.store);
    for (const root of this.provider.getChildren()) this.provider.getTreeItem(root);
  }

  /** Including its finished rows, so that every row of it is visible. */
  renderFirstPane(): void {
    const [pane] = this.provider.getChildren();
    if (pane !== undefined) this.expand(pane);
  }

  /** The ledger changed. */
  refresh(store: AssignmentStore): void {
    this.look(store);
    this.provider.update(true);
  }

  private look(store: AssignmentStore): void {
    this.session.snapshot = SessionSnapshot.of(store, this.session.snapshot);
    this.attention.current = attentionIn(this.session.snapshot, stuckAfter, Date.now());
  }

  private expand(node: BeadsNode): void {
    for (const child of this.provider.getChildren(node)) {
      this.provider.getTreeItem(child);
      if (child.kind !== "row") this.expand(child);
    }
  }

  private render(node: BeadsNode): void {
    this.provider.getTreeItem(node);
    if (node.kind !== "row") this.provider.getChildren(node);
  }
}
