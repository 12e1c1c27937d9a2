// Putting bytes on disk so that every reader, old and new, finds a whole ledger at every moment, whenever we are killed.
// The caller holds the lock. What throws has left the ledger as it was; what returns is durable.
import * as fs from "node:fs";
import * as path from "node:path";
import type writeFileAtomic from "write-file-atomic";
import { closeQuietly, type LedgerPaths } from "./files";
import type { Selection } from "./select";
import { newestSchema } from "./snapshot";

/** Which step of a save failed. */
export class PublishError extends Error {
  override readonly name = "PublishError";
  constructor(
    readonly operation: "promote newer backup" | "save backup" | "save" | "sync directory",
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super(`${operation} failed`);
  }
}

/**
 * Publishes an encoded ledger over what was selected.
 * @returns whether both copies hold it now; one that does is a whole ledger too
 * @throws {PublishError}
 */
export function publish(paths: LedgerPaths, selection: Selection, schema: number, bytes: Buffer): boolean {
  const publishAll = schema >= newestSchema ? publishWithGeneration : publishLegacy;
  return withFolder(paths.folder, (sync) => {
    if (selection.promotesBackup) promote(paths, selection, sync);
    return publishAll(paths, selection, bytes, sync);
  });
}

/** Completes the save that its writer published to the backup only. */
function promote(paths: LedgerPaths, { pair }: Selection, sync: Sync): void {
  if (pair.backup.kind !== "file") return;
  const { bytes } = pair.backup;
  attempt("promote newer backup", paths.primary, () => {
    writeCopy(paths.primary, paths.backup, bytes);
    sync();
  });
}

/**
 * Schema 9: the backup first, then the primary (`docs/ledger.md`, "A save"). A backup one generation ahead is what every
 * reader takes, so the save is done once the backup is durable: a primary that fails after that is the next save's to mend.
 */
function publishWithGeneration(paths: LedgerPaths, selection: Selection, bytes: Buffer, sync: Sync): boolean {
  const before = selection.pair.backup;
  attempt("save backup", paths.backup, () => {
    writeCopy(paths.backup, paths.primary, bytes);
  });
  attempt("sync directory", paths.folder, sync, () => {
    restore(paths.backup, paths.primary, before.kind === "file" ? before.bytes : undefined, sync);
  });
  try {
    writeCopy(paths.primary, paths.backup, bytes);
    sync();
    return true;
  } catch {
    return false; // Committed: see above.
  }
}

/**
 * Below schema 9 no generation tells two copies apart, and today's ntm refuses a pair that differs. So the backup goes
 * away, the primary is replaced, and its copy becomes the backup: old and new ntm load every state between.
 */
function publishLegacy(paths: LedgerPaths, { pair }: Selection, bytes: Buffer, sync: Sync): boolean {
  const parked = `${paths.backup}.${process.pid}`;
  const hasBackup = pair.backup.kind === "file";
  const unpark = (): void => {
    if (hasBackup) fs.renameSync(parked, paths.backup);
  };
  if (hasBackup) {
    attempt("save backup", paths.backup, () => {
      fs.renameSync(paths.backup, parked);
    });
    attempt("sync directory", paths.folder, sync, unpark);
  }
  const reference = hasBackup ? parked : paths.primary;
  attempt(
    "save",
    paths.primary,
    () => {
      writeCopy(paths.primary, reference, bytes);
    },
    unpark,
  );
  attempt("sync directory", paths.folder, sync, () => {
    restore(paths.primary, reference, pair.primary.kind === "file" ? pair.primary.bytes : undefined, sync);
    unpark();
  });
  try {
    try {
      writeCopy(paths.backup, reference, bytes);
    } finally {
      if (hasBackup) fs.unlinkSync(parked);
    }
    sync();
    return true;
  } catch {
    return false; // The primary alone is a whole ledger, and the next save makes a backup again.
  }
}

/** Removes what killed writers of ours left behind: only the lock's holder writes such files, so none is in use. */
export function removeLeftovers(paths: LedgerPaths): void {
  const primary = path.basename(paths.primary);
  for (const name of fs.readdirSync(paths.folder)) {
    if (!name.startsWith(primary) || !/^(?:\.bak)?\.\d+$/.test(name.slice(primary.length))) continue;
    fs.rmSync(path.join(paths.folder, name), { force: true });
  }
}

/**
 * Replaces one file: temporary file, fsync, rename. Mode and owner are those of the file, or of its sibling, or ours alone.
 * The folder is not synced.
 */
export function writeCopy(file: string, sibling: string, bytes: Uint8Array): void {
  const model = fs.statSync(file, { throwIfNoEntry: false }) ?? fs.statSync(sibling, { throwIfNoEntry: false });
  loadWriter().sync(file, "", {
    mode: model?.mode ?? 0o600,
    ...(model !== undefined && process.platform !== "win32" && { chown: { uid: model.uid, gid: model.gid } }),
    // write-file-atomic takes a short write for a whole one, and would publish a torn file when the disk is full.
    tmpfileCreated: (temporary) => {
      fs.chmodSync(temporary, 0o600); // The umask or the mode to be may forbid opening it again.
      fs.writeFileSync(temporary, bytes);
    },
  });
}

function loadWriter(): typeof writeFileAtomic {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first write, never at activation
  return require("write-file-atomic") as typeof writeFileAtomic;
}

/** Makes the renames in a folder durable. */
export type Sync = () => void;

/**
 * Holds a folder open meanwhile: once something was renamed in it, making that durable can't fail for want of a
 * descriptor. Windows has no such thing, and needs none.
 */
export function withFolder<T>(folder: string, work: (sync: Sync) => T): T {
  if (process.platform === "win32") return work(() => undefined);
  const descriptor = fs.openSync(folder, fs.constants.O_RDONLY);
  try {
    return work(() => {
      fs.fsyncSync(descriptor);
    });
  } finally {
    closeQuietly(descriptor);
  }
}

function restore(file: string, sibling: string, bytes: Uint8Array | undefined, sync: Sync): void {
  if (bytes === undefined) fs.unlinkSync(file);
  else writeCopy(file, sibling, bytes);
  sync();
}

/** Runs a step; when it fails, takes back what came before, and says which step it was. */
function attempt(operation: PublishError["operation"], file: string, step: () => void, undo?: () => void): void {
  try {
    step();
  } catch (error) {
    let cause: unknown = error;
    try {
      undo?.();
    } catch (undoError) {
      cause = new AggregateError([error, undoError], `${String(error)}; and undoing it failed: ${String(undoError)}`);
    }
    throw new PublishError(operation, file, cause);
  }
}
