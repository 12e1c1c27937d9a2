// The difference between two lists of rows. Values derived from all rows are updated from it, at a cost proportional to
// the number of changed rows.
import { compareUtf8 } from "../ledger/utf8";
import { compareTimestamps } from "../ledger/timestamp";
import type { Assignment } from "../ledger/assignment";
import { comparePanes } from "./pane";

/** A changed row is in both lists: the old value in `gone`, the new one in `come`. */
export interface RowChanges {
  readonly gone: readonly Assignment[];
  readonly come: readonly Assignment[];
}

/** List order: by pane, then by `assigned_at`, then by bead id. */
export function compareRows(a: Assignment, b: Assignment): number {
  return comparePanes(a, b) || compareTimestamps(a.assigned_at, b.assigned_at) || compareUtf8(a.bead_id, b.bead_id);
}

/**
 * Both lists must be sorted by `compare`. Unchanged rows are only compared by identity, without reading their fields.
 * If a list isn't sorted, unchanged rows may be in both parts; applying the changes still gives `after`.
 */
export function rowChanges(
  before: readonly Assignment[],
  after: readonly Assignment[],
  compare: (a: Assignment, b: Assignment) => number = compareRows,
): { gone: Assignment[]; come: Assignment[] } {
  const changes = { gone: new Array<Assignment>(), come: new Array<Assignment>() };
  if (before === after) return changes;
  let [old, now] = [0, 0];
  for (;;) {
    for (; old < before.length && before[old] === after[now]; old++) now++;
    const was = before[old];
    const is = after[now];
    if (was === undefined && is === undefined) return changes;
    const order = was === undefined ? 1 : is === undefined ? -1 : compare(was, is);
    if (was !== undefined && order <= 0) changes.gone.push(was);
    if (is !== undefined && order >= 0) changes.come.push(is);
    if (order <= 0) old++;
    if (order >= 0) now++;
  }
}

/** Applies changes; returns the same array when there are none. All lists are in list order. */
export function withChanges(rows: readonly Assignment[], { gone, come }: RowChanges): readonly Assignment[] {
  return merge(without(rows, gone), come);
}

/** `all` without the items of `gone`. Fast if both are in the same order. */
export function without<T>(all: readonly T[], gone: readonly T[]): readonly T[] {
  if (gone.length === 0) return all;
  const left: T[] = [];
  let taken = 0;
  for (const one of gone) {
    const place = all.indexOf(one, taken);
    if (place < 0) {
      const sought = new Set(gone);
      return all.filter((other) => !sought.has(other));
    }
    copy(all, taken, place, left);
    taken = place + 1;
  }
  copy(all, taken, all.length, left);
  return left;
}

/** Inserts a few rows into many by binary search. */
function merge(many: readonly Assignment[], few: readonly Assignment[]): readonly Assignment[] {
  if (few.length === 0) return many;
  if (many.length === 0) return few;
  const merged: Assignment[] = [];
  let taken = 0;
  for (const row of few) {
    const place = placeOf(row, many, taken);
    copy(many, taken, place, merged);
    merged.push(row);
    taken = place;
  }
  copy(many, taken, many.length, merged);
  return merged;
}

/** `push(...)` would overflow the stack on a large ledger. */
function copy<T>(from: readonly T[], start: number, end: number, into: T[]): void {
  for (let at = start; at < end; at++) into.push(from[at] as T);
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
