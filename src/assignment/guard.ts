// Which rows must be left to ntm at present, and why. Menus and store both use these rules.
import { isTransitionValid, isTerminal, currentSchema, type Transition } from "./transitions";
import type { Assignment } from "../ledger/assignment";
import type { Timestamp } from "../ledger/timestamp";
import { paneId } from "./pane";

/** Why a step on a row is refused, with the values that a message about it needs. */
export type Hold =
  /** ntm is claiming, reserving or dispatching, or doesn't know the outcome. */
  | {
      readonly code: "in-flight";
      readonly stage: "claim" | "reserve" | "dispatch";
      /** The stage hasn't begun, or failed and can be resumed; absent while it runs, or if its outcome is unknown. */
      readonly isWaiting?: true;
      readonly since?: Timestamp;
      readonly attempts?: number;
      readonly error?: string;
    }
  /** A clear or a terminal reconciliation is in progress. */
  | { readonly code: "clearing"; readonly since?: Timestamp; readonly outcome?: string; readonly error?: string }
  /** A completion event is pending acknowledgement. */
  | { readonly code: "outbox"; readonly event: string }
  /** Files are reserved for the agent, which only ntm can release. */
  | { readonly code: "leased"; readonly files: number; readonly until?: Timestamp; readonly error?: string }
  /** ntm holds the tracker's claim; steps such as retry and reassign need ntm's side effects. */
  | { readonly code: "atomic" }
  /** The step would leave an active row without a pane id, which stops every assignment ntm makes in the session. */
  | { readonly code: "unplaced" }
  /** The row has the empty bead id, by which no change can name it. */
  | { readonly code: "no-id" };

export type HoldCode = Hold["code"];

/** Whether ntm claimed the bead in the tracker for this row. */
export function isAtomic(row: Assignment): boolean {
  return (row.idempotency_key ?? "").trim() !== "";
}

/** Whether files are, or may be, reserved for this row (as ntm's `assignmentHasUnresolvedReservation`). */
export function isLeased(row: Assignment): boolean {
  const handles = (row.reservation_ids?.length ?? 0) + (row.reserved_paths?.length ?? 0);
  if (handles > 0) return true;
  const state = row.reservation_state ?? (row.reservation_completed === true ? "reserved" : "pending");
  if (state === "reserving" || state === "unknown") return true;
  return state === "reserved" && (row.reservation_completed !== true || row.reservation_error !== undefined);
}

/** The hold on the row that applies to every step; `undefined` if there is none. */
export function rowHold(row: Assignment): Exclude<Hold, { code: "atomic" | "unplaced" | "no-id" }> | undefined {
  if (row.clear_state !== undefined) {
    return {
      code: "clearing",
      ...optional("since", row.clear_started_at),
      ...optional("outcome", row.pending_terminal_status),
      ...optional("error", row.clear_error),
    };
  }
  if (row.dispatch_state === "sending") {
    return {
      code: "in-flight",
      stage: "dispatch",
      ...optional("since", row.dispatch_started_at),
      ...optional("attempts", row.dispatch_attempts),
      ...optional("error", row.last_dispatch_error),
    };
  }
  if (row.reservation_state === "reserving") {
    return { code: "in-flight", stage: "reserve", ...reservationOf(row) };
  }
  if (row.status === "claiming") {
    return {
      code: "in-flight",
      stage: "claim",
      ...optional("isWaiting", row.claim_state === "pending" ? true : undefined),
      ...optional("since", row.claim_started_at),
      ...optional("attempts", row.claim_attempts),
      ...optional("error", row.claim_error),
    };
  }
  if (row.status === "claimed") return claimedHold(row);
  if (row.pending_completion_event_id !== undefined) {
    return { code: "outbox", event: row.pending_completion_event_id };
  }
  if (isLeased(row)) {
    return {
      code: "leased",
      files: row.reserved_paths?.length ?? row.reservation_ids?.length ?? 0,
      ...optional("until", row.reservation_expires_at),
      ...optional("error", row.reservation_error),
    };
  }
  return undefined;
}

