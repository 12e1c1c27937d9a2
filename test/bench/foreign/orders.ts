// The messages to the writing process, and its answers.
import type { Touched } from "./ledger";

export type Order =
  /** One durable save in which one row changed. */
  | { readonly kind: "save"; readonly row: number }
  /** Saves at a steady pace, each of another row. */
  | { readonly kind: "storm"; readonly saves: number; readonly perSecond: number };

export interface Answer {
  /** The last row that changed. */
  readonly touched: Touched;
  /** When the last save was complete: nanoseconds on the clock of `process.hrtime`, which all processes share. */
  readonly savedAt: string;
  /** How long the saves took together. */
  readonly seconds: number;
  /** Every row as it is now. */
  readonly state: readonly Touched[];
}
