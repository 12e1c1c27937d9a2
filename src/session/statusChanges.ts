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

/**
 * How long after a change of this window a click may be meant for what was there before, in milliseconds: until the tree was
 * refreshed and painted, which takes up to 450, and half a second more.
 */
const settlingMs = 950;

/** The changes made in this window. */
export class OwnChanges {
  private readonly rows = new WeakSet<Assignment>();
  private underWay = 0;
  private endedAt = -Infinity;

  /** False while a change is under way, or not painted for long enough. */
  get areSettled(): boolean {
    return this.underWay === 0 && performance.now() - this.endedAt >= settlingMs;
  }

  /** Runs a change. */
  async during<T>(change: () => PromiseLike<T>): Promise<T> {
    this.underWay++;
    try {
      return await change();
    } finally {
      this.underWay--;
      this.endedAt = performance.now();
    }
  }

  remember(results: readonly ChangeResult[]): void {
    for (const result of results) {
      if (result.error === undefined && result.row !== undefined) this.rows.add(result.row);
    }
  }

  has(row: Assignment): boolean {
    return this.rows.has(row);
  }
}
