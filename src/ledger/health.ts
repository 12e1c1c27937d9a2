// What can be wrong with a ledger, as codes: words for people are made elsewhere.

/** One of the two copies of a ledger. */
export type Copy = "primary" | "backup";

export type ProblemCode =
  /** The file is not JSON, or is cut off. */
  | "malformed"
  /** JSON, but a field has the wrong type or a bad time. */
  | "invalid-field"
  /** A row breaks the rules of the completion outbox, or is null. */
  | "invalid-row"
  /** The ledger belongs to another session. */
  | "foreign-session"
  /** Written by a newer ntm than this version knows. */
  | "newer-schema"
  /** Schema 9 without a generation: an old ntm rewrote a new ledger. */
  | "missing-generation"
  /** A schema below 9 with a generation. */
  | "unexpected-generation"
  /** Both copies claim the same generation with different bytes. */
  | "diverged"
  /** The backup is more than one generation ahead. */
  | "generation-gap"
  /** The primary is gone and the backup isn't the first save. */
  | "orphaned-backup"
  /** No permission. */
  | "no-permission"
  /** Not a regular file: a folder, a pipe, … */
  | "not-a-file"
  /** Larger than {@link maxLedgerBytes}. */
  | "too-large"
  /** A symbolic link that leads out of the storage folder, or in a circle. */
  | "outside-storage"
  /** The file system failed. */
  | "input-output"
  /** Writers were so busy that no consistent pair could be read. */
  | "busy";

/** What a person can safely do next. The first two are what a repair does; the others are theirs. */
export type Remedy =
  | "promote-backup"
  | "publish-primary"
  | "update-extension"
  | "check-permissions"
  | "remove-obstacle"
  | "inspect"
  | "wait";

/** Trouble with a ledger that keeps it from being written. */
export interface LedgerProblem {
  readonly code: ProblemCode;
  /** The copy that is to blame; "pair" when it is how the two relate. */
  readonly copy: Copy | "pair";
  /** One English sentence with the particulars, as ntm words it where ntm has words. */
  readonly message: string;
  readonly remedy: Remedy;
}

/** Whether a ledger may be written, and what is shown of it when it may not. */
export type LedgerHealth =
  | { readonly kind: "ok" }
  | { readonly kind: "degraded"; readonly problem: LedgerProblem; readonly readFrom: Copy }
  | { readonly kind: "unreadable"; readonly problem: LedgerProblem };

/** Above this size a ledger is not read: reading it would stop the editor for seconds. 50,000 rows take some 25 MB. */
export const maxLedgerBytes = 40_000_000;
