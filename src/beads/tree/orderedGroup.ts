// A group with its rows in the order in which they are shown. It is the same object from tree to tree until a row of it
// changes, so that what didn't change costs nothing to compare.
import { without, type Assignment } from "../../assignment";
import { statusSinceMs } from "../../session/rowFacts";
import { isFolded, statusRank, type Group } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, RowNode } from "../../nodes";
import type { RowNodes } from "./rowNodes";

export class OrderedGroup {
  readonly finishedNode: FinishedNode | undefined;
  private readonly finished: readonly Assignment[];
  private shownChildren: readonly BeadsNode[] | undefined;
  private shownFinished: readonly RowNode[] | undefined;

  constructor(
    readonly group: Group,
    before: OrderedGroup | undefined,
    private readonly rowNodes: RowNodes,
  ) {
    const { node, rows } = group;
    // A group by status has nothing to fold: all of it is finished, or none.
    this.finished = node.kind === "status" ? [] : rows.filter(isFolded);
    const fold = before?.finishedNode ?? { kind: "finished", id: `finished:${node.id}`, group: node };
    this.finishedNode = this.finished.length === 0 ? undefined : fold;
  }

  /** The children of the group: its rows by status, failed ones first, and the node of the finished ones. */
  get children(): readonly BeadsNode[] {
    return (this.shownChildren ??= [
      ...this.nodesOf(without(this.group.rows, this.finished), (row) => statusRank(row.status)),
      ...(this.finishedNode === undefined ? [] : [this.finishedNode]),
    ]);
  }

  /** The finished rows, the latest first. */
  get finishedChildren(): readonly RowNode[] {
    return (this.shownFinished ??= this.nodesOf(this.finished, (row) => -(statusSinceMs(row) ?? 0)));
  }

  get finishedCount(): number {
    return this.finished.length;
  }

  parentOf(row: Assignment): GroupNode | FinishedNode {
    return this.finishedNode !== undefined && isFolded(row) ? this.finishedNode : this.group.node;
  }

  /** Each rank is asked for once, for a time takes longer to read than all the rest. */
  private nodesOf(rows: readonly Assignment[], rankOf: (row: Assignment) => number): RowNode[] {
    return rows
      .map((row) => ({ beadId: row.bead_id, rank: rankOf(row) }))
      .sort((a, b) => a.rank - b.rank || 0)
      .map(({ beadId }) => this.rowNodes.of(beadId));
  }
}
