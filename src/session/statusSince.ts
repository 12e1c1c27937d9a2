import type { Assignment, Timestamp } from "../assignment";

/** When the row got its status; `undefined` if the ledger doesn't record it (Go writes the year 1 for that). */
export function statusSince(row: Assignment): Timestamp | undefined {
  const since = timeOfStatus(row) ?? row.assigned_at;
  return since.startsWith("0001-") ? undefined : since;
}

/** Rows don't change, and views ask for the same ones over and over: parsing is most of the cost. */
const parsed = new WeakMap<Assignment, number>();

/** The same in milliseconds since 1970; `undefined` also if it isn't a time. */
export function statusSinceMs(row: Assignment): number | undefined {
  let time = parsed.get(row);
  if (time === undefined) {
    time = Date.parse(statusSince(row) ?? "");
    parsed.set(row, time);
  }
  return Number.isNaN(time) ? undefined : time;
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
