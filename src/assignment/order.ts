// The order of lists of rows. Go iterates its map in random order, so ntm prescribes none.
import { compareUtf8 } from "../ledger/utf8";
import type { RowEntry } from "../ledger/snapshot";
import type { Assignment } from "../ledger/assignment";
import { compareRows, rowChanges, withChanges } from "./rowChanges";

/** The rows of a ledger in file order, which is by bead id, and in list order. */
export interface Order {
  readonly of: ReadonlyMap<string, RowEntry>;
  readonly byBead: readonly Assignment[];
  readonly list: readonly Assignment[];
}

export const noOrder: Order = { of: new Map(), byBead: [], list: [] };

/** @param before an earlier order; only rows that aren't in it are sorted, because sorting all rows dominates the cost of a refresh */
export function inOrder(rows: Order["of"], before: Order): Order {
  if (rows === before.of) return before;
  const byBead: Assignment[] = [];
  for (const { row } of rows.values()) byBead.push(row);
  const { gone, come } = rowChanges(before.byBead, byBead, (a, b) => compareUtf8(a.bead_id, b.bead_id));
  const changes = { gone: gone.sort(compareRows), come: come.sort(compareRows) };
  return { of: rows, byBead, list: withChanges(before.list, changes) };
}
