// The order of lists. Go's maps have none, so it is ours to choose.
import { compareUtf8 } from "../ledger/codec";
import type { RowEntry } from "../ledger/snapshot";
import { compareTimestamps } from "../ledger/timestamp";
import type { Assignment } from "./assignment";
import { comparePanes } from "./pane";

/**
 * The rows of a ledger in list order.
 * @param before an earlier order: rows that were in it needn't be sorted again, which is what most of a refresh would cost
 */
export function inOrder(rows: ReadonlyMap<string, RowEntry>, before: readonly Assignment[]): readonly Assignment[] {
  const kept = before.filter((row) => rows.get(row.bead_id)?.row === row);
  if (kept.length === rows.size) return kept;
  const known = new Set(kept);
  const fresh = Array.from(rows.values(), ({ row }) => row).filter((row) => !known.has(row));
  return merge(kept, fresh.sort(compareRows));
}

/** By pane, then by `assigned_at`, then by bead id. */
function compareRows(a: Assignment, b: Assignment): number {
  return comparePanes(a, b) || compareTimestamps(a.assigned_at, b.assigned_at) || compareUtf8(a.bead_id, b.bead_id);
}

/** Both lists are in order; a few rows find their places among many without a look at each of those. */
function merge(many: readonly Assignment[], few: readonly Assignment[]): readonly Assignment[] {
  const merged: Assignment[] = [];
  let taken = 0;
  for (const row of few) {
    const place = placeOf(row, many, taken);
    for (const before of many.slice(taken, place)) merged.push(before);
    merged.push(row);
    taken = place;
  }
  return merged.concat(many.slice(taken));
}

function placeOf(row: Assignment, rows: readonly Assignment[], from: number): number {
  let [low, high] = [from, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = rows[middle];
    if (other !== undefined && compareRows(other, row) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
