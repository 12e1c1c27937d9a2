// Which status may follow which. The store, the menus and the tests read these tables.
import type { AssignmentStatus } from "../ledger/assignment";

type TransitionTable = Readonly<Partial<Record<AssignmentStatus, readonly AssignmentStatus[]>>>;

/** The table of schema 1 (the release of February 2026). */
export const validTransitions = {
  assigned: ["working", "failed"],
  working: ["completed", "failed", "reassigned"],
  failed: ["assigned"],
  completed: [],
  reassigned: [],
} as const satisfies TransitionTable;

/** The table of ntm 1.20 and later, for ledgers found at schema 9. */
const currentTransitions = {
  claiming: [],
  claimed: ["assigned", "failed"],
  assigned: ["working", "completed", "failed"],
  working: ["completed", "failed", "reassigned"],
  failed: ["assigned"],
  completed: [],
  reassigned: [],
} as const satisfies TransitionTable;

/** The first schema whose ledgers carry a generation, claims and today's transition table. */
export const currentSchema = 9;

/** Whether a row may go from one status to another in a ledger of this schema. Unknown statuses lead nowhere. */
export function isValidTransition(from: AssignmentStatus, to: AssignmentStatus, schema: number): boolean {
  const table: TransitionTable = schema >= currentSchema ? currentTransitions : validTransitions;
  return Object.hasOwn(table, from) && (table[from]?.includes(to) ?? false);
}

/** What can be done to a row. */
export type Transition =
  "assign" | "markWorking" | "markCompleted" | "markFailed" | "retry" | "reassign" | "resolveDispatch" | "remove";

/** The status a step leads to. `assign` and `remove` are not transitions and are allowed from every status. */
export const transitionTarget = {
  markWorking: "working",
  markCompleted: "completed",
  markFailed: "failed",
  retry: "assigned",
  reassign: "reassigned",
  resolveDispatch: "assigned",
} as const satisfies Partial<Record<Transition, AssignmentStatus>>;

/** Whether the status allows the step; `holdOf` says whether anything else forbids it. */
export function isTransitionValid(from: AssignmentStatus, step: Transition, schema: number): boolean {
  if (step === "assign" || step === "remove") return true;
  // ntm records the outcome of a dispatch for claimed rows only, although other statuses may lead to assigned as well.
  if (step === "resolveDispatch" && from !== "claimed") return false;
  return isValidTransition(from, transitionTarget[step], schema);
}

/** Whether only `remove` and `assign` remain for rows of this status. */
export function isFinished(status: AssignmentStatus): boolean {
  return status === "completed" || status === "reassigned";
}

/** Whether ntm calls the status terminal: such rows don't occupy their pane. */
export function isTerminal(status: AssignmentStatus): boolean {
  return status === "completed" || status === "failed" || status === "reassigned";
}
