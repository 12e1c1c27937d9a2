// The panes of a session, derived from its rows.
import { comparePanes, isFinished, paneId, paneIdentity, type Assignment, type RowChanges } from "../assignment";
import { regrouped } from "./rowGroups";

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
  /** In list order: oldest first. */
  readonly rows: readonly Assignment[];
}

/** The panes, in pane order, after rows have changed; an unchanged pane stays the same object. */
export function panesAfter(before: readonly Pane[], changes: RowChanges): readonly Pane[] {
  const known = new Map(before.map((pane) => [pane.identity, pane]));
  const groups = regrouped(new Map(before.map(({ identity, rows }) => [identity, rows])), changes, paneIdentity);
  const panes = [...groups].map(([identity, rows]) => {
    const pane = known.get(identity);
    return pane?.rows === rows ? pane : paneOf(identity, rows);
  });
  const occurrences = new Map<number, number>();
  for (const { index } of panes) occurrences.set(index, (occurrences.get(index) ?? 0) + 1);
  return panes.sort(inPaneOrder).map((pane) => {
    const isAmbiguous = (occurrences.get(pane.index) ?? 0) > 1;
    return pane.isAmbiguous === isAmbiguous ? pane : { ...pane, isAmbiguous };
  });
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
