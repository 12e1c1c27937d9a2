// Where the files of a ledger are.
import { createHash } from "node:crypto";
import * as path from "node:path";

/** The paths of one ledger's files. */
export interface LedgerPaths {
  /** The folder that contains all sessions; nothing outside it is accessed. */
  readonly root: string;
  readonly folder: string;
  readonly primary: string;
  readonly backup: string;
  readonly lock: string;
}

export function ledgerPaths(root: string, primary: string): LedgerPaths {
  return { root, folder: path.dirname(primary), primary, backup: `${primary}.bak`, lock: `${primary}.lock` };
}

/** The lock that ntm holds while it works on a bead's row. */
export function beadLockPath({ primary }: Pick<LedgerPaths, "primary">, beadId: string): string {
  const digest = createHash("sha256").update(`bead\0${beadId}`).digest("hex").slice(0, 32);
  return `${primary}.atomic-bead-${digest}.lock`;
}
