// The order of lists of rows: by pane, then by `assigned_at`, then by bead id.
import type { Assignment } from "../ledger/assignment";
import { instantKey } from "../ledger/timestamp";
import { compareUtf8 } from "../ledger/utf8";
import { paneId } from "./pane";

/** Pane and time as text that sorts like them. Rows don't change, and unchanged ones are in every later list. */
const keys = new WeakMap<Assignment, string>();

/** A sorted copy. */
export function inOrder(rows: Iterable<Assignment>): Assignment[] {
  return Array.from(rows, (row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : compareUtf8(a.row.bead_id, b.row.bead_id)))
    .map(({ row }) => row);
}

function keyOf(row: Assignment): string {
  let key = keys.get(row);
  if (key === undefined) keys.set(row, (key = `${paneKey(row)} ${instantKey(row.assigned_at)}`));
  return key;
}

/** Rows without a pane id come first, by label; then pane ids by number. */
function paneKey(row: Assignment): string {
  const id = paneId(row);
  // There are no leading zeros, so the longer number is the larger one.
  if (id !== undefined) return `2${String(id.length).padStart(2, "0")}${id}`;
  const label = String(Math.abs(row.pane));
  if (row.pane >= 0) return `1${String(label.length).padStart(3, "0")}${label}`;
  // Of negative labels the one with the larger amount comes first.
  const complement = label.replace(/\d/g, (digit) => String(9 - Number(digit)));
  return `0${String(999 - label.length).padStart(3, "0")}${complement}`;
}
