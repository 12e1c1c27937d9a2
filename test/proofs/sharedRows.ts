// The rows that many writing processes share, and what each process reports.
export const session = "crowded";

/** Rows that every process changes. */
export const sharedBeads = ["shared-0", "shared-1", "shared-2", "shared-3"];

/** A change that was reported to a process as done. */
export interface DoneChange {
  /** Of the ledger, once it was done; 0 below schema 9. */
  readonly generation: number;
  readonly bead: string;
  /** The row's own then; `undefined` when it was removed. */
  readonly status?: string;
}
