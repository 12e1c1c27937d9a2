// The past of one row: an event for each of its timestamps. A pure function of the row, so
// that every window that sees the row makes the same events of it.
import { paneIdentity, type Assignment } from "../assignment";
import { longestId, longestReason, type EventKind, type HistoryEvent } from "./historyEvent";
import { compareEvents } from "./history";
import { eventTime } from "./eventTime";

/** Which assignment of its bead a row is: its `idempotency_key`, else its exact `assigned_at`. */
export function generationOf(row: Assignment): string {
  const key = row.idempotency_key?.trim();
  return key === undefined || key === "" ? row.assigned_at : key;
}

/** Whether the row can be recorded: ids that no tracker and no ntm makes are left out. */
export function isRecordable(row: Assignment): boolean {
  const isId = (text: string): boolean => text !== "" && text.length <= longestId && text.isWellFormed();
  return isId(row.bead_id) && isId(generationOf(row)) && Number.isSafeInteger(row.pane);
}

/** In time order. None for a row that isn't recordable. */
export function rowEvents(row: Assignment): HistoryEvent[] {
  if (!isRecordable(row)) return [];
  const events: HistoryEvent[] = [];
  const add = (kind: EventKind, timestamp: string | undefined, reason?: string): void => {
    const at = eventTime(timestamp);
    if (at !== undefined) events.push(eventOf(row, kind, at, reason));
  };
  if (isAtomic(row)) {
    add("claiming", row.assigned_at);
    add("claimed", row.claimed_at);
    add("sending", row.dispatch_started_at);
    // The ledger has no time for a failed dispatch but that of its beginning.
    if (isDispatchFailed(row)) add("dispatch-failed", row.dispatch_started_at, row.last_dispatch_error);
    add("assigned", row.dispatched_at);
  } else {
    add("assigned", row.assigned_at);
  }
  add("working", row.started_at);
  add("completed", row.completed_at);
  add("failed", row.failed_at, failureReason(row));
  events.sort(compareEvents);
  const latest = events.pop();
  return latest === undefined ? [] : [...events, { ...latest, ...retries(row) }];
}

/** An event of this row. Texts of any length and content become what a journal takes. */
export function eventOf(row: Assignment, kind: EventKind, at: string, reason?: string): HistoryEvent {
  const agentName = bounded(row.agent_name, longestId);
  const bounds = bounded(reason, longestReason);
  return {
    kind,
    at,
    beadId: row.bead_id,
    generation: generationOf(row),
    pane: paneIdentity(row),
    paneIndex: row.pane,
    agentType: bounded(row.agent_type, longestId) ?? "",
    ...(agentName !== undefined && { agentName }),
    ...(bounds !== undefined && { reason: bounds }),
  };
}

/** How often the bead was retried, for the latest event of a row. */
export function retries(row: Assignment): { readonly retryCount?: number } {
  const retryCount = row.retry_count ?? 0;
  return Number.isSafeInteger(retryCount) && retryCount > 0 ? { retryCount } : {};
}

/** Why a row failed, wherever ntm wrote it. */
export function failureReason(row: Assignment): string | undefined {
  const reasons = [row.fail_reason, row.failure_reason, row.claim_error, row.reservation_error];
  return reasons.find((reason) => reason !== undefined && reason.trim() !== "");
}

function isAtomic(row: Assignment): boolean {
  return row.idempotency_key !== undefined && row.idempotency_key.trim() !== "";
}

function isDispatchFailed(row: Assignment): boolean {
  const hasError = row.last_dispatch_error !== undefined && row.last_dispatch_error.trim() !== "";
  return hasError && row.dispatch_state === "pending";
}

/** `undefined` for blank texts. A surrogate pair is not cut in two. */
function bounded(text: string | undefined, length: number): string | undefined {
  if (text === undefined || text.trim() === "") return undefined;
  return text.slice(0, length).toWellFormed();
}