/**
 * Why this step must not be applied to this row; `undefined` if only the transition table can forbid it.
 * @param targetPaneId the pane id that `assign` and `reassign` would store
 */
export function holdOf(row: Assignment, step: Transition, schema: number, targetPaneId?: string): Hold | undefined {
  if (row.bead_id === "") return { code: "no-id" };
  const hold = rowHold(row);
  if (step === "resolveDispatch") return isAtomic(row) && isSending(hold) ? undefined : hold;
  // ntm's own detector marks leased rows as working: leases last until the work ends.
  if (hold !== undefined && !(hold.code === "leased" && step === "markWorking")) return hold;
  if (isAtomic(row) && !isAllowedOnAtomic(row, step)) return { code: "atomic" };
  if (!isTransitionValid(row.status, step, schema)) return undefined;
  return unplacedHold(step, schema, step === "retry" ? paneId(row) : targetPaneId);
}

/** The hold on a step that would make an active row without a pane id. Schema 1 has no pane ids: every row counts as placed. */
export function unplacedHold(step: Transition, schema: number, target: string | undefined): Hold | undefined {
  const makesActive = step === "assign" || step === "reassign" || step === "retry";
  return makesActive && schema >= currentSchema && target === undefined ? { code: "unplaced" } : undefined;
}

/** Why a row can't be put back after a change; `undefined` if it can. @param current what the change made of it, if there is a row */
export function restoreHold(row: Assignment, schema: number, current?: Assignment): Hold | undefined {
  for (const one of current === undefined ? [row] : [row, current]) {
    const hold =
      one.bead_id === "" ? ({ code: "no-id" } as const) : isAtomic(one) ? ({ code: "atomic" } as const) : rowHold(one);
    if (hold !== undefined) return hold;
  }
  const isUnplaced = (one: Assignment): boolean => !isTerminal(one.status) && paneId(one) === undefined;
  if (schema < currentSchema || !isUnplaced(row)) return undefined;
  // Where the row stopped ntm all the time, it may go on to.
  return current !== undefined && isUnplaced(current) ? undefined : { code: "unplaced" };
}

/** Whether the row's prompt was being sent, so that its outcome is unknown once no ntm process works on it. */
function isSending(hold: Hold | undefined): boolean {
  return hold?.code === "in-flight" && hold.stage === "dispatch" && hold.isWaiting === undefined;
}

function isAllowedOnAtomic(row: Assignment, step: Exclude<Transition, "resolveDispatch">): boolean {
  switch (step) {
    case "markWorking":
    case "markCompleted":
    case "markFailed":
      return row.dispatch_state === "sent" || isTerminal(row.status);
    case "remove":
      return isTerminal(row.status);
    case "assign":
    case "reassign":
    case "retry":
      return false;
  }
}

function claimedHold(row: Assignment): Extract<Hold, { code: "in-flight" }> {
  if (row.reservation_state === "unknown") return { code: "in-flight", stage: "reserve", ...reservationOf(row) };
  if (row.reservation_state === "failed") {
    return { code: "in-flight", stage: "reserve", isWaiting: true, ...reservationOf(row) };
  }
  return {
    code: "in-flight",
    isWaiting: true,
    stage: row.reservation_required === true && row.reservation_state !== "reserved" ? "reserve" : "dispatch",
    ...optional("since", row.dispatch_started_at ?? row.claimed_at),
    ...optional("attempts", row.dispatch_attempts),
    ...optional("error", row.last_dispatch_error),
  };
}

function reservationOf(row: Assignment): { since?: Timestamp; attempts?: number; error?: string } {
  return {
    ...optional("since", row.reservation_started_at),
    ...optional("attempts", row.reservation_attempts),
    ...optional("error", row.reservation_error),
  };
}

function optional<K extends string, V>(key: K, value: V | undefined): Partial<Record<K, V>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, V>);
}
