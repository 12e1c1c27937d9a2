// The message for something that failed.
import type { CommandName } from "../contributions";

export interface Explanation {
  /** What happened, to what, and why. */
  readonly sentence: string;
  /** What to do next. */
  readonly next: string;
  /** The command for that, if there is one. */
  readonly command?: Extract<
    CommandName,
    | "closeBead"
    | "release"
    | "resolveDispatch"
    | "openSessionTerminal"
    | "diagnoseLedger"
    | "repairLedger"
    | "openLedger"
    | "refresh"
    | "showLog"
  >;
}
