// The two repairs there are. Each copies what it replaces beside the ledger first, so that no byte is ever lost.
import * as fs from "node:fs";
import type { CopyOnDisk, LedgerPaths } from "./files";
import type { Copy } from "./health";
import { withFolder, writeCopy } from "./publish";
import type { Selection } from "./select";

/** The problem has no remedy that could be applied without a person's judgement. */
class NoRepairError extends Error {
  override readonly name = "NoRepairError";
}

/**
 * Promotes the good backup, or publishes the good primary over the backup, as the selection's problem asks for.
 * @param time goes into the names of the saved copies
 * @returns the paths of the saved copies
 * @throws {NoRepairError} or a file system error: then both copies are as they were, or it is not sure yet that the
 *   repair would outlive a power cut
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

/** Writes a new file, never over another one, as private as the file it is a copy of. */
function saveBeside(wanted: string, original: string, bytes: Uint8Array): string {
  for (let number = 1; ; number++) {
    const file = number === 1 ? wanted : `${wanted}.${number}`;
    try {
      const descriptor = fs.openSync(file, "wx", fs.statSync(original).mode & 0o777);
      try {
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
