// Writes a ledger so that every ntm release can load it at any time, even if this process is killed at any point.
// The caller holds the lock. If a function throws, the ledger is unchanged; if it returns, the ledger is durable.
import * as fs from "node:fs";
import * as path from "node:path";
import type writeFileAtomic from "write-file-atomic";
import { closeQuietly } from "./files";
import { ownerOfFolder } from "./owner";
import type { LedgerPaths } from "./paths";
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
 * Publishes an encoded ledger over the selection.
 * @returns whether both copies were written; one is a complete ledger, too
 * @throws {PublishError}
 */
export function publish(paths: LedgerPaths, selection: Selection, schema: number, bytes: Buffer): boolean {
  const publishAll = schema >= newestSchema ? publishWithGeneration : publishLegacy;
  return withFolder(paths.folder, (sync) => {
    if (selection.promotesBackup) promote(paths, selection, sync);
    return publishAll(paths, selection, bytes, sync);
  });
}

/** Completes a save that its writer published to the backup only. */
function promote(paths: LedgerPaths, { pair }: Selection, sync: Sync): void {
  if (pair.backup.kind !== "file") return;
  const { bytes } = pair.backup;
  runOperation("promote newer backup", paths.primary, () => {
    writeCopy(paths.primary, paths.backup, bytes);
    sync();
  });
}

/**
 * Schema 9: the backup first, then the primary (`docs/ledger.md`, "A save"). Every reader prefers a backup that is one
 * generation ahead, so the save is committed once the backup is durable; if the primary fails after that, the next save
 * promotes the backup.
 */
function publishWithGeneration(paths: LedgerPaths, selection: Selection, bytes: Buffer, sync: Sync): boolean {
  const before = selection.pair.backup;
  runOperation("save backup", paths.backup, () => {
    writeCopy(paths.backup, paths.primary, bytes);
  });
  runOperation("sync directory", paths.folder, sync, () => {
    restore(paths.backup, paths.primary, before.kind === "file" ? before.bytes : undefined);
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
 * Below schema 9 copies have no generation, and today's ntm refuses a pair that differs. So the backup is renamed away,
 * the primary is replaced, and its copy becomes the backup: old and new releases of ntm load every intermediate state.
 */
function publishLegacy(paths: LedgerPaths, { pair }: Selection, bytes: Buffer, sync: Sync): boolean {
  const aside = `${paths.backup}${ourMark}aside`;
  const hasBackup = pair.backup.kind === "file";
  const restoreAside = (): void => {
    if (hasBackup) fs.renameSync(aside, paths.backup);
  };
  if (hasBackup) {
    runOperation("save backup", paths.backup, () => {
      fs.renameSync(paths.backup, aside);
    });
    runOperation("sync directory", paths.folder, sync, restoreAside);
  }
  const reference = hasBackup ? aside : paths.primary;
  runOperation(
    "save",
    paths.primary,
    () => {
      writeCopy(paths.primary, reference, bytes);
    },
    restoreAside,
  );
  runOperation("sync directory", paths.folder, sync, () => {
    restore(paths.primary, reference, pair.primary.kind === "file" ? pair.primary.bytes : undefined);
    restoreAside();
  });
  try {
    try {
      writeCopy(paths.backup, reference, bytes);
    } finally {
      if (hasBackup) fs.unlinkSync(aside);
    }
    sync();
    return true;
  } catch {
    return false; // The primary alone is a complete ledger, and the next save makes a backup again.
  }
}

/** Part of the name of every temporary file that this package creates beside a ledger, and nothing else creates. */
const ourMark = ".ntm-assignments.";

/**
 * Removes what killed writers of this package left. Only the holder of the lock writes such files, so none is in use. Any other
 * file beside a ledger may be a user's copy, whatever its name.
 */
export function removeLeftovers(paths: LedgerPaths): void {
  for (const file of [paths.primary, paths.backup]) {
    const base = `${path.basename(file)}${ourMark}`;
    for (const name of fs.readdirSync(paths.folder)) {
      if (!name.startsWith(base) || !/^(?:aside|new(?:\.\d+)?)$/.test(name.slice(base.length))) continue;
      fs.rmSync(path.join(paths.folder, name), { force: true });
    }
  }
}

/**
 * Replaces one file: temporary file, fsync, rename. Mode and owner are taken from the file, else from its sibling; else the
 * mode is 0600 and the owner that of the folder. The folder is not synced.
 */
export function writeCopy(file: string, sibling: string, bytes: Uint8Array): void {
  const model = fs.statSync(file, { throwIfNoEntry: false }) ?? fs.statSync(sibling, { throwIfNoEntry: false });
  const owner = model ?? ownerOfFolder(path.dirname(file));
  // write-file-atomic names its temporary file after its target. With a target of ours, what a killed writer leaves can be
  // told from files of others.
  const target = `${file}${ourMark}new`;
  fs.rmSync(target, { force: true }); // A link under this name would be followed.
  loadWriter().sync(target, "", {
    mode: model?.mode ?? 0o600,
    ...(owner !== undefined && process.platform !== "win32" && { chown: { uid: owner.uid, gid: owner.gid } }),
    // write-file-atomic ignores short writes, and would publish a torn file when the disk is full.
    tmpfileCreated: (temporary) => {
      fs.chmodSync(temporary, 0o600); // The umask or the final mode may forbid opening it again.
      fs.writeFileSync(temporary, bytes);
    },
  });
  try {
    fs.renameSync(target, file);
  } catch (error) {
    fs.rmSync(target, { force: true });
    throw error;
  }
}

function loadWriter(): typeof writeFileAtomic {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first write, never at activation
  return require("write-file-atomic") as typeof writeFileAtomic;
}

/** Makes the renames in a folder durable. */
export type Sync = () => void;

/**
 * Keeps a folder open during `work`, so that syncing it after a rename can't fail because no descriptor is available.
 * Windows can't sync folders, and doesn't need to.
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

/** The renames that made the former state durable are undone; what can't be synced now couldn't be synced before either. */
function restore(file: string, sibling: string, bytes: Uint8Array | undefined): void {
  if (bytes === undefined) fs.unlinkSync(file);
  else writeCopy(file, sibling, bytes);
}

/** Runs a step; if it fails, undoes the steps before it and reports which step it was. */
function runOperation(operation: PublishError["operation"], file: string, step: () => void, undo?: () => void): void {
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
