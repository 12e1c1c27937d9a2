// Gives the editor the tree, node by node, and tells it which of them look different now.
import * as vscode from "vscode";
import type { ActiveSession } from "../session/activeSession";
import type { AttentionWatch } from "../session/attentionWatch";
import { Paint } from "../tree/paint";
import { treeItem } from "../tree/treeItem";
import { BeadsGaze } from "./gaze";
import { isFolded } from "./grouping";
import type { BeadsNode, RowNode } from "./nodes";
import type { ShapeMemory } from "./shapeMemory";
import { Suspects } from "./suspects";
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
  private readonly suspects = new Suspects();

  constructor(
    private readonly session: Pick<ActiveSession, "snapshot">,
    private readonly attention: Pick<AttentionWatch, "current">,
    private readonly shapes: Pick<ShapeMemory, "shape">,
    private readonly extensionUri: vscode.Uri,
  ) {}

  /** The tree as it is now; it only grows when somebody asks. */
  get tree(): BeadsTree {
    if (this.grown === undefined || !this.isCurrent) {
      this.grown = new BeadsTree(this.session.snapshot, this.shapes.shape, this.grown);
      this.isCurrent = true;
      this.suspects.add(this.grown, this.attention.current);
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
    this.suspects.addAll();
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
    const { gaze } = this;
    const face = gaze.face(node);
    const basis = gaze.basis(node);
    // A node that has just gone is asked about once more, before the editor hears of its end.
    if (face === undefined || basis === undefined) return new vscode.TreeItem("");
    this.paint.gaveItem(node, face, basis);
    return treeItem(node.id, face, this.collapsibleState(node), this.extensionUri);
  }

  async resolveTreeItem(item: vscode.TreeItem, node: BeadsNode): Promise<vscode.TreeItem> {
    item.tooltip = node.kind === "row" ? await this.hover(node) : this.gaze.face(node)?.spoken;
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private repaint(): void {
    const outdated = this.paint.outdated(this.tree, this.gaze);
    this.suspects.clear();
    if (outdated === "everything") this.changed.fire(undefined);
    else if (outdated.length > 0) this.changed.fire([...outdated]);
  }

  private async hover(node: RowNode): Promise<vscode.MarkdownString | undefined> {
    // Loaded when the pointer first rests on a row.
    const { hoverMarkdown } = await import("./hover");
    const row = this.tree.row(node);
    if (row === undefined) return undefined;
    return new vscode.MarkdownString(hoverMarkdown(row, this.attention.current.reasonOf(row) === "stuck", Date.now()));
  }

  private get gaze(): BeadsGaze {
    return new BeadsGaze(this.tree, this.attention.current, this.now, this.suspects);
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
