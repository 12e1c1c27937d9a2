// What one copy of a ledger says, as a value.
import type { Assignment, Timestamp } from "../assignment/assignment";
import type { RawFields } from "./row";

/** A row, and the bytes that it was read from. */
export interface RowEntry {
  readonly row: Assignment;
  readonly raw: RawFields | undefined;
  /** From the quote of its key to its closing brace; `undefined` for a new row. */
  readonly source: Source | undefined;
}

interface Source {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** The row stands as ntm would write it: its bytes are its encoding. */
  readonly isRegular: boolean;
}

/** All that one copy of a ledger says. Immutable. */
export interface LedgerSnapshot {
  readonly sessionName: string;
  /** The schema. */
  readonly version: number;
  /** Counts saves; 0 below schema 9. Go's uint64. */
  readonly generation: bigint;
  readonly updatedAt: Timestamp;
  /** How often each bead's row was cleared, which ntm's deterministic keys depend on. */
  readonly clearedGenerations: ReadonlyMap<string, bigint>;
  /** By bead id. */
  readonly rows: ReadonlyMap<string, RowEntry>;
  /** Members that this version doesn't know, as JSON text. */
  readonly unknown: RawFields;
}

/** The newest schema whose rules this version knows. */
export const newestSchema = 9;
