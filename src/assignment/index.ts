// The package `assignment`: ntm's ledger of which bead is assigned to which agent in which pane. It never imports `vscode`.
import type { HeldLock } from "../ledger/lock";
import type { InspectedCopy } from "./inspectCopies";

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
export { holdOf, isAtomic, isLeased, rowHold, unplacedHold, type Hold, type HoldCode } from "./guard";
export { ntmSubcommands, possibleSteps, refusal, type NtmSubcommand, type RowStep } from "./possibleSteps";
export { comparePanes, isPaneId, paneId, paneIdentity } from "./pane";
export { rowChanges, withChanges, without, type RowChanges } from "./rowChanges";
export { countByStatus, recount, type AssignmentStats } from "./stats";
export { isValidSessionName, storageDir } from "./storage";
export { AssignmentStore, loadStore, newStore, type StoreOptions } from "./store";
export type { RepairOutcome } from "./storeWriter";
export type { InspectedCopy } from "./inspectCopies";
export {
  currentSchema,
  isFinished,
  isStepValid,
  isTerminal,
  isValidTransition,
  validTransitions,
  type Step,
} from "./transitions";
export { LockTimeoutError, LockUnavailableError } from "../ledger/lockErrors";
export { epochMilliseconds, epochNanoseconds } from "../ledger/timestamp";
export { maxLedgerBytes, type LedgerHealth, type LedgerProblem, type ProblemCode, type Remedy } from "../ledger/health";

/** Loads the native lock now instead of on the first change. @throws {LockUnavailableError} */
export async function ensureLockAvailable(): Promise<void> {
  (await import("./storeWriter")).ensureLockAvailable();
}

/**
 * The ledger's kind of lock on any other file; the native lock is loaded with the first call.
 * @throws {LockTimeoutError} after `timeoutMs` milliseconds
 * @throws {LockUnavailableError}
 */
export async function acquireLock(path: string, timeoutMs: number): Promise<HeldLock> {
  return (await import("../ledger/lock")).acquireLock(path, timeoutMs);
}

/** What is on disk of a session's ledger, copy by copy, without any of its content. @throws {InvalidSessionNameError} */
export async function inspectCopies(sessionName: string, storageDir: string): Promise<readonly InspectedCopy[]> {
  return (await import("./inspectCopies")).inspectCopies(sessionName, storageDir);
}
