// The row: one bead given to one agent in one pane. Names, order and kinds of its fields are the ledger's own.
import type { Timestamp } from "./timestamp";

/** How far an assignment has come. Ledgers of other releases may hold other strings, which are kept and shown unchanged. */
export type AssignmentStatus = "assigned" | "working" | "completed" | "failed" | "reassigned" | "claiming" | "claimed";

/**
 * A row of the ledger, an immutable value. Property names are the ledger's; an absent property is Go's zero value.
 * Unknown fields are properties too, and are written back unchanged.
 */
export interface Assignment {
  readonly bead_id: string;
  readonly bead_title: string;
  /** tmux pane index, a label only: it repeats across windows. `paneIdentity` gives the identity. */
  readonly pane: number;
  readonly agent_type: string;
  readonly agent_name?: string;
  readonly status: AssignmentStatus;
  readonly assigned_at: Timestamp;
  readonly started_at?: Timestamp;
  readonly completed_at?: Timestamp;
  readonly failed_at?: Timestamp;
  readonly fail_reason?: string;
  /** Used by early releases instead of `fail_reason`. */
  readonly failure_reason?: string;
  readonly retry_count?: number;
  readonly prompt_sent?: string;

  // Schema 9: claim
  readonly idempotency_key?: string;
  readonly claim_actor?: string;
  readonly claim_state?: string;
  readonly claim_status?: string;
  readonly claim_attempts?: number;
  readonly claim_started_at?: Timestamp;
  readonly claim_error?: string;
  readonly claimed_at?: Timestamp;
  readonly claim_requires_non_terminal?: boolean;

  // Schema 9: file reservation
  readonly reservation_required?: boolean;
  readonly reservation_discovery?: boolean;
  readonly reservation_input_paths?: readonly string[];
  readonly reservation_state?: string;
  readonly reservation_attempts?: number;
  readonly reservation_started_at?: Timestamp;
  readonly reservation_completed?: boolean;
  readonly reservation_agent?: string;
  readonly reservation_target?: string;
  readonly reservation_requested?: readonly string[];
  readonly reserved_paths?: readonly string[];
  readonly reservation_ids?: readonly number[];
  readonly reservation_expires_at?: Timestamp;
  readonly reservation_error?: string;

  // Schema 9: dispatch of the prompt
  readonly dispatch_state?: string;
  readonly dispatch_target?: string;
  readonly occupancy_key?: string;
  readonly prompt_sha256?: string;
  readonly intent_sha256?: string;
  readonly pending_prompt?: string;
  readonly dispatch_attempts?: number;
  readonly dispatch_started_at?: Timestamp;
  readonly dispatched_at?: Timestamp;
  readonly dispatch_receipt_id?: string;
  /** Nanoseconds. */
  readonly dispatch_duration?: number;
  readonly last_dispatch_error?: string;

  // Schema 9: clearing and terminal reconciliation
  readonly clear_state?: string;
  readonly clear_started_at?: Timestamp;
  readonly clear_error?: string;
  readonly pending_terminal_status?: string;
  readonly pending_terminal_reason?: string;
  readonly terminal_claim_released?: boolean;
  readonly pending_completion_event_id?: string;
  readonly completion_detected_at?: Timestamp;
  readonly completion_consumer_token?: string;
  readonly completion_lease_expires_at?: Timestamp;
}

/** The JSON type of a field. `integer` is Go's `int`. */
export type FieldKind = "string" | "integer" | "boolean" | "timestamp" | "strings" | "integers";

/** Every field of schema 9, in the order in which ntm writes them. The first fourteen are schema 1's. */
export const assignmentFields: Readonly<Record<keyof Assignment, FieldKind>> = {
  bead_id: "string",
  bead_title: "string",
  pane: "integer",
  agent_type: "string",
  agent_name: "string",
  status: "string",
  assigned_at: "timestamp",
  started_at: "timestamp",
  completed_at: "timestamp",
  failed_at: "timestamp",
  fail_reason: "string",
  failure_reason: "string",
  retry_count: "integer",
  prompt_sent: "string",
  idempotency_key: "string",
  claim_actor: "string",
  claim_state: "string",
  claim_status: "string",
  claim_attempts: "integer",
  claim_started_at: "timestamp",
  claim_error: "string",
  claimed_at: "timestamp",
  claim_requires_non_terminal: "boolean",
  reservation_required: "boolean",
  reservation_discovery: "boolean",
  reservation_input_paths: "strings",
  reservation_state: "string",
  reservation_attempts: "integer",
  reservation_started_at: "timestamp",
  reservation_completed: "boolean",
  reservation_agent: "string",
  reservation_target: "string",
  reservation_requested: "strings",
  reserved_paths: "strings",
  reservation_ids: "integers",
  reservation_expires_at: "timestamp",
  reservation_error: "string",
  dispatch_state: "string",
  dispatch_target: "string",
  occupancy_key: "string",
  prompt_sha256: "string",
  intent_sha256: "string",
  pending_prompt: "string",
  dispatch_attempts: "integer",
  dispatch_started_at: "timestamp",
  dispatched_at: "timestamp",
  dispatch_receipt_id: "string",
  dispatch_duration: "integer",
  last_dispatch_error: "string",
  clear_state: "string",
  clear_started_at: "timestamp",
  clear_error: "string",
  pending_terminal_status: "string",
  pending_terminal_reason: "string",
  terminal_claim_released: "boolean",
  pending_completion_event_id: "string",
  completion_detected_at: "timestamp",
  completion_consumer_token: "string",
  completion_lease_expires_at: "timestamp",
};
