// The tree of the beads with an editor that asks for all that is in sight, but paints nothing.
import * as vscode from "vscode";
import type { AssignmentStore } from "../../../src/assignment";
import { noFilter } from "../../../src/beads/filter";
import type { BeadsNode } from "../../../src/beads/nodes";
import { BeadsProvider } from "../../../src/beads/provider";
import { settingDefaults } from "../../../src/contributions";
import { attentionIn, noAttention, type Attention } from "../../../src/session/attention";
import { SessionSnapshot } from "../../../src/session/snapshot";
import { projectRoot } from "../../support/project";

const stuckAfter = {
  assigned: settingDefaults["stuckAfter.assigned"],
  working: settingDefaults["stuckAfter.working"],
  claiming: settingDefaults["stuckAfter.claiming"],
  claimed: settingDefaults["stuckAfter.claimed"],
};

export class PaintedTree {
  private readonly session: { snapshot: SessionSnapshot | undefined } = { snapshot: undefined };
  private readonly attention: { current: Attention } = { current: noAttention };
  private readonly provider: BeadsProvider;

  constructor(private readonly store: AssignmentStore) {
    this.provider = new BeadsProvider(
      this.session,
      this.attention,
      { shape: { grouping: "pane", filter: noFilter } },
      vscode.Uri.file(projectRoot),
    );
    this.provider.onDidChangeTreeData((nodes) => {
      for (const node of nodes ?? []) this.paint(node);
    });
  }

  paintRoots(): void {
    this.look(this.store);
    for (const root of this.provider.getChildren()) this.provider.getTreeItem(root);
  }

  /** Its fold too, so that every row of it is in sight. */
  paintFirstPane(): void {
    const [pane] = this.provider.getChildren();
    if (pane !== undefined) this.unfold(pane);
  }

  /** The ledger changed. */
  refresh(store: AssignmentStore): void {
    this.look(store);
    this.provider.update(true);
  }

  private look(store: AssignmentStore): void {
    this.session.snapshot = SessionSnapshot.of(store, this.session.snapshot);
    this.attention.current = attentionIn(this.session.snapshot, stuckAfter, Date.now(), this.attention.current);
  }

  private unfold(node: BeadsNode): void {
    for (const child of this.provider.getChildren(node)) {
      this.provider.getTreeItem(child);
      if (child.kind !== "row") this.unfold(child);
    }
  }

  private paint(node: BeadsNode): void {
    this.provider.getTreeItem(node);
    if (node.kind !== "row") this.provider.getChildren(node);
  }
}
