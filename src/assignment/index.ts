// The package `assignment`: ntm's ledger of which bead is assigned to which agent in which pane. It never imports `vscode`.
export { assignmentFields, type Assignment, type AssignmentStatus, type FieldKind } from "../ledger/assignment";
export type { Timestamp } from "../ledger/timestamp";
export type { Change, ChangeResult, DispatchOutcome } from "./change";
export { DispatchActivity, type Activity } from "./dispatchActivity";
export {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidSessionNameError,
  InvalidTransitionError,
  isLockMissing,
  PersistenceError,
  ProblemChangedError,
} from "./errors";
export { holdOf, isAtomic, isLeased, restoreHold, rowHold, unplacedHold, type Hold, type HoldCode } from "./guard";
export {
  ntmSubcommands,
  allowedTransitions,
  refusal,
  type NtmSubcommand,
  type RowTransition,
} from "./allowedTransitions";
export { comparePanes, isPaneId, paneId, paneIdentity } from "./pane";
export { inOrder } from "./rowOrder";
export { countByStatus, type AssignmentStats } from "./stats";
export { isValidSessionName, storageDir } from "./storage";
export { AssignmentStore, loadStore, newStore, type RepairOutcome, type StoreOptions } from "./store";
export { inspectCopies, type InspectedCopy } from "./inspectCopies";
export {
  currentSchema,
  isFinished,
  isTransitionValid,
  isTerminal,
  isValidTransition,
  validTransitions,
  type Transition,
} from "./transitions";
export { acquireLock, ensureLockAvailable, LockTimeoutError, LockUnavailableError } from "../ledger/lock";
export { epochMilliseconds, epochNanoseconds } from "../ledger/timestamp";
export { maxLedgerBytes } from "../ledger/files";
export type { LedgerHealth, LedgerProblem, ProblemCode, Remedy } from "../ledger/health";
