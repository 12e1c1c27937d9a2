// The tree of beads as a value, computed from a snapshot. It doesn't use the editor's API.
import type { Assignment } from "../../assignment";
import type { AttentionNode, BeadsNode, FinishedNode, GroupNode, Grouping, RowNode } from "../../nodes";
import { noAttention, type Attention } from "../../session/attention";
import { attentionReasons } from "../../session/attentionReason";
import { statusSinceMs } from "../../session/rowFacts";
import type { Pane } from "../../session/sessionPane";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { noKnownPanes, type KnownPanes, type PaneStatus } from "../panes/livePanes";
import { isFiltering, rowTest, type Filter } from "./filter";
import {
  attentionGroupOfPane,
  groupKey,
  groupNode,
  inGroupOrder,
  isFolded,
  statusRank,
  unfoldedRows,
  withPanes,
  type Group,
} from "./grouping";

/** How the tree is shown: the user's choice. */
export interface TreeOptions {
  readonly grouping: Grouping;
  readonly filter: Filter;
}

/** What the tree shows besides the ledger. */
export interface TreeSources {
  readonly panes: Pick<KnownPanes, "paneStatuses" | "withoutRows">;
  /** For the filter of rows that need attention. */
  readonly attention: Attention;
}

const noTreeSources: TreeSources = { panes: noKnownPanes, attention: noAttention };

export class BeadsTree {
  readonly roots: readonly GroupNode[];
  /** Number of rows hidden by the filter. */
  readonly hiddenCount: number;
  /** By group ID: the editor also asks about nodes of an earlier tree. */
  private readonly groups = new Map<string, Group>();
  private readonly childrenOf = new Map<string, readonly BeadsNode[]>();
  /** By ID. The editor knows nodes as objects, so that each stays the same from tree to tree. */
  private readonly nodes: Map<string, BeadsNode>;
  private readonly matchesFilter: (row: Assignment) => boolean;
  private readonly problemOf: Attention["problemOf"];

  /** @param before the previous tree, whose nodes are used again */
  constructor(
    readonly snapshot: SessionSnapshot | undefined,
    readonly options: TreeOptions,
    before?: BeadsTree,
    readonly sources = noTreeSources,
  ) {
    const { grouping, filter } = options;
    const { attention, panes } = sources;
    this.nodes = before?.nodes ?? new Map<string, BeadsNode>();
    this.forgetMissingRows();
    this.problemOf = (row) => attention.problemOf(row);
    this.matchesFilter = rowTest(filter, (row) => attention.reasonOf(row) !== undefined);
    const rowsByKey = grouping === "pane" ? this.rowsByPane() : this.rowsByGroup();
    this.hiddenCount = (snapshot?.rows.length ?? 0) - countOf(rowsByKey);
    // A filter is about rows.
    const withoutRows = snapshot === undefined || isFiltering(filter) ? [] : panes.withoutRows;
    const shownPanes = grouping === "pane" ? withPanes(snapshot?.panes ?? [], withoutRows) : [];
    const paneByKey = new Map(shownPanes.map((pane) => [pane.identity, pane]));
    const panesByKey = grouping === "attention" ? this.panesByAttention(withoutRows) : new Map<string, Pane[]>();
    for (const key of panesByKey.keys()) if (!rowsByKey.has(key)) rowsByKey.set(key, []);
    this.roots = inGroupOrder(rowsByKey, grouping, shownPanes).map((key) => {
      const node = this.same(groupNode(grouping, key));
      const groupPanes = panesByKey.get(key);
      this.groups.set(node.id, { node, pane: paneByKey.get(key), rows: rowsByKey.get(key) ?? [], panes: groupPanes });
      return node;
    });
  }

  /** The rows that match the filter. The snapshot has them by pane already; without a filter its arrays are used. */
  private rowsByPane(): Map<string, readonly Assignment[]> {
    const rowsByKey = new Map<string, readonly Assignment[]>();
    for (const { identity, rows } of this.snapshot?.panes ?? []) {
      const shown = isFiltering(this.options.filter) ? rows.filter(this.matchesFilter) : rows;
      if (shown.length > 0) rowsByKey.set(identity, shown);
    }
    return rowsByKey;
  }

  private rowsByGroup(): Map<string, readonly Assignment[]> {
    const rowsByKey = new Map<string, Assignment[]>();
    for (const row of this.snapshot?.rows ?? []) {
      if (!this.matchesFilter(row)) continue;
      const key = groupKey(row, this.options.grouping, this.problemOf);
      const group = rowsByKey.get(key);
      if (group === undefined) rowsByKey.set(key, [row]);
      else group.push(row);
    }
    return rowsByKey;
  }

  /** The panes without rows in flight, by attention group. Each is a group without rows itself. */
  private panesByAttention(withoutRows: readonly Pane[]): Map<string, Pane[]> {
    const groups = new Map<string, Pane[]>();
    if (isFiltering(this.options.filter)) return groups;
    for (const pane of withPanes(this.snapshot?.panes ?? [], withoutRows)) {
      if (unfoldedRows(pane.rows).length > 0) continue;
      const group = attentionGroupOfPane(this.sources.panes.paneStatuses.get(pane.identity));
      if (group === undefined) continue;
      groups.set(group, [...(groups.get(group) ?? []), pane]);
      const node = this.same(groupNode("pane", pane.identity));
      this.groups.set(node.id, { node, pane, rows: [] });
    }
    return groups;
  }

