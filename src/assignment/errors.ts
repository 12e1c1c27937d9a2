// The errors of the package. Messages are those of the Go package where it has one, so that logs can be compared.
import { LockUnavailableError } from "../ledger/lock";
import type { AssignmentStatus } from "../ledger/assignment";
import type { Hold } from "./guard";

/** The step isn't allowed from the status that the row has on disk. */
export class InvalidTransitionError extends Error {
  override readonly name = "InvalidTransitionError";
  constructor(
    readonly beadId: string,
    readonly from: AssignmentStatus,
    readonly to: AssignmentStatus,
  ) {
    super(`[ASSIGN] Invalid transition ${from} -> ${to} for ${beadId}`);
  }
}

/** No row has this bead id, and none had it when the store last loaded. */
export class AssignmentNotFoundError extends Error {
  override readonly name = "AssignmentNotFoundError";
  constructor(readonly beadId: string) {
    super(`[ASSIGN] Assignment not found: ${beadId}`);
  }
}

/** The operation that failed because of the disk, a lock or the ledger's content. */
export type PersistenceOperation =
  | "lock for save"
  | "reload before save"
  | "promote newer backup"
  | "save backup"
  | "save"
  | "sync directory"
  | "repair";

/** The ledger couldn't be read, locked or published. The ledger is as it was. */
export class PersistenceError extends Error {
  override readonly name = "PersistenceError";
  constructor(
    readonly operation: PersistenceOperation,
    /** The file concerned. */
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super(`[ASSIGN] ${operation} failed at ${path}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** The cause of a repair that wasn't done: the ledger's problem is no longer the one that the user confirmed a repair for. */
export class ProblemChangedError extends Error {
  override readonly name = "ProblemChangedError";
  constructor() {
    super("the ledger's problem is no longer the one that was confirmed");
  }
}

/** Whether an error says that the native lock can't be loaded, so that no ledger can be changed. */
export function isLockMissing(error: unknown): boolean {
  return error instanceof LockUnavailableError || (error instanceof PersistenceError && isLockMissing(error.cause));
}

/** The operation of a stale change, in the words of ntm's merge. */
export type ConflictingOperation =
  "create" | "replace" | "remove" | "update removed assignment" | "update superseded generation";

/** Another process replaced, removed or created the row since the caller saw it. */
export class ConcurrentMutationError extends Error {
  override readonly name = "ConcurrentMutationError";
  constructor(
    readonly beadId: string,
    readonly operation: ConflictingOperation,
  ) {
    super(`[ASSIGN] Concurrent ${operation} conflict for ${beadId}; reload assignment state`);
  }
}

/** ntm has an operation on the row in progress, or the step must be left to ntm. */
export class AssignmentHeldError extends Error {
  override readonly name = "AssignmentHeldError";
  constructor(
    readonly beadId: string,
    readonly hold: Hold,
  ) {
    super(`[ASSIGN] Assignment held (${hold.code}): ${beadId}`);
  }
}

/** A session name that tmux would refuse, or that could leave the storage folder. */
export class InvalidSessionNameError extends Error {
  override readonly name = "InvalidSessionNameError";
  constructor(readonly sessionName: string) {
    super(`[ASSIGN] Invalid session name: ${JSON.stringify(sessionName)}`);
  }
}
