// The tree as a value: what stands under what. It is worked out from a snapshot, and from the tree before as far as that is
// still so. It knows no editor.
import { rowChanges, type Assignment } from "../assignment";
import { regrouped, type RowGroups } from "../session/rowGroups";
import type { SessionSnapshot } from "../session/snapshot";
import { Branch } from "./branch";
import { rowTest, type Filter } from "./filter";
import { groupKey, groupNode, inGroupOrder, type Group } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, Grouping, RowNode } from "./nodes";
import { RowNodes } from "./rowNodes";

/** How a person wants the tree. */
export interface Shape {
  readonly grouping: Grouping;
  readonly filter: Filter;
}

export class BeadsTree {
  readonly roots: readonly GroupNode[];
  /** How many rows the filter hides. */
  readonly hiddenCount: number;
  /** Which beads may look different than in the tree before; `undefined`: all. */
  readonly changedBeads: readonly string[] | undefined;
  /** By the group's id: the editor asks about nodes that it got from an earlier tree, too. */
  private readonly branches = new Map<string, Branch>();
  private readonly groups: RowGroups;
  private readonly rowNodes: RowNodes;
  private readonly isWanted: (row: Assignment) => boolean;

  /** @param before lends its nodes and branches, so that what didn't change stays the same object and costs nothing */
  constructor(
    readonly snapshot: SessionSnapshot | undefined,
    readonly shape: Shape,
    before?: BeadsTree,
  ) {
    const { grouping, filter } = shape;
    this.isWanted = rowTest(filter);
    this.rowNodes = before?.rowNodes ?? new RowNodes();
    const rows = snapshot?.rows ?? [];
    const isLike = before?.shape.grouping === grouping && before.shape.filter === filter;
    const changes = rowChanges((isLike ? before.snapshot?.rows : undefined) ?? [], rows);
    for (const { bead_id: beadId } of changes.gone) {
      if (snapshot?.get(beadId) === undefined) this.rowNodes.forget(beadId);
    }
    const { schema, isWritable } = before?.snapshot ?? {};
    const looksLike = isLike && schema === snapshot?.schema && isWritable === snapshot?.isWritable;
    this.changedBeads = looksLike ? [...changes.gone, ...changes.come].map((row) => row.bead_id) : undefined;
    this.groups = regrouped(isLike ? before.groups : new Map(), changes, this.keyOf);
    const panes = grouping === "pane" ? (snapshot?.panes ?? []) : [];
    const paneByKey = new Map(panes.map((pane) => [pane.identity, pane]));
    this.roots = inGroupOrder(this.groups, grouping, panes).map((key) => {
      const node = groupNode(grouping, key);
      return this.grow({ node, pane: paneByKey.get(key), rows: this.groups.get(key) ?? [] }, before);
    });
    this.hiddenCount = [...this.groups.values()].reduce((count, group) => count - group.length, rows.length);
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
        return this.parentOfRow(node);
      case "finished":
        return node.group;
      case "pane":
      case "status":
      case "agent":
        return undefined;
    }
  }

  /** `undefined` when there is no such row any more, or the filter hides it. */
  row({ beadId }: Pick<RowNode, "beadId">): Assignment | undefined {
    const row = this.snapshot?.get(beadId);
    return row !== undefined && this.isWanted(row) ? row : undefined;
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
        return this.finishedCount(node) === 0 ? undefined : this.group(node.group);
      case "pane":
      case "status":
      case "agent":
        return this.group(node);
    }
  }

  /** Where a bead stands; `undefined` when it has no row, or the filter hides it. */
  nodeOf(beadId: string): RowNode | undefined {
    return this.row({ beadId }) === undefined ? undefined : this.rowNodes.of(beadId);
  }

  /** Every row in the order in which it would be met from top to bottom, were everything unfolded. */
  *rowsInOrder(): Generator<RowNode> {
    for (const root of this.roots) yield* this.rowsBelow(root);
  }

  private *rowsBelow(node: BeadsNode): Generator<RowNode> {
    if (node.kind === "row") yield node;
    else for (const child of this.children(node)) yield* this.rowsBelow(child);
  }

  private parentOfRow(node: RowNode): BeadsNode | undefined {
    const { grouping } = this.shape;
    const row = this.row(node);
    return row && this.branches.get(groupNode(grouping, groupKey(row, grouping)).id)?.parentOf(row);
  }

  private grow(group: Group, before: BeadsTree | undefined): GroupNode {
    const lender = before?.branches.get(group.node.id);
    const isSame = lender?.group.rows === group.rows && lender.group.pane === group.pane;
    const branch = isSame
      ? lender
      : new Branch({ ...group, node: lender?.group.node ?? group.node }, lender, this.rowNodes);
    this.branches.set(branch.group.node.id, branch);
    return branch.group.node;
  }

  private readonly keyOf = (row: Assignment): string | undefined =>
    this.isWanted(row) ? groupKey(row, this.shape.grouping) : undefined;
}
