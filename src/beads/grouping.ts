// Rows by pane, by status or by type of agent.
import { isFinished, type Assignment } from "../assignment";
import { canonicalAgentType } from "../session/agentType";
import type { Pane } from "../session/pane";
import type { SessionSnapshot } from "../session/snapshot";
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

export function groupRows(
  snapshot: SessionSnapshot,
  grouping: Grouping,
  isWanted: (row: Assignment) => boolean = () => true,
): Group[] {
  switch (grouping) {
    case "pane":
      return snapshot.panes
        .map((pane) => ({
          node: { kind: "pane", id: `pane:${pane.identity}`, identity: pane.identity } as const,
          pane,
          rows: pane.rows.filter(isWanted),
        }))
        .filter(({ rows }) => rows.length > 0);
    case "status":
      return [...gather(snapshot.rows, isWanted, (row) => row.status)]
        .map(([status, rows]) => ({
          node: { kind: "status", id: `status:${status}`, status } as const,
          pane: undefined,
          rows,
        }))
        .sort((a, b) => statusRank(a.node.status) - statusRank(b.node.status) || compare(a.node.status, b.node.status));
    case "agent":
      return [...gather(snapshot.rows, isWanted, (row) => canonicalAgentType(row.agent_type))]
        .map(([agentType, rows]) => ({
          node: { kind: "agent", id: `agent:${agentType}`, agentType } as const,
          pane: undefined,
          rows,
        }))
        .sort((a, b) => compare(a.node.agentType, b.node.agentType));
  }
}

function gather(
  rows: readonly Assignment[],
  isWanted: (row: Assignment) => boolean,
  keyOf: (row: Assignment) => string,
): Map<string, Assignment[]> {
  const groups = new Map<string, Assignment[]>();
  for (const row of rows) {
    if (!isWanted(row)) continue;
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
