// What is known of a row, one function for each fact: since when it has its status, what is wrong with it, its prompt.
import { epochMilliseconds, type Assignment, type Timestamp } from "../assignment";

/** When the row got its status; `undefined` if the ledger doesn't record it (Go writes the year 1 for that). */
export function statusSince(row: Assignment): Timestamp | undefined {
  const since = timeOfStatus(row);
  return since?.startsWith("0001-") === true ? undefined : since;
}

/** Rows don't change, and views ask for the same ones over and over: parsing is most of the cost. */
const parsed = new WeakMap<Assignment, number>();

/** The same in milliseconds since 1970; `undefined` also if it isn't a time. */
export function statusSinceMs(row: Assignment): number | undefined {
  let time = parsed.get(row);
  if (time === undefined) {
    time = epochMilliseconds(statusSince(row)) ?? Number.NaN;
    parsed.set(row, time);
  }
  return Number.isNaN(time) ? undefined : time;
}

function timeOfStatus(row: Assignment): Timestamp | undefined {
  switch (row.status) {
    case "claiming":
      return row.claim_started_at ?? row.assigned_at;
    case "claimed":
      return row.claimed_at;
    case "assigned":
      // A retry makes a row assigned again and keeps the time of the first assignment.
      return row.dispatched_at ?? ((row.retry_count ?? 0) > 0 ? undefined : row.assigned_at);
    case "working":
      return row.started_at;
    case "completed":
    case "reassigned":
      return row.completed_at;
    case "failed":
      return row.failed_at;
    default:
      return undefined;
  }
}

/** The reason of a failure, else the first error that ntm noted on its way; `undefined` if there is none. */
export function rowError(row: Assignment): string | undefined {
  return (
    unlessBlank(row.fail_reason) ??
    unlessBlank(row.failure_reason) ??
    unlessBlank(row.claim_error) ??
    unlessBlank(row.reservation_error) ??
    unlessBlank(row.last_dispatch_error) ??
    unlessBlank(row.clear_error)
  );
}

function unlessBlank(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text;
}

/** What was sent to the agent, else what is about to be; empty if the ledger has neither. */
export function promptOf(row: Assignment): string {
  return row.prompt_sent ?? row.pending_prompt ?? "";
}
