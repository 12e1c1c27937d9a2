// What a person is told when something didn't work.
import type { CommandName } from "../contributions";

export interface Explanation {
  /** What happened, to what, and why. */
  readonly sentence: string;
  /** What to do about it. */
  readonly next: string;
  /** The command that does it, if there is one. */
  readonly offer?: Extract<
    CommandName,
    "copyNtmCommand" | "openSessionTerminal" | "repairLedger" | "openLedger" | "refresh" | "showLog"
  >;
}
