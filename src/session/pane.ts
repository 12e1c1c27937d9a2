// The panes of a session as its rows tell of them, in one pass over the rows.
import { isFinished, paneId, paneIdentity, type Assignment } from "../assignment";

export interface Pane {
  /** What tells this pane from every other: tmux's `%N`, else the integer label. */
  readonly identity: string;
  /** tmux's `%N`; absent when the ledger knows the label alone. */
  readonly paneId: string | undefined;
  /** tmux's index of the pane, a label that repeats across windows. */
  readonly index: number;
  /** Whether another pane of the session has the same index. */
  readonly isAmbiguous: boolean;
  /** Who runs there: the agent of the newest row in flight, else of the newest row. */
  readonly agentType: string;
  readonly agentName: string | undefined;
  /** In list order: oldest first. */
  readonly rows: readonly Assignment[];
}

/** Rows must come in list order, in which the rows of a pane stand together. */
export function panesOf(rows: readonly Assignment[]): readonly Pane[] {
  const groups = new Map<string, Assignment[]>();
  for (const row of rows) {
    const identity = paneIdentity(row);
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [row]);
    else group.push(row);
  }
  const panes = [...groups].map(([identity, group]) => paneOf(identity, group));
  const occurrences = new Map<number, number>();
  for (const { index } of panes) occurrences.set(index, (occurrences.get(index) ?? 0) + 1);
  return panes.map((pane) => ({ ...pane, isAmbiguous: (occurrences.get(pane.index) ?? 0) > 1 }));
}

function paneOf(identity: string, rows: readonly Assignment[]): Omit<Pane, "isAmbiguous"> {
  const spokesman = rows.findLast((row) => !isFinished(row.status)) ?? rows.at(-1);
  if (spokesman === undefined) throw new RangeError("a pane has at least one row");
  return {
    identity,
    paneId: paneId(spokesman),
    index: spokesman.pane,
    agentType: spokesman.agent_type,
    agentName: spokesman.agent_name,
    rows,
  };
}
