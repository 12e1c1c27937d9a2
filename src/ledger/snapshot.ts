// The content of one copy of a ledger, as a value.
import type { Assignment } from "./assignment";
import type { RawFields } from "./row";
import type { Timestamp } from "./timestamp";

/** A row and the bytes it was decoded from. */
export interface RowEntry {
  readonly row: Assignment;
  readonly raw: RawFields | undefined;
  /** From the opening quote of its key to its closing brace; `undefined` for a new row. */
  readonly source: Source | undefined;
}

interface Source {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** Whether the bytes are exactly what ntm would write for the row. */
  readonly isRegular: boolean;
}

/** The content of one copy of a ledger. Immutable. */
export interface LedgerSnapshot {
  readonly sessionName: string;
  /** The schema. */
  readonly version: number;
  /** Number of saves, a Go `uint64`; 0 below schema 9. */
  readonly generation: bigint;
  readonly updatedAt: Timestamp;
  /** How often each bead's row was cleared; part of ntm's deterministic keys. */
  readonly clearedGenerations: ReadonlyMap<string, bigint>;
  /** By bead id. */
  readonly rows: ReadonlyMap<string, RowEntry>;
  /** Unknown members, as JSON text. */
  readonly unknown: RawFields;
}

/** The newest schema that is supported. */
export const newestSchema = 9;
