// A group with its rows in the order in which they are shown. It is the same object from tree to tree until a row of it
// changes, so that what didn't change costs nothing to compare.
import type { Assignment } from "../assignment";
import { isFolded, statusRank, type Group } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, RowNode } from "./nodes";

export interface Place {
  readonly node: RowNode;
  readonly row: Assignment;
  readonly parent: GroupNode | FinishedNode;
}

export class Branch {
  readonly finishedNode: FinishedNode | undefined;
  /** In list order. */
  readonly places: readonly Place[];
  private shownChildren: readonly BeadsNode[] | undefined;
  private shownFinished: readonly RowNode[] | undefined;

  /** @param nodeOf the node that a bead had in the tree before */
  constructor(
    readonly group: Group,
    before: Branch | undefined,
    nodeOf: (beadId: string) => RowNode | undefined,
  ) {
    const { node, rows } = group;
    // A group by status has nothing to fold: all of it is finished, or none.
    const folds = node.kind !== "status" && rows.some(isFolded);
    this.finishedNode = folds
      ? (before?.finishedNode ?? { kind: "finished", id: `finished:${node.id}`, group: node })
      : undefined;
    const foldNode = this.finishedNode;
    this.places = rows.map((row) => ({
      node: nodeOf(row.bead_id) ?? { kind: "row", id: `row:${row.bead_id}`, beadId: row.bead_id },
      row,
      parent: foldNode !== undefined && isFolded(row) ? foldNode : node,
    }));
  }

  /** What stands under the group: its rows, what needs a person first, and the fold of the finished ones. */
  get children(): readonly BeadsNode[] {
    return (this.shownChildren ??= [
      ...this.nodesUnder(this.group.node, (a, b) => statusRank(a.status) - statusRank(b.status)),
      ...(this.finishedNode === undefined ? [] : [this.finishedNode]),
    ]);
  }

  /** What stands under the fold: what was finished last comes first. */
  get finishedChildren(): readonly RowNode[] {
    if (this.finishedNode === undefined) return [];
    return (this.shownFinished ??= this.nodesUnder(this.finishedNode, (a, b) => timeOfEnd(b) - timeOfEnd(a) || 0));
  }

  get finishedCount(): number {
    return this.places.reduce((count, { parent }) => (parent === this.finishedNode ? count + 1 : count), 0);
  }

  private nodesUnder(parent: BeadsNode, compare: (a: Assignment, b: Assignment) => number): RowNode[] {
    return this.places
      .filter((place) => place.parent === parent)
      .sort((a, b) => compare(a.row, b.row))
      .map(({ node }) => node);
  }
}

/** Whether two groups show the same. */
export function isSameGroup(a: Group, b: Group): boolean {
  return (
    a.node.id === b.node.id &&
    a.rows.length === b.rows.length &&
    a.rows.every((row, index) => row === b.rows[index]) &&
    a.pane?.agentType === b.pane?.agentType &&
    a.pane?.agentName === b.pane?.agentName &&
    a.pane?.index === b.pane?.index &&
    a.pane?.isAmbiguous === b.pane?.isAmbiguous
  );
}

function timeOfEnd(row: Assignment): number {
  return Date.parse(row.completed_at ?? row.assigned_at);
}
