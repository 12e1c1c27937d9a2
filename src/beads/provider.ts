// Gives the editor the tree, node by node, and tells it which of them look different now.
import * as vscode from "vscode";
import type { ActiveSession } from "../session/activeSession";
import type { AttentionWatch } from "../session/attentionWatch";
import type { Face } from "../tree/face";
import { Paint } from "../tree/paint";
import { treeItem } from "../tree/treeItem";
import { finishedFace, groupFace, rowFace, type Moment } from "./face";
import { isFolded } from "./grouping";
import { hoverMarkdown } from "./hover";
import type { BeadsNode, RowNode } from "./nodes";
import type { ShapeMemory } from "./shapeMemory";
import { BeadsTree } from "./tree";

/** In a tree with more rows in flight than this, groups begin folded: a first look shows the groups, not a wall. */
const unfoldedRows = 200;

export class BeadsProvider implements vscode.TreeDataProvider<BeadsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<BeadsNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly paint = new Paint<BeadsNode>();
  private grown: BeadsTree | undefined;
  private isCurrent = false;
  /** Moves on with the ticks alone, so that between them an unchanged row has an unchanged face. */
  private now = Date.now();

  constructor(
    private readonly session: ActiveSession,
    private readonly attention: AttentionWatch,
    private readonly shapes: ShapeMemory,
    private readonly extensionUri: vscode.Uri,
  ) {}

  /** The tree as it is now; it only grows when somebody asks. */
  get tree(): BeadsTree {
    if (this.grown === undefined || !this.isCurrent) {
      this.grown = new BeadsTree(this.session.snapshot, this.shapes.shape, this.grown);
      this.isCurrent = true;
    }
    return this.grown;
  }

  /** The ledger, what needs attention, or how the tree is wanted changed. A hidden tree is left for when it is seen again. */
  update(isVisible: boolean): void {
    this.isCurrent = false;
    if (!isVisible) this.changed.fire(undefined);
    else this.repaint();
  }

  /** Time went by. */
  tick(): void {
    this.now = Date.now();
    this.repaint();
  }

  getChildren(node?: BeadsNode): BeadsNode[] {
    const children = this.tree.children(node);
    this.paint.gaveChildren(node, children);
    return [...children];
  }

  getParent(node: BeadsNode): BeadsNode | undefined {
    return this.tree.parent(node);
  }

  getTreeItem(node: BeadsNode): vscode.TreeItem {
    const face = this.face(node);
    const basis = this.basis(node);
    // A node that has just gone is asked about once more, before the editor hears of its end.
    if (face === undefined || basis === undefined) return new vscode.TreeItem("");
    this.paint.gaveItem(node, face, basis);
    return treeItem(node.id, face, this.collapsibleState(node), this.extensionUri);
  }

  resolveTreeItem(item: vscode.TreeItem, node: BeadsNode): vscode.TreeItem {
    item.tooltip = node.kind === "row" ? this.hover(node) : this.face(node)?.spoken;
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private repaint(): void {
    const outdated = this.paint.outdated(this.tree, {
      basis: (node) => this.basis(node),
      face: (node) => this.face(node),
      hasHover: (node) => node.kind === "row",
    });
    if (outdated === "everything") this.changed.fire(undefined);
    else if (outdated.length > 0) this.changed.fire([...outdated]);
  }

  private hover(node: RowNode): vscode.MarkdownString | undefined {
    const row = this.tree.row(node);
    if (row === undefined) return undefined;
    return new vscode.MarkdownString(hoverMarkdown(row, this.moment.reasons.get(row) === "stuck", Date.now()));
  }

  private get moment(): Moment {
    const { snapshot } = this.tree;
    return {
      schema: snapshot?.schema ?? 1,
      isWritable: snapshot?.isWritable ?? false,
      reasons: this.attention.current.reasons,
      now: this.now,
    };
  }

  private basis(node: BeadsNode): readonly unknown[] | undefined {
    const content = this.tree.content(node);
    if (content === undefined) return undefined;
    if (node.kind !== "row") return [content];
    const row = this.tree.row(node);
    const { schema, isWritable, reasons, now } = this.moment;
    return [row, row === undefined ? undefined : reasons.get(row), schema, isWritable, now];
  }

  private face(node: BeadsNode): Face | undefined {
    switch (node.kind) {
      case "row": {
        const row = this.tree.row(node);
        return row === undefined ? undefined : rowFace(row, this.moment);
      }
      case "finished":
        return finishedFace(this.tree.finishedCount(node));
      case "pane":
      case "status":
      case "agent": {
        const group = this.tree.group(node);
        return group === undefined ? undefined : groupFace(group);
      }
    }
  }

  private collapsibleState(node: BeadsNode): vscode.TreeItemCollapsibleState {
    if (node.kind === "row") return vscode.TreeItemCollapsibleState.None;
    const rows = node.kind === "finished" ? [] : (this.tree.group(node)?.rows ?? []);
    const isUnfolded = !this.isLarge && rows.some((row) => !isFolded(row));
    return isUnfolded ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  }

  private get isLarge(): boolean {
    const { stats } = this.tree.snapshot ?? {};
    return stats !== undefined && stats.total - stats.completed - stats.reassigned > unfoldedRows;
  }
}
