// The tree as a value: what stands under what, worked out in one pass from a snapshot. It knows no editor.
import type { Assignment } from "../assignment";
import type { SessionSnapshot } from "../session/snapshot";
import { Branch, isSameGroup, type Place } from "./branch";
import { rowTest, type Filter } from "./filter";
import { groupRows, type Group } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, Grouping, RowNode } from "./nodes";

/** How a person wants the tree. */
export interface Shape {
  readonly grouping: Grouping;
  readonly filter: Filter;
}

export class BeadsTree {
  readonly roots: readonly GroupNode[];
  /** How many rows the filter hides. */
  readonly hiddenCount: number;
  /** By the group's id: the editor asks about nodes that it got from an earlier tree, too. */
  private readonly branches = new Map<string, Branch>();
  private readonly places = new Map<string, Place>();

  /** @param before lends its nodes and branches, so that what didn't change stays the same object */
  constructor(
    readonly snapshot: SessionSnapshot | undefined,
    readonly shape: Shape,
    before?: BeadsTree,
  ) {
    const groups = snapshot === undefined ? [] : groupRows(snapshot, shape.grouping, rowTest(shape.filter));
    this.roots = groups.map((group) => this.grow(group, before));
    this.hiddenCount = (snapshot?.rows.length ?? 0) - this.places.size;
  }

  /** In the order in which they are shown; the same array as long as nothing came, went or moved. */
  children(node: BeadsNode | undefined): readonly BeadsNode[] {
    if (node === undefined) return this.roots;
    switch (node.kind) {
      case "row":
        return [];
      case "finished":
        return this.branches.get(node.group.id)?.finishedChildren ?? [];
      case "pane":
      case "status":
      case "agent":
        return this.branches.get(node.id)?.children ?? [];
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
    return this.branches.get(node.id)?.group;
  }

  finishedCount(node: FinishedNode): number {
    return this.branches.get(node.group.id)?.finishedCount ?? 0;
  }

  /** What a node shows, as an object that is another one when that changed: its row, or its group. */
  content(node: BeadsNode): Assignment | Group | undefined {
    switch (node.kind) {
      case "row":
        return this.row(node);
      case "finished":
        return this.group(node.group);
      case "pane":
      case "status":
      case "agent":
        return this.group(node);
    }
  }

  /** Where a bead stands; `undefined` when it has no row, or the filter hides it. */
  nodeOf(beadId: string): RowNode | undefined {
    return this.places.get(beadId)?.node;
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
    const branch =
      lender !== undefined && isSameGroup(lender.group, group)
        ? lender
        : new Branch({ ...group, node: lender?.group.node ?? group.node }, lender, (beadId) => before?.nodeOf(beadId));
    for (const place of branch.places) this.places.set(place.row.bead_id, place);
    this.branches.set(branch.group.node.id, branch);
    return branch.group.node;
  }
}
