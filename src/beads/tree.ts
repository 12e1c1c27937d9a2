// The tree as a value: what stands under what, worked out in one pass from a snapshot. It knows no editor.
import type { Assignment } from "../assignment";
import type { SessionSnapshot } from "../session/snapshot";
import { rowTest, type Filter } from "./filter";
import { groupRows, isFolded, statusRank, type Group } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, Grouping, RowNode } from "./nodes";

/** How a person wants the tree. */
export interface Shape {
  readonly grouping: Grouping;
  readonly filter: Filter;
}

interface Branch extends Group {
  readonly open: RowNode[];
  readonly finished: RowNode[];
  readonly finishedNode: FinishedNode | undefined;
}

interface Place {
  readonly row: Assignment;
  readonly parent: GroupNode | FinishedNode;
}

export class BeadsTree {
  readonly roots: readonly GroupNode[];
  /** How many rows the filter hides. */
  readonly hiddenCount: number;
  /** By the node's id, as are the folds: nodes that the editor got from an earlier tree are asked about too. */
  private readonly branches = new Map<string, Branch>();
  private readonly rowNodes = new Map<string, RowNode>();
  private readonly places = new Map<string, Place>();

  /** @param before lends its nodes, so that what is still there stays the same object */
  constructor(
    readonly snapshot: SessionSnapshot | undefined,
    readonly shape: Shape,
    before?: BeadsTree,
  ) {
    const groups = snapshot === undefined ? [] : groupRows(snapshot, shape.grouping, rowTest(shape.filter));
    this.roots = groups.map((group) => this.grow(group, before));
    this.hiddenCount = (snapshot?.rows.length ?? 0) - this.places.size;
  }

  /** In the order in which they are shown. */
  children(node: BeadsNode | undefined): readonly BeadsNode[] {
    if (node === undefined) return this.roots;
    switch (node.kind) {
      case "row":
        return [];
      case "finished":
        return this.sorted(this.branches.get(node.group.id)?.finished ?? [], newestFirst);
      case "pane":
      case "status":
      case "agent": {
        const branch = this.branches.get(node.id);
        if (branch === undefined) return [];
        const open = this.sorted(branch.open, (a, b) => statusRank(a.status) - statusRank(b.status));
        return branch.finishedNode === undefined ? open : [...open, branch.finishedNode];
      }
    }
  }

  parent(node: BeadsNode): BeadsNode | undefined {
    switch (node.kind) {
      case "row":
        return this.places.get(node.beadId)?.parent;
      case "finished":
        return node.group;
      case "pane":
      case "status":
      case "agent":
        return undefined;
    }
  }

  /** `undefined` when there is no such row any more, or the filter hides it. */
  row(node: RowNode): Assignment | undefined {
    return this.places.get(node.beadId)?.row;
  }

  /** `undefined` when there is no such group any more. */
  group(node: GroupNode): Group | undefined {
    return this.branches.get(node.id);
  }

  finishedCount(node: FinishedNode): number {
    return this.branches.get(node.group.id)?.finished.length ?? 0;
  }

  /** Where a bead stands; `undefined` when it has no row, or the filter hides it. */
  nodeOf(beadId: string): RowNode | undefined {
    return this.rowNodes.get(beadId);
  }

  /** Every row in the order in which it would be met from top to bottom, were everything unfolded. */
  *rowsInOrder(): Generator<RowNode> {
    for (const root of this.roots) yield* this.rowsBelow(root);
  }

  private *rowsBelow(node: BeadsNode): Generator<RowNode> {
    if (node.kind === "row") yield node;
    else for (const child of this.children(node)) yield* this.rowsBelow(child);
  }

  private grow(group: Group, before: BeadsTree | undefined): GroupNode {
    const lender = before?.branches.get(group.node.id);
    const node = lender?.node ?? group.node;
    const folds = group.node.kind !== "status" && group.rows.some(isFolded);
    const finishedNode = folds
      ? (lender?.finishedNode ?? ({ kind: "finished", id: `finished:${node.id}`, group: node } as const))
      : undefined;
    const branch: Branch = { ...group, node, open: [], finished: [], finishedNode };
    for (const row of group.rows) {
      const beadId = row.bead_id;
      const rowNode = before?.rowNodes.get(beadId) ?? { kind: "row", id: `row:${beadId}`, beadId };
      const isInFold = finishedNode !== undefined && isFolded(row);
      (isInFold ? branch.finished : branch.open).push(rowNode);
      this.rowNodes.set(beadId, rowNode);
      this.places.set(beadId, { row, parent: isInFold ? finishedNode : node });
    }
    this.branches.set(node.id, branch);
    return node;
  }

  private sorted(nodes: readonly RowNode[], compare: (a: Assignment, b: Assignment) => number): RowNode[] {
    const placed = nodes.map((node) => ({ node, row: this.row(node) }));
    return placed
      .sort((a, b) => (a.row === undefined || b.row === undefined ? 0 : compare(a.row, b.row)))
      .map(({ node }) => node);
  }
}

function newestFirst(a: Assignment, b: Assignment): number {
  return Date.parse(b.completed_at ?? b.assigned_at) - Date.parse(a.completed_at ?? a.assigned_at) || 0;
}
