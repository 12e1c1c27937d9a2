import type { Assignment, Timestamp } from "../assignment";

/** When the row came to stand as it does; `undefined` when the ledger doesn't know (Go writes the year 1 for that). */
export function statusSince(row: Assignment): Timestamp | undefined {
  const since = timeOfStatus(row) ?? row.assigned_at;
  return since.startsWith("0001-") ? undefined : since;
}

function timeOfStatus(row: Assignment): Timestamp | undefined {
  switch (row.status) {
    case "claiming":
      return row.claim_started_at;
    case "claimed":
      return row.claimed_at;
    case "assigned":
      return row.dispatched_at;
    case "working":
      return row.started_at;
    case "completed":
    case "reassigned":
      return row.completed_at;
    case "failed":
      return row.failed_at;
  }
}
