// What the editor was last given of a tree, and what of it is no longer true. Only nodes that it asked for are ever looked
// at, so a refresh costs what is in sight, and a folded group costs nothing.
import { isSameFace, type Face } from "./face";

/** Nodes are identities: the same node stays the same object, and what it shows is asked of the tree. */
export interface PaintedNode {
  readonly id: string;
}

export interface Tree<Node> {
  readonly roots: readonly Node[];
  children(node: Node): readonly Node[];
}

/** How nodes look now; `undefined` for those that are gone. */
export interface Gaze<Node> {
  /** What the face is made from, and whatever else is shown: as long as that is the same, so is the sight. */
  basis(node: Node): readonly unknown[] | undefined;
  face(node: Node): Face | undefined;
  /** `false` for a node that has the basis and the children that it had at the last look, which saves asking for them. */
  mayDiffer?(node: Node): boolean;
  /** Whether a change of the first part of the basis is always seen: a hover has more facts than a face. */
  hasHover(node: Node): boolean;
}

interface Sight<Node> {
  readonly node: Node;
  readonly face: Face;
  readonly basis: readonly unknown[];
}

export class Paint<Node extends PaintedNode> {
  private readonly sights = new Map<string, Sight<Node>>();
  private readonly children = new Map<string, readonly Node[]>();
  private roots: readonly Node[] | undefined;

  gaveItem(node: Node, face: Face, basis: readonly unknown[]): void {
    this.sights.set(node.id, { node, face, basis });
  }

  gaveChildren(node: Node | undefined, children: readonly Node[]): void {
    if (node === undefined) this.roots = children;
    else this.children.set(node.id, children);
  }

  /**
   * The nodes to be painted anew; `everything` when the first level changed, for which the editor has no finer word.
   * A node whose children came, went or moved is among them, as is each changed row. What is told here isn't told again.
   */
  outdated(tree: Tree<Node>, gaze: Gaze<Node>): readonly Node[] | "everything" {
    if (this.roots === undefined) return [];
    if (!isSameSequence(this.roots, tree.roots)) {
      this.forget();
      return "everything";
    }
    const nodes: Node[] = [];
    for (const { node } of this.sights.values()) {
      if (gaze.mayDiffer?.(node) === false) continue;
      const basis = gaze.basis(node);
      if (basis === undefined) {
        // Gone, or hidden: the node that it stood under is painted anew.
        this.sights.delete(node.id);
        this.children.delete(node.id);
      } else {
        const hasOtherChildren = this.takeChildren(tree, node);
        if (this.takeSight(node, basis, gaze) || hasOtherChildren) nodes.push(node);
      }
    }
    return nodes;
  }

  /** Whether the node looks different; it counts as told, so that nothing is told twice while the editor takes its time. */
  private takeSight(node: Node, basis: readonly unknown[], gaze: Gaze<Node>): boolean {
    const before = this.sights.get(node.id);
    if (before !== undefined && isSameSequence(before.basis, basis)) return false;
    const face = gaze.face(node);
    if (face === undefined) return true;
    this.gaveItem(node, face, basis);
    const isOtherUnderneath = gaze.hasHover(node) && before?.basis[0] !== basis[0];
    return isOtherUnderneath || before === undefined || !isSameFace(before.face, face);
  }

  /** Whether the node has other children, or has them in another order; they count as told. */
  private takeChildren(tree: Tree<Node>, node: Node): boolean {
    const given = this.children.get(node.id);
    const children = tree.children(node);
    if (given === undefined || isSameSequence(given, children)) return false;
    this.children.set(node.id, children);
    return true;
  }

  private forget(): void {
    this.sights.clear();
    this.children.clear();
    this.roots = undefined;
  }
}

function isSameSequence(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a === b || (a.length === b.length && a.every((element, index) => element === b[index]));
}
