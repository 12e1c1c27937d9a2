// Counters over rows. An unknown status counts in the total alone.
import type { Assignment, AssignmentStatus } from "../ledger/assignment";

/** How many rows there are, and how many in each status. */
export type AssignmentStats = Readonly<Record<"total" | AssignmentStatus, number>>;

export function countByStatus(rows: readonly Assignment[]): AssignmentStats {
  const stats = { total: 0, assigned: 0, working: 0, completed: 0, failed: 0, reassigned: 0, claiming: 0, claimed: 0 };
  for (const { status } of rows) {
    stats.total++;
    // A ledger may hold any string as a status, "total" included.
    if (Object.hasOwn(stats, status) && (status as string) !== "total") stats[status]++;
  }
  return stats;
}
