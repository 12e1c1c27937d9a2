// The two repairs. Each first copies what it replaces beside the ledger, so that nothing is lost.
import * as fs from "node:fs";
import type { CopyOnDisk } from "./files";
import type { Copy } from "./health";
import type { LedgerPaths } from "./paths";
import { withFolder, writeCopy } from "./publish";
import type { Selection } from "./select";

/** The problem has no remedy that can be applied automatically. */
class NoRepairError extends Error {
  override readonly name = "NoRepairError";
}

/**
 * Promotes a valid backup, or publishes a valid primary over the backup, according to the problem's remedy.
 * @param time becomes part of the names of the saved copies
 * @returns the paths of the saved copies
 * @throws {NoRepairError} or a file system error: either both copies are unchanged, or the repair is done but may not
 *   survive a power failure
 */
export function repairPair(paths: LedgerPaths, { pair, health }: Selection, time: string): readonly string[] {
  if (health.kind === "ok") return [];
  switch (health.problem.remedy) {
    case "promote-backup":
      return replace(paths, "primary", pair.primary, pair.backup, time);
    case "publish-primary":
      return replace(paths, "backup", pair.backup, pair.primary, time);
    default:
      throw new NoRepairError(health.problem.message);
  }
}

function replace(
  paths: LedgerPaths,
  copy: Copy,
  replaced: CopyOnDisk,
  good: CopyOnDisk,
  time: string,
): readonly string[] {
  if (good.kind !== "file") throw new NoRepairError("the good copy is gone");
  return withFolder(paths.folder, (sync) => {
    const saved: string[] = [];
    if (replaced.kind === "file") {
      saved.push(saveBeside(`${paths.primary}.${copy}-${time.replaceAll(":", "-")}`, paths[copy], replaced.bytes));
      sync();
    }
    writeCopy(paths[copy], copy === "primary" ? paths.backup : paths.primary, good.bytes);
    sync();
    return saved;
  });
}

/** Writes a new file with the mode and, for a superuser, the owner of the original; never overwrites a file. */
function saveBeside(wanted: string, original: string, bytes: Uint8Array): string {
  for (let number = 1; ; number++) {
    const file = number === 1 ? wanted : `${wanted}.${number}`;
    try {
      const { mode, uid, gid } = fs.statSync(original);
      const descriptor = fs.openSync(file, "wx", mode & 0o777);
      try {
        if (process.geteuid?.() === 0) fs.fchownSync(descriptor, uid, gid);
        fs.writeFileSync(descriptor, bytes);
        fs.fsyncSync(descriptor);
      } catch (error) {
        fs.rmSync(file, { force: true });
        throw error;
      } finally {
        fs.closeSync(descriptor);
      }
      return file;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
