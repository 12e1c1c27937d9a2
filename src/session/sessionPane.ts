// The panes of a session, derived from its rows.
import { comparePanes, isFinished, paneId, paneIdentity, type Assignment } from "../assignment";

export interface Pane {
  /** Identifies the pane: tmux's `%N`, else the pane index. */
  readonly identity: string;
  /** tmux's `%N`; absent if the ledger has only the index. */
  readonly paneId: string | undefined;
  /** tmux's index of the pane, which repeats across windows. */
  readonly index: number;
  /** Whether another pane of the session has the same index. */
  readonly isAmbiguous: boolean;
  /** The agent of the newest row in flight, else of the newest row. */
  readonly agentType: string;
  readonly agentName: string | undefined;
  /** In list order: oldest first. The same array as before if no row changed. */
  readonly rows: readonly Assignment[];
}

/**
 * The panes of rows that are in list order, in pane order.
 * @param before the previous panes; those that didn't change are used again
 */
export function panesOf(rows: readonly Assignment[], before: readonly Pane[] = []): readonly Pane[] {
  const groups = new Map<string, Assignment[]>();
  for (const row of rows) {
    const identity = paneIdentity(row);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [row]);
    else group.push(row);
  }
  const panes = Array.from(groups, ([identity, members]) => paneOf(identity, members)).sort(inPaneOrder);
  const occurrences = new Map<number, number>();
  for (const { index } of panes) occurrences.set(index, (occurrences.get(index) ?? 0) + 1);
  const known = new Map(before.map((pane) => [pane.identity, pane]));
  return panes.map((pane) => {
    const isAmbiguous = (occurrences.get(pane.index) ?? 0) > 1;
    const former = known.get(pane.identity);
    const isSame = former?.isAmbiguous === isAmbiguous && isSameList(former.rows, pane.rows);
    return isSame ? former : { ...pane, isAmbiguous };
  });
}

function isSameList(a: readonly Assignment[], b: readonly Assignment[]): boolean {
  return a.length === b.length && a.every((row, index) => row === b[index]);
}

function inPaneOrder(a: Pane, b: Pane): number {
  return comparePanes({ occupancy_key: a.paneId, pane: a.index }, { occupancy_key: b.paneId, pane: b.index });
}

function paneOf(identity: string, rows: readonly Assignment[]): Pane {
  const spokesman = rows.findLast((row) => !isFinished(row.status)) ?? rows.at(-1);
  if (spokesman === undefined) throw new RangeError("a pane has at least one row");
  return {
    identity,
    paneId: paneId(spokesman),
    index: spokesman.pane,
    isAmbiguous: false,
    agentType: spokesman.agent_type,
    agentName: spokesman.agent_name,
    rows,
  };
}
