// The order of lists. Go's maps have none, so it is ours to choose.
import { compareUtf8 } from "../ledger/codec";
import { compareTimestamps } from "../ledger/timestamp";
import type { Assignment } from "./assignment";
import { comparePanes } from "./pane";

/** By pane, then by `assigned_at`, then by bead id. */
export function compareRows(a: Assignment, b: Assignment): number {
  return comparePanes(a, b) || compareTimestamps(a.assigned_at, b.assigned_at) || compareUtf8(a.bead_id, b.bead_id);
}
