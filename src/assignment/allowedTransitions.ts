// What may be offered for a row: the steps that the store allows, and the ntm subcommands for those that must be left to ntm.
import type { Assignment } from "../ledger/assignment";
import { AssignmentHeldError, InvalidTransitionError } from "./errors";
import { holdOf, isAtomic, isLeased, rowHold } from "./guard";
import { isTransitionValid, transitionTarget, type Transition } from "./transitions";

/** Steps of an existing row, in the order of its life cycle. */
const rowTransitions = [
  "resolveDispatch",
  "markWorking",
  "markCompleted",
  "markFailed",
  "retry",
  "reassign",
  "remove",
] as const satisfies Transition[];

export type RowTransition = (typeof rowTransitions)[number];

/** Placeholder for a target pane that the user has not chosen yet. */
const anyPane = "%0";

/** The steps that both the transition table and the guard allow. */
export function allowedTransitions(row: Assignment, schema: number): readonly RowTransition[] {
  // Runs for every visible row, and creating an Error costs more than all the checks.
  return rowTransitions.filter(
    (step) => isTransitionValid(row.status, step, schema) && holdOf(row, step, schema, anyPane) === undefined,
  );
}

/** The error with which the store would refuse this step; `undefined` if it is allowed. Without a target, any pane is assumed. */
export function refusal(
  row: Assignment,
  step: RowTransition,
  schema: number,
  targetPaneId = anyPane,
): AssignmentHeldError | InvalidTransitionError | undefined {
  const hold = holdOf(row, step, schema, targetPaneId);
  if (hold !== undefined) return new AssignmentHeldError(row.bead_id, hold);
  if (step === "remove" || isTransitionValid(row.status, step, schema)) return undefined;
  return new InvalidTransitionError(row.bead_id, row.status, transitionTarget[step]);
}

/** A subcommand of `ntm assign` that concerns one bead. */
export type NtmSubcommand = "retry" | "reassign" | "clear";

/**
 * The subcommands that ntm accepts for a row that must be left to it (`docs/ledger.md`, "Steps that only ntm can do"). Empty for rows
 * that the store may change itself, and where ntm refuses too: while a dispatch outcome is unknown, and until an event is acknowledged.
 */
export function ntmSubcommands(row: Assignment): readonly NtmSubcommand[] {
  if (row.bead_id === "" || (!isAtomic(row) && rowHold(row) === undefined)) return [];
  if (row.dispatch_state === "sending" || row.pending_completion_event_id !== undefined) return [];
  if (row.clear_state !== undefined) return row.pending_terminal_status === undefined ? ["clear"] : [];
  switch (row.status) {
    case "failed":
      // ntm refuses a new generation while files of the previous one are reserved.
      return isLeased(row) ? ["clear"] : ["retry", "clear"];
    case "claimed":
      // Retry resumes a claim whose prompt was never sent.
      return ["retry", "clear"];
    case "working":
      return ["reassign", "clear"];
    case "assigned":
    case "claiming":
      return ["clear"];
    case "completed":
    case "reassigned":
      return isLeased(row) ? ["clear"] : [];
    default:
      return [];
  }
}
