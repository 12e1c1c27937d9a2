// What may be offered for a row: the steps that a hand may do, and the commands with which ntm does what a hand may not.
import type { Assignment } from "./assignment";
import { AssignmentHeldError, InvalidTransitionError } from "./errors";
import { holdOf, isAtomic, isLeased, rowHold } from "./guard";
import { isStepValid, stepTarget, type Step } from "./transitions";

/** Steps of a row that is there, in the order in which a life goes. */
const rowSteps = [
  "markWorking",
  "markCompleted",
  "markFailed",
  "retry",
  "reassign",
  "remove",
] as const satisfies Step[];

export type RowStep = (typeof rowSteps)[number];

/** Where a bead is going while nobody has chosen yet. */
const anyPane = "%0";

/** The steps that both the status and the guard allow. */
export function possibleSteps(row: Assignment, schema: number): readonly RowStep[] {
  // No error is made here, for its stack costs more than all the rest: this is asked for every row in sight.
  return rowSteps.filter(
    (step) => isStepValid(row.status, step, schema) && holdOf(row, step, schema, anyPane) === undefined,
  );
}

/** What the store would throw for this step; `undefined` when it would do it. A target not given counts as placed. */
export function refusal(
  row: Assignment,
  step: RowStep,
  schema: number,
  targetPaneId = anyPane,
): AssignmentHeldError | InvalidTransitionError | undefined {
  const hold = holdOf(row, step, schema, targetPaneId);
  if (hold !== undefined) return new AssignmentHeldError(row.bead_id, hold);
  if (step === "remove" || isStepValid(row.status, step, schema)) return undefined;
  return new InvalidTransitionError(row.bead_id, row.status, stepTarget[step]);
}

/** A subcommand of `ntm assign` that concerns one bead. */
export type NtmVerb = "retry" | "reassign" | "clear";

/**
 * What ntm would do with a row that must be left to it (`docs/ledger.md`, "What a hand must leave to ntm"). Empty for rows that a hand may
 * change, and where ntm refuses too: while the outcome of a dispatch is unknown, and until an event is acknowledged.
 */
export function ntmVerbs(row: Assignment): readonly NtmVerb[] {
  if (!isAtomic(row) && rowHold(row) === undefined) return [];
  if (row.dispatch_state === "sending" || row.pending_completion_event_id !== undefined) return [];
  if (row.clear_state !== undefined) return row.pending_terminal_status === undefined ? ["clear"] : [];
  switch (row.status) {
    case "failed":
      // A new generation is refused while the files of the last one are reserved.
      return isLeased(row) ? ["clear"] : ["retry", "clear"];
    case "claimed":
      // Retry takes up a claim whose prompt was never sent.
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
