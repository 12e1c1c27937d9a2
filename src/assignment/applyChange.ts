// What each transition sets and clears in a row (`docs/ledger.md`, "Steps").
import { assignmentFields, type Assignment, type AssignmentStatus } from "../ledger/assignment";
import type { Timestamp } from "../ledger/timestamp";
import type { Change } from "./change";
import { currentSchema } from "./transitions";

type Mutable = { -readonly [K in keyof Assignment]?: Assignment[K] | undefined };

/** The row after the change; `undefined` when it is removed. The change must be allowed. */
export function applyChange(
  row: Assignment | undefined,
  change: Exclude<Change, { kind: "restore" }>,
  schema: number,
  now: () => Timestamp,
): Assignment | undefined {
  if (change.kind === "remove") return undefined;
  if (change.kind === "assign") return assigned(change, now());
  if (row === undefined) throw new TypeError("nothing to change");
  switch (change.kind) {
    case "reassign":
      return reassigned(row, change, schema, now());
    case "markWorking":
      return withStatus(row, "working", now);
    case "markCompleted":
      return withStatus(row, "completed", now);
    case "markFailed":
      return withoutAbsentFields({
        ...withStatus(row, "failed", now),
        fail_reason: change.reason,
        failure_reason: undefined,
      });
    case "retry":
      return { ...withStatus(row, "assigned", now), retry_count: oneMore(row.retry_count) };
    case "resolveDispatch":
      return dispatched(row, change, now);
    case "updateStatus":
      return withStatus(row, change.newStatus, now);
  }
}

/** @throws {RangeError} beyond the whole numbers that JavaScript can represent: the count would stay as it is */
function oneMore(count = 0): number {
  if (!Number.isSafeInteger(count + 1)) throw new RangeError("the retry count can't be raised any further");
  return count + 1;
}

function withStatus(row: Assignment, status: AssignmentStatus, now: () => Timestamp): Assignment {
  switch (status) {
    case "working":
      return { ...row, status, started_at: now() };
    case "completed":
      return { ...row, status, completed_at: now() };
    case "failed":
      return { ...row, status, failed_at: now() };
    case "assigned":
    case "claimed":
    case "claiming":
      return withoutAbsentFields({
        ...row,
        status,
        started_at: undefined,
        completed_at: undefined,
        failed_at: undefined,
        fail_reason: undefined,
        failure_reason: undefined,
      });
    case "reassigned":
      return { ...row, status };
  }
}

function assigned(change: Extract<Change, { kind: "assign" }>, time: Timestamp): Assignment {
  return withoutAbsentFields({
    bead_id: change.beadId,
    bead_title: change.beadTitle,
    pane: change.pane,
    agent_type: change.agentType,
    agent_name: change.agentName,
    status: "assigned",
    assigned_at: time,
    prompt_sent: change.prompt,
    dispatch_target: change.paneId,
    occupancy_key: change.paneId,
  });
}

/** A new assignment of the same bead: of the known fields only the title, the retries and, in schema 1, the prompt are kept. */
function reassigned(
  row: Assignment,
  change: Extract<Change, { kind: "reassign" }>,
  schema: number,
  time: Timestamp,
): Assignment {
  const unknown = Object.entries(row).filter(([name]) => !Object.hasOwn(assignmentFields, name));
  return withoutAbsentFields({
    ...(Object.fromEntries(unknown) as Mutable),
    bead_id: row.bead_id,
    bead_title: row.bead_title,
    pane: change.pane,
    agent_type: change.agentType,
    agent_name: change.agentName,
    status: "assigned",
    assigned_at: time,
    retry_count: row.retry_count,
    prompt_sent: schema < currentSchema ? row.prompt_sent : undefined,
    dispatch_target: change.paneId,
    occupancy_key: change.paneId,
  });
}

/** The fields of ntm's `RecordAtomicDispatchSent` and `RecordAtomicDispatchFailed`. */
function dispatched(
  row: Assignment,
  { outcome, note = "" }: Extract<Change, { kind: "resolveDispatch" }>,
  now: () => Timestamp,
): Assignment {
  const text = note.trim() === "" ? undefined : note;
  switch (outcome) {
    case "lost":
      return {
        ...row,
        dispatch_state: "pending",
        last_dispatch_error: text ?? "The user reported that the prompt did not arrive.",
      };
    case "arrived":
      return withoutAbsentFields({
        ...row,
        status: "assigned",
        prompt_sent: row.pending_prompt ?? row.prompt_sent,
        pending_prompt: undefined,
        dispatch_state: "sent",
        dispatched_at: now(),
        dispatch_receipt_id: text ?? "confirmed-by-user",
        last_dispatch_error: undefined,
      });
  }
}

const optionalTexts = new Set(["agent_name", "prompt_sent", "fail_reason"]);

/** Leaves out absent fields: Go omits empty optional strings, and readers test for presence. */
function withoutAbsentFields(row: Mutable): Assignment {
  const entries = Object.entries(row).filter(
    ([name, value]) => value !== undefined && !(value === "" && optionalTexts.has(name)),
  );
  return Object.fromEntries(entries) as unknown as Assignment;
}
