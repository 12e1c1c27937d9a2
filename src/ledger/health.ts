// What can be wrong with a ledger, as codes. `src/messages` has the text for users.

/** One of the two copies of a ledger. */
export type Copy = "primary" | "backup";

export type ProblemCode =
  /** The file is not JSON, or is cut off. */
  | "malformed"
  /** The text isn't in UTF-8 as ntm reads it: it starts with a byte order mark, or is in UTF-16. */
  | "encoding"
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
  /** The primary is missing and the backup isn't a first save. */
  | "orphaned-backup"
  /** No permission. */
  | "no-permission"
  /** Not a regular file: a folder, a pipe, … */
  | "not-a-file"
  /** Larger than `maxLedgerBytes` in `files.ts`. */
  | "too-large"
  /** The session's folder is a link that leads out of the storage folder, where nothing is read. */
  | "outside-storage"
  /** A copy of the ledger is a symbolic link, which isn't followed. */
  | "symbolic-link"
  /** The file system failed. */
  | "input-output"
  /** The ledger was saved so often that no consistent pair could be read. */
  | "busy";

/** The next safe step. The first two are done by a repair, the others by the user. */
export type Remedy =
  | "promote-backup"
  | "publish-primary"
  | "update-extension"
  | "check-permissions"
  | "remove-obstacle"
  /** The file is sound, and ntm goes on using it: it must not be moved. */
  | "make-smaller"
  | "replace-link"
  | "inspect"
  | "wait";

/** A problem that prevents a ledger from being written. */
export interface LedgerProblem {
  readonly code: ProblemCode;
  /** The faulty copy; "pair" if the two don't match. */
  readonly copy: Copy | "pair";
  /** A message in English with the details, ntm's own where it has one. */
  readonly message: string;
  readonly remedy: Remedy;
  /** The size in bytes of a file that is too large. */
  readonly size?: number;
}

/** Whether a ledger may be written, and which copy is shown if not. */
export type LedgerHealth =
  | { readonly kind: "ok" }
  | { readonly kind: "degraded"; readonly problem: LedgerProblem; readonly readFrom: Copy }
  | { readonly kind: "unreadable"; readonly problem: LedgerProblem };
