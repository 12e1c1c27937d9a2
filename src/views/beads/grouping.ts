// Groups rows by pane, by status, by type of agent, or by what they ask of the user.
import { comparePanes, isFinished, paneIdentity, type Assignment } from "../../assignment";
import { canonicalAgentType } from "../../session/agentType";
import type { Attention } from "../../session/attention";
import type { Problem } from "../../session/attentionReason";
import type { Pane } from "../../session/sessionPane";
import { attentionGroups, type AttentionGroup, type GroupNode, type Grouping } from "../../nodes";
import type { PaneStatus } from "../panes/livePanes";

export interface Group {
  readonly node: GroupNode;
  /** The pane, if grouped by pane. */
  readonly pane: Pane | undefined;
  /** Rows that match the filter, in list order; empty only for the pane of an agent without beads. */
  readonly rows: readonly Assignment[];
  /** If grouped by attention: the panes without rows in flight that belong here. */
  readonly panes?: readonly Pane[] | undefined;
}

/** The order of rows in flight within a group, and of groups by status. Unknown statuses come last. */
const statusOrder: readonly string[] = ["failed", "working", "assigned", "claimed", "claiming"];
const finishedOrder: readonly string[] = ["completed", "reassigned"];

/** The sort position of a row among the rows in flight. */
export function statusRank(status: string): number {
  const rank = statusOrder.indexOf(status);
  if (rank >= 0) return rank;
  const finishedRank = finishedOrder.indexOf(status);
  return finishedRank >= 0 ? statusOrder.length + 1 + finishedRank : statusOrder.length;
}

/** Whether the row is shown among the finished ones. A row that is still being cleared isn't. */
export function isFolded(row: Assignment): boolean {
  return isFinished(row.status) && row.clear_state === undefined;
}

const unfolded = new WeakMap<readonly Assignment[], readonly Assignment[]>();

/** The rows that aren't folded. Computed once for each array: a pane whose rows didn't change has the same one. */
export function unfoldedRows(rows: readonly Assignment[]): readonly Assignment[] {
  let found = unfolded.get(rows);
  if (found === undefined) unfolded.set(rows, (found = rows.filter((row) => !isFolded(row))));
  return found;
}

/** The key of a row's group. @param problemOf why a row needs attention */
export function groupKey(row: Assignment, grouping: Grouping, problemOf: Attention["problemOf"]): string {
  switch (grouping) {
    case "pane":
      return paneIdentity(row);
    case "status":
      return row.status;
    case "agent":
      return canonicalAgentType(row.agent_type);
    case "attention":
      return attentionGroup(row, problemOf(row));
  }
}

function attentionGroup(row: Assignment, problem: Problem | undefined): AttentionGroup {
  if (problem !== undefined) return problem.snoozedUntil === undefined ? "needs-attention" : "snoozed";
  if (isFolded(row)) return "finished";
  return row.status === "working" ? "working" : "waiting-to-start";
}

/** The attention group of a pane without rows in flight, if it has one. */
export function attentionGroupOfPane(status: PaneStatus | undefined): AttentionGroup | undefined {
  switch (status?.condition) {
    case "waiting":
    case "limit":
    case "error":
      return "needs-attention";
    case "free":
      return "idle";
    default:
      return undefined;
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
    case "attention":
      return { kind: "attention", id, group: key as AttentionGroup };
  }
}

/** The keys of the groups in display order. @param panes the session's panes, in order */
export function inGroupOrder(
  groups: ReadonlyMap<string, readonly Assignment[]>,
  grouping: Grouping,
  panes: readonly Pane[],
): readonly string[] {
  if (grouping === "pane") {
    const isShown = ({ identity, rows }: Pane): boolean => rows.length === 0 || groups.has(identity);
    return panes.filter(isShown).map(({ identity }) => identity);
  }
  if (grouping === "attention") return attentionGroups.filter((group) => groups.has(group));
  const rank = grouping === "status" ? statusRank : () => 0;
  return [...groups.keys()].sort((a, b) => rank(a) - rank(b) || compare(a, b));
}

/** The ledger's panes, and others that have no rows, in pane order. */
export function withPanes(panes: readonly Pane[], withoutRows: readonly Pane[]): readonly Pane[] {
  if (withoutRows.length === 0) return panes;
  return [...panes, ...withoutRows].sort((a, b) =>
    comparePanes({ occupancy_key: a.paneId, pane: a.index }, { occupancy_key: b.paneId, pane: b.index }),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
