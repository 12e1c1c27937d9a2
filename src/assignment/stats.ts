// Counters over rows. An unknown status counts in the total alone.
import type { Assignment, AssignmentStatus } from "../ledger/assignment";
import type { RowChanges } from "./rowChanges";

/** How many rows there are, and how many in each status. */
export type AssignmentStats = Readonly<Record<"total" | AssignmentStatus, number>>;

const noStats = { total: 0, assigned: 0, working: 0, completed: 0, failed: 0, reassigned: 0, claiming: 0, claimed: 0 };

export function countByStatus(rows: readonly Assignment[]): AssignmentStats {
  return recount(noStats, { gone: [], come: rows });
}

export function recount(before: AssignmentStats, { gone, come }: RowChanges): AssignmentStats {
  const stats = { ...before };
  const count = (rows: readonly Assignment[], step: 1 | -1): void => {
    for (const { status } of rows) {
      stats.total += step;
      // A ledger may hold any string as a status, "total" included.
      if (Object.hasOwn(stats, status) && (status as string) !== "total") stats[status] += step;
    }
  };
  count(gone, -1);
  count(come, 1);
  return stats;
}
