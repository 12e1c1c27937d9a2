// The package `assignment`: ntm's ledger of which bead went to which agent in which pane. It never imports the editor.
export type { Assignment, AssignmentStatus, Timestamp } from "./assignment";
export { type Change, type ChangeResult } from "./change";
export {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidSessionNameError,
  InvalidTransitionError,
  isLockMissing,
  PersistenceError,
} from "./errors";
export { holdOf, isAtomic, isLeased, rowHold, unplacedHold, type Hold, type HoldCode } from "./guard";
export { ntmVerbs, possibleSteps, refusal, type NtmVerb, type RowStep } from "./offers";
export { comparePanes, isPaneId, paneId, paneIdentity } from "./pane";
export { rowChanges, withChanges, without, type RowChanges } from "./rowChanges";
export { countByStatus, recount, type AssignmentStats } from "./stats";
export { isValidSessionName, storageDir } from "./storage";
export { AssignmentStore, loadStore, newStore, type RepairOutcome, type StoreOptions } from "./store";
export { isFinished, isStepValid, isTerminal, isValidTransition, validTransitions, type Step } from "./transitions";
export { LockTimeoutError, LockUnavailableError } from "../ledger/lockErrors";
export type { LedgerHealth, LedgerProblem, ProblemCode, Remedy } from "../ledger/health";

/** Loads the native lock now rather than with the first change. @throws {LockUnavailableError} */
export async function ensureLockAvailable(): Promise<void> {
  (await import("./storeWriter")).ensureLockAvailable();
}
