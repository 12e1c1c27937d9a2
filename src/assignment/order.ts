// The order of lists. Go's maps have none, so it is ours to choose.
import { compareUtf8 } from "../ledger/codec";
import type { RowEntry } from "../ledger/snapshot";
import type { Assignment } from "./assignment";
import { compareRows, rowChanges, withChanges } from "./rowChanges";

/** The rows of a ledger as they stand there, which is by bead id, and in list order. */
export interface Order {
  readonly of: ReadonlyMap<string, RowEntry>;
  readonly byBead: readonly Assignment[];
  readonly list: readonly Assignment[];
}

export const noOrder: Order = { of: new Map(), byBead: [], list: [] };

/** @param before an earlier order: rows that were in it needn't be sorted again, which is what most of a refresh would cost */
export function inOrder(rows: Order["of"], before: Order): Order {
  if (rows === before.of) return before;
  const byBead: Assignment[] = [];
  for (const { row } of rows.values()) byBead.push(row);
  const { gone, come } = rowChanges(before.byBead, byBead, (a, b) => compareUtf8(a.bead_id, b.bead_id));
  const changes = { gone: gone.sort(compareRows), come: come.sort(compareRows) };
  return { of: rows, byBead, list: withChanges(before.list, changes) };
}