  /** In display order. */
  children(node: BeadsNode | undefined): readonly BeadsNode[] {
    if (node === undefined) return this.roots;
    if (node.kind === "row") return [];
    let children = this.childrenOf.get(node.id);
    if (children === undefined) this.childrenOf.set(node.id, (children = this.childrenNow(node)));
    return children;
  }

  parent(node: BeadsNode): BeadsNode | undefined {
    switch (node.kind) {
      case "row": {
        const row = this.row(node);
        if (row === undefined) return undefined;
        const { grouping } = this.options;
        const group = this.groups.get(groupNode(grouping, groupKey(row, grouping, this.problemOf)).id);
        return group && folds(group, row) ? this.finishedNode(group.node) : group?.node;
      }
      case "finished":
        return node.group;
      case "pane":
        return this.roots.find(({ id }) => this.groups.get(id)?.panes?.some((pane) => pane.identity === node.identity));
      case "status":
      case "agent":
      case "attention":
        return undefined;
    }
  }

  /** `undefined` if the row no longer exists, or the filter hides it. */
  row({ beadId }: Pick<RowNode, "beadId">): Assignment | undefined {
    const row = this.snapshot?.get(beadId);
    return row !== undefined && this.matchesFilter(row) ? row : undefined;
  }

  /** `undefined` if the group no longer exists. */
  group(node: GroupNode): Group | undefined {
    return this.groups.get(node.id);
  }

  /** What is known of a pane besides the ledger, if there is something to say. */
  paneStatus(node: GroupNode): PaneStatus | undefined {
    return node.kind === "pane" ? this.sources.panes.paneStatuses.get(node.identity) : undefined;
  }

  finishedCount({ group: { id } }: FinishedNode): number {
    const group = this.groups.get(id);
    return group === undefined || !foldsFinished(group) ? 0 : group.rows.length - unfoldedRows(group.rows).length;
  }

  /** The node of a bead; `undefined` if it has no row, or the filter hides it. */
  nodeOf(beadId: string): RowNode | undefined {
    return this.row({ beadId }) === undefined ? undefined : this.rowNode(beadId);
  }

  /** All rows from top to bottom, including those in collapsed nodes. */
  *rowsInOrder(): Generator<RowNode> {
    for (const root of this.roots) yield* this.rowsBelow(root);
  }

  private *rowsBelow(node: BeadsNode): Generator<RowNode> {
    if (node.kind === "row") yield node;
    else for (const child of this.children(node)) yield* this.rowsBelow(child);
  }

  private childrenNow(node: GroupNode | FinishedNode): readonly BeadsNode[] {
    const group = this.groups.get(node.kind === "finished" ? node.group.id : node.id);
    if (group === undefined) return [];
    if (group.node.kind === "attention") {
      const panes = (group.panes ?? []).map(({ identity }) => this.same(groupNode("pane", identity)));
      return [...this.rowNodes(group.rows, this.attentionRank(group.node)), ...panes];
    }
    const finished = group.rows.filter((row) => folds(group, row));
    // The finished rows, the latest first.
    if (node.kind === "finished") return this.rowNodes(finished, (row) => -(statusSinceMs(row) ?? 0));
    const inFlight = foldsFinished(group) ? unfoldedRows(group.rows) : group.rows;
    return [
      ...this.rowNodes(inFlight, (row) => statusRank(row.status)),
      ...(finished.length === 0 ? [] : [this.finishedNode(group.node)]),
    ];
  }

  /** The most urgent first; of finished ones the latest. */
  private attentionRank({ group }: AttentionNode): (row: Assignment) => number {
    const { attention } = this.sources;
    if (group === "finished") return (row) => -(statusSinceMs(row) ?? 0);
    if (group !== "needs-attention") return (row) => statusRank(row.status);
    return (row) => {
      const reason = attention.reasonOf(row);
      return reason === undefined ? attentionReasons.length : attentionReasons.indexOf(reason);
    };
  }

  /** In the order of the ranks; rows of one rank stay in list order. */
  private rowNodes(rows: readonly Assignment[], rankOf: (row: Assignment) => number): readonly RowNode[] {
    return rows
      .map((row) => ({ beadId: row.bead_id, rank: rankOf(row) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ beadId }) => this.rowNode(beadId));
  }

  private rowNode(beadId: string): RowNode {
    return this.same<RowNode>({ kind: "row", id: `row:${beadId}`, beadId });
  }

  private finishedNode(group: GroupNode): FinishedNode {
    return this.same<FinishedNode>({ kind: "finished", id: `finished:${group.id}`, group });
  }

  /** The node with this ID, if there was one before. An ID begins with the node's kind. */
  private same<Node extends BeadsNode>(node: Node): Node {
    const known = this.nodes.get(node.id) as Node | undefined;
    if (known === undefined) this.nodes.set(node.id, node);
    return known ?? node;
  }

  private forgetMissingRows(): void {
    for (const node of this.nodes.values()) {
      if (node.kind === "row" && this.snapshot?.get(node.beadId) === undefined) this.nodes.delete(node.id);
    }
  }
}

/** Groups by status and by attention have no node of finished rows. */
function foldsFinished({ node }: Group): boolean {
  return node.kind !== "status" && node.kind !== "attention";
}

/** Whether the row is below the group's node of finished rows. */
function folds(group: Group, row: Assignment): boolean {
  return foldsFinished(group) && isFolded(row);
}

function countOf(rowsByKey: ReadonlyMap<string, readonly Assignment[]>): number {
  let count = 0;
  for (const rows of rowsByKey.values()) count += rows.length;
  return count;
}
