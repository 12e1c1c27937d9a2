// What was found on disk: both copies, and which of them counts. `select.ts` decides it.
import type { Decoded } from "./codec";
import type { Pair } from "./files";
import type { LedgerHealth } from "./health";
import type { LedgerSnapshot } from "./snapshot";

/** The result of reading a pair of copies. */
export interface Selection {
  readonly pair: Pair;
  /** The decoded copies, so that an unchanged copy is decoded once. */
  readonly decoded: { readonly primary: Decoded | undefined; readonly backup: Decoded | undefined };
  readonly health: LedgerHealth;
  /** The content to show; `undefined` if there is none. */
  readonly snapshot: LedgerSnapshot | undefined;
  /** Whether the backup is a newer save that its writer didn't publish: it must be promoted before the next write. */
  readonly promotesBackup: boolean;
}

/** No ledger at all. */
export const emptySelection: Selection = {
  pair: { primary: { kind: "absent" }, backup: { kind: "absent" } },
  decoded: { primary: undefined, backup: undefined },
  health: { kind: "ok" },
  snapshot: undefined,
  promotesBackup: false,
};
