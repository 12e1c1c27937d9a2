// Which rows came to stand where since the snapshot before: what other processes did, once one's own changes are left out.
import { rowChanges, type Assignment, type AssignmentStatus } from "../assignment";
import type { SessionSnapshot } from "./snapshot";

/** Rows that are in another status than before, or in the same one for another reason: failed again, assigned anew. */
export function movedRows(before: SessionSnapshot, after: SessionSnapshot): readonly Assignment[] {
  // A ledger that wasn't there, or couldn't be read, says nothing about what happened meanwhile.
  if (before.path !== after.path || !before.exists || !after.exists || after.isStale) return [];
  const { gone, come } = rowChanges(before.rows, after.rows);
  const previousByBead = new Map(gone.map((row) => [row.bead_id, row]));
  return come.filter((row) => {
    const previous = previousByBead.get(row.bead_id);
    return previous !== row && (previous === undefined || hasMoved(previous, row));
  });
}

function hasMoved(before: Assignment, after: Assignment): boolean {
  return before.status !== after.status || timeOf(before) !== timeOf(after);
}

/** The time that a move into the status sets. */
function timeOf(row: Assignment): string | undefined {
  const times: Readonly<Partial<Record<AssignmentStatus, string | undefined>>> = {
    assigned: row.assigned_at,
    completed: row.completed_at,
    failed: row.failed_at,
  };
  return times[row.status];
}
