// The beads view: the tree, what stands around it, and how to bring a row into sight.
import * as vscode from "vscode";
import { setContextKeys } from "../contextKey";
import { viewIds } from "../contributions";
import type { ActiveSession } from "../session/activeSession";
import type { AttentionWatch } from "../session/attentionWatch";
import { DisposableStore } from "../util/disposableStore";
import { isFiltering, noFilter } from "./filter";
import { frameOf } from "./frame";
import type { BeadsNode, RowNode } from "./nodes";
import { BeadsProvider } from "./provider";
import type { ShapeMemory } from "./shapeMemory";

/** How often ages are looked at while somebody sees them. They are shown in minutes. */
const tickMs = 15_000;

export interface BeadsViewParts {
  readonly session: ActiveSession;
  readonly attention: AttentionWatch;
  readonly shapes: ShapeMemory;
  readonly extensionUri: vscode.Uri;
  readonly dragAndDropController?: vscode.TreeDragAndDropController<BeadsNode>;
}

export class BeadsView implements vscode.Disposable {
  readonly provider: BeadsProvider;
  readonly treeView: vscode.TreeView<BeadsNode>;
  private readonly disposables = new DisposableStore();
  private ticking: NodeJS.Timeout | undefined;
  private isReadOnly = false;

  constructor(private readonly parts: BeadsViewParts) {
    const { session, attention, shapes, extensionUri, dragAndDropController } = parts;
    this.provider = this.disposables.add(new BeadsProvider(session, attention, shapes, extensionUri));
    this.treeView = vscode.window.createTreeView(viewIds.beads, {
      treeDataProvider: this.provider,
      showCollapseAll: true,
      canSelectMany: true,
      ...(dragAndDropController === undefined ? {} : { dragAndDropController }),
    });
    this.disposables.add(this.treeView);
    for (const onDidChange of [attention.onDidChange, shapes.onDidChange]) {
      this.disposables.add(
        onDidChange(() => {
          this.provider.update(this.treeView.visible);
          this.frame();
        }),
      );
    }
    this.disposables.add(
      session.onDidChangeList(() => {
        this.frame();
      }),
    );
    this.disposables.add(
      this.treeView.onDidChangeVisibility(() => {
        this.keepTicking();
      }),
    );
  }

  /** A selection in a view that nobody sees is on nobody's mind. */
  get selection(): readonly BeadsNode[] {
    return this.treeView.visible ? this.treeView.selection : [];
  }

  /** Selects a row and scrolls to it, unfolding what hides it; a filter that hides it goes. */
  async reveal(beadId: string): Promise<void> {
    const { session, shapes } = this.parts;
    if (session.snapshot?.get(beadId) === undefined) return;
    if (this.provider.tree.nodeOf(beadId) === undefined) await shapes.setFilter(noFilter);
    const node = this.provider.tree.nodeOf(beadId);
    if (node !== undefined) await this.treeView.reveal(node, { select: true, focus: true });
  }

  /** The rows that need a person, from top to bottom of the tree. */
  problems(): readonly RowNode[] {
    const { tree } = this.provider;
    const { current } = this.parts.attention;
    return [...tree.rowsInOrder()].filter((node) => {
      const row = tree.row(node);
      return row !== undefined && current.reasonOf(row) !== undefined;
    });
  }

  /** Says that ledgers can't be changed here, and has the menus know. */
  becomeReadOnly(): void {
    this.isReadOnly = true;
    this.frame();
  }

  dispose(): void {
    clearInterval(this.ticking);
    this.disposables.dispose();
  }

  private keepTicking(): void {
    clearInterval(this.ticking);
    if (!this.treeView.visible) return;
    this.provider.tick();
    this.ticking = setInterval(() => {
      this.provider.tick();
    }, tickMs);
  }

  private frame(): void {
    const { session, attention, shapes } = this.parts;
    const { shape } = shapes;
    const { description, message, badge, contextKeys } = frameOf({
      list: session.list,
      snapshot: session.snapshot,
      attention: attention.current,
      pinned: session.pinned,
      shape,
      hiddenCount: isFiltering(shape.filter) ? this.provider.tree.hiddenCount : 0,
      isReadOnly: this.isReadOnly,
    });
    this.treeView.description = description;
    if (this.treeView.message !== message) this.treeView.message = message;
    if (this.treeView.badge?.value !== badge?.value || this.treeView.badge?.tooltip !== badge?.tooltip) {
      this.treeView.badge = badge;
    }
    setContextKeys(contextKeys);
  }
}
