// The tree items that the editor was last given, and which of them changed. Only nodes that it asked for are compared,
// so a collapsed group costs nothing.
import { isSamePresentation, type TreeItemPresentation } from "./treeItem";

/** Nodes are identities: the same node stays the same object, and what it shows is asked of the tree. */
export interface RenderedNode {
  readonly id: string;
}

export interface Tree<Node> {
  readonly roots: readonly Node[];
  children(node: Node): readonly Node[];
}

/** The current tree items; `undefined` for removed nodes. */
export interface TreePresenter<Node> {
  /** What the presentation and the hover are made from: equal inputs mean an equal presentation. */
  inputs(node: Node): readonly unknown[] | undefined;
  presentation(node: Node): TreeItemPresentation | undefined;
  /** True if the node is refreshed whenever its first input differs, for its hover has more facts than its presentation. */
  hasHover(node: Node): boolean;
}

interface RenderedItem<Node> {
  readonly node: Node;
  readonly presentation: TreeItemPresentation;
  readonly inputs: readonly unknown[];
}

export class RenderedTree<Node extends RenderedNode> {
  private readonly items = new Map<string, RenderedItem<Node>>();
  private readonly children = new Map<string, readonly Node[]>();
  private roots: readonly Node[] | undefined;

  /** The last presentation, if it was made from the same inputs. */
  presentation(node: Node, inputs: readonly unknown[]): TreeItemPresentation | undefined {
    const item = this.items.get(node.id);
    return item !== undefined && isSameSequence(item.inputs, inputs) ? item.presentation : undefined;
  }

  didRenderItem(node: Node, presentation: TreeItemPresentation, inputs: readonly unknown[]): void {
    this.items.set(node.id, { node, presentation, inputs });
  }

  didRenderChildren(node: Node | undefined, children: readonly Node[]): void {
    if (node === undefined) this.roots = children;
    else this.children.set(node.id, children);
  }

  /**
   * The nodes to refresh; `everything` when the first level changed, for which the editor has no finer event.
   * A node whose children came, went or moved is among them, as is each changed row. What was returned isn't returned again.
   */
  outdated(tree: Tree<Node>, presenter: TreePresenter<Node>): readonly Node[] | "everything" {
    if (this.roots === undefined) return [];
    if (!isSameSequence(this.roots, tree.roots)) {
      this.forget();
      return "everything";
    }
    const nodes: Node[] = [];
    for (const { node } of this.items.values()) {
      const inputs = presenter.inputs(node);
      if (inputs === undefined) {
        // Gone, or hidden: its parent is refreshed.
        this.items.delete(node.id);
        this.children.delete(node.id);
      } else {
        const hasOtherChildren = this.updateChildren(tree, node);
        if (this.updateItem(node, inputs, presenter) || hasOtherChildren) nodes.push(node);
      }
    }
    return nodes;
  }

  /** Whether the presentation differs; it counts as rendered, so that no event is repeated until the editor requests the item. */
  private updateItem(node: Node, inputs: readonly unknown[], presenter: TreePresenter<Node>): boolean {
    const before = this.items.get(node.id);
    if (before !== undefined && isSameSequence(before.inputs, inputs)) return false;
    const presentation = presenter.presentation(node);
    if (presentation === undefined) return true;
    this.didRenderItem(node, presentation, inputs);
    const isOtherUnderneath = presenter.hasHover(node) && before?.inputs[0] !== inputs[0];
    return isOtherUnderneath || before === undefined || !isSamePresentation(before.presentation, presentation);
  }

  /** Whether the node has other children, or has them in another order; they count as rendered. */
  private updateChildren(tree: Tree<Node>, node: Node): boolean {
    const given = this.children.get(node.id);
    // A collapsed node's children weren't requested, and aren't computed.
    if (given === undefined) return false;
    const children = tree.children(node);
    if (isSameSequence(given, children)) return false;
    this.children.set(node.id, children);
    return true;
  }

  private forget(): void {
    this.items.clear();
    this.children.clear();
    this.roots = undefined;
  }
}

function isSameSequence(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((element, index) => element === b[index]));
}

/**
 * The shortest time between two changes of a tree that are announced, in milliseconds. The editor waits until 200 ms have passed
 * without another one, however long that takes: announced more often, a busy tree would never be painted.
 */
export const refreshIntervalMs = 250;
