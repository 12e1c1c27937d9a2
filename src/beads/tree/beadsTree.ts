// The tree's structure as a value, computed from a snapshot and, where unchanged, from the previous tree. It doesn't
// use the editor's API.
import { rowChanges, type Assignment } from "../../assignment";
import { regrouped, type RowGroups } from "../../session/rowGroups";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { OrderedGroup } from "./orderedGroup";
import { noAttention, type Attention } from "../../attention/attention";
import { isFiltering, rowTest, type Filter } from "../filter/filter";
import { noKnownPanes, type KnownPanes, type PaneStatus } from "../../panes/knownPanes";
import { groupKey, groupNode, inGroupOrder, withPanes, type Group } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, Grouping, RowNode } from "../../nodes";
import { RowNodes } from "./rowNodes";

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
  /** Beads that may look different than in the previous tree; `undefined`: all. */
  readonly changedBeads: readonly string[] | undefined;
  /** By group ID: the editor also asks about nodes of an earlier tree. */
  private readonly groupsById = new Map<string, OrderedGroup>();
  private readonly groups: RowGroups;
  private readonly rowNodes: RowNodes;
  private readonly matchesFilter: (row: Assignment) => boolean;

  /** @param before the previous tree; its unchanged nodes and groups are reused, so that they stay the same objects */
  constructor(
    readonly snapshot: SessionSnapshot | undefined,
    readonly options: TreeOptions,
    before?: BeadsTree,
    readonly sources = noTreeSources,
  ) {
    const { grouping, filter } = options;
    const { attention } = sources;
    this.matchesFilter = rowTest(filter, (row) => attention.reasonOf(row) !== undefined);
    this.rowNodes = before?.rowNodes ?? new RowNodes();
    const rows = snapshot?.rows ?? [];
    const hasSameFilter =
      before?.options.filter === filter && (filter.needsAttention !== true || hasSameReasons(before, attention));
    const hasSameOptions = hasSameFilter && before.options.grouping === grouping;
    const changes = rowChanges((hasSameOptions ? before.snapshot?.rows : undefined) ?? [], rows);
    for (const { bead_id: beadId } of changes.gone) {
      if (snapshot?.get(beadId) === undefined) this.rowNodes.forget(beadId);
    }
    const { schema, isWritable } = before?.snapshot ?? {};
    const isComparable = hasSameOptions && schema === snapshot?.schema && isWritable === snapshot?.isWritable;
    this.changedBeads = isComparable ? [...changes.gone, ...changes.come].map((row) => row.bead_id) : undefined;
    this.groups = regrouped(hasSameOptions ? before.groups : new Map(), changes, this.keyOf);
    const panes = grouping === "pane" ? withPanes(snapshot?.panes ?? [], this.panesWithoutRows) : [];
    const paneByKey = new Map(panes.map((pane) => [pane.identity, pane]));
    this.roots = inGroupOrder(this.groups, grouping, panes).map((key) => {
      const node = groupNode(grouping, key);
      return this.addGroup({ node, pane: paneByKey.get(key), rows: this.groups.get(key) ?? noRows }, before);
    });
    this.hiddenCount = [...this.groups.values()].reduce((count, group) => count - group.length, rows.length);
  }

  /** In display order; the same array until a child is added, removed or moved. */
  children(node: BeadsNode | undefined): readonly BeadsNode[] {
    if (node === undefined) return this.roots;
    switch (node.kind) {
      case "row":
        return [];
      case "finished":
        return this.groupsById.get(node.group.id)?.finishedChildren ?? [];
      case "pane":
      case "status":
      case "agent":
        return this.groupsById.get(node.id)?.children ?? [];
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

  /** `undefined` if the row no longer exists, or the filter hides it. */
  row({ beadId }: Pick<RowNode, "beadId">): Assignment | undefined {
    const row = this.snapshot?.get(beadId);
    return row !== undefined && this.matchesFilter(row) ? row : undefined;
  }

  /** `undefined` if the group no longer exists. */
  group(node: GroupNode): Group | undefined {
    return this.groupsById.get(node.id)?.group;
  }

  /** What is known of a pane besides the ledger, if there is something to say. */
  paneStatus(node: GroupNode): PaneStatus | undefined {
    return node.kind === "pane" ? this.sources.panes.paneStatuses.get(node.identity) : undefined;
  }

  finishedCount(node: FinishedNode): number {
    return this.groupsById.get(node.group.id)?.finishedCount ?? 0;
  }

  /** The row or group that a node shows; a different object if it changed. */
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

  /** The node of a bead; `undefined` if it has no row, or the filter hides it. */
  nodeOf(beadId: string): RowNode | undefined {
    return this.row({ beadId }) === undefined ? undefined : this.rowNodes.of(beadId);
  }

  /** All rows from top to bottom, including those in collapsed nodes. */
  *rowsInOrder(): Generator<RowNode> {
    for (const root of this.roots) yield* this.rowsBelow(root);
  }

  private *rowsBelow(node: BeadsNode): Generator<RowNode> {
    if (node.kind === "row") yield node;
    else for (const child of this.children(node)) yield* this.rowsBelow(child);
  }

  private parentOfRow(node: RowNode): BeadsNode | undefined {
    const { grouping } = this.options;
    const row = this.row(node);
    return row && this.groupsById.get(groupNode(grouping, groupKey(row, grouping)).id)?.parentOf(row);
  }

  private addGroup(group: Group, before: BeadsTree | undefined): GroupNode {
    const previous = before?.groupsById.get(group.node.id);
    const isSame = previous?.group.rows === group.rows && previous.group.pane === group.pane;
    const entry = isSame
      ? previous
      : new OrderedGroup({ ...group, node: previous?.group.node ?? group.node }, previous, this.rowNodes);
    this.groupsById.set(entry.group.node.id, entry);
    return entry.group.node;
  }

  /** A filter is about rows. */
  private get panesWithoutRows(): KnownPanes["withoutRows"] {
    const isShown = this.snapshot !== undefined && !isFiltering(this.options.filter);
    return isShown ? this.sources.panes.withoutRows : [];
  }

  private readonly keyOf = (row: Assignment): string | undefined =>
    this.matchesFilter(row) ? groupKey(row, this.options.grouping) : undefined;
}

const noRows: readonly Assignment[] = [];

/** Whether a row that didn't change needs attention as it did in a former tree. */
function hasSameReasons({ sources }: { readonly sources: TreeSources }, attention: Attention): boolean {
  return sources.attention.rule === attention.rule && sources.attention.signals === attention.signals;
}
