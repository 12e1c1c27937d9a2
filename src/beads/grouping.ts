// Rows by pane, by status or by type of agent.
import { isFinished, paneIdentity, type Assignment } from "../assignment";
import { canonicalAgentType } from "../session/agentType";
import type { Pane } from "../session/pane";
import type { RowGroups } from "../session/rowGroups";
import type { GroupNode, Grouping } from "./nodes";

export interface Group {
  readonly node: GroupNode;
  /** The pane, in a tree by pane. */
  readonly pane: Pane | undefined;
  /** In list order, as far as the filter lets them through; never empty. */
  readonly rows: readonly Assignment[];
}

/** How rows in flight stand in their group, and how groups by status do. A status that nobody knows comes after them. */
const statusOrder: readonly string[] = ["failed", "working", "assigned", "claimed", "claiming"];
const finishedOrder: readonly string[] = ["completed", "reassigned"];

/** Where a row stands among the rows in flight. */
export function statusRank(status: string): number {
  const rank = statusOrder.indexOf(status);
  if (rank >= 0) return rank;
  const finishedRank = finishedOrder.indexOf(status);
  return finishedRank >= 0 ? statusOrder.length + 1 + finishedRank : statusOrder.length;
}

/** Whether the row is folded away with others. One that is still being cleared is not done with. */
export function isFolded(row: Assignment): boolean {
  return isFinished(row.status) && row.clear_state === undefined;
}

/** What tells a row's group from the others. */
export function groupKey(row: Assignment, grouping: Grouping): string {
  switch (grouping) {
    case "pane":
      return paneIdentity(row);
    case "status":
      return row.status;
    case "agent":
      return canonicalAgentType(row.agent_type);
  }
}

export function groupNode(grouping: Grouping, key: string): GroupNode {
  const id = `${grouping}:${key}`;
  switch (grouping) {
    case "pane":
      return { kind: "pane", id, identity: key };
    case "status":
      return { kind: "status", id, status: key };
    case "agent":
      return { kind: "agent", id, agentType: key };
  }
}

/** The keys of the groups as these stand in the tree. @param panes the session's, in their order */
export function inGroupOrder(groups: RowGroups, grouping: Grouping, panes: readonly Pane[]): readonly string[] {
  if (grouping === "pane") return panes.map(({ identity }) => identity).filter((identity) => groups.has(identity));
  const rank = grouping === "status" ? statusRank : () => 0;
  return [...groups.keys()].sort((a, b) => rank(a) - rank(b) || compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
