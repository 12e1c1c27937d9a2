// Status changes since the previous snapshot: without this window's own changes, what other processes did.
import type { Assignment, AssignmentStatus, ChangeResult } from "../assignment";
import type { SessionSnapshot } from "./sessionSnapshot";

/** Rows whose status changed, or that got the same status again, such as failed or assigned again. */
export function rowsWithNewStatus(before: SessionSnapshot, after: SessionSnapshot): readonly Assignment[] {
  // A ledger that didn't exist or couldn't be read has no known changes in the meantime.
  if (before.path !== after.path || !before.exists || !after.exists || after.isStale) return [];
  return after.rows.filter((row) => {
    const previous = before.get(row.bead_id);
    return previous !== row && (previous === undefined || hasNewStatus(previous, row));
  });
}

function hasNewStatus(before: Assignment, after: Assignment): boolean {
  return before.status !== after.status || timeOf(before) !== timeOf(after);
}

/** The timestamp that a change to the status sets. */
function timeOf(row: Assignment): string | undefined {
  const times: Readonly<Partial<Record<AssignmentStatus, string | undefined>>> = {
    assigned: row.assigned_at,
    completed: row.completed_at,
    failed: row.failed_at,
  };
  return times[row.status];
}

export class OwnChanges {
  private readonly rows = new WeakSet<Assignment>();

  remember(results: readonly ChangeResult[]): void {
    for (const result of results) {
      if (result.error === undefined && result.row !== undefined) this.rows.add(result.row);
    }
  }

  has(row: Assignment): boolean {
    return this.rows.has(row);
  }
}
