// Counters over rows. An unknown status counts in the total alone.
import type { Assignment, AssignmentStatus } from "./assignment";

/** How many rows there are, and how many in each status. */
export type AssignmentStats = Readonly<Record<"total" | AssignmentStatus, number>>;

export function countByStatus(rows: Iterable<Assignment>): AssignmentStats {
  const stats = { total: 0, assigned: 0, working: 0, completed: 0, failed: 0, reassigned: 0, claiming: 0, claimed: 0 };
  for (const { status } of rows) {
    stats.total++;
    // "total" is no status, but a hostile ledger may say that it is.
    if (Object.hasOwn(stats, status) && (status as string) !== "total") stats[status]++;
  }
  return stats;
}
