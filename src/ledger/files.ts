// Reading the two copies of a ledger: never a pipe that blocks, never a link that leads elsewhere, never half a pair.
import * as fs from "node:fs";
import * as path from "node:path";
import { maxLedgerBytes, type ProblemCode } from "./health";

/** Where the files of one ledger are. */
export interface LedgerPaths {
  /** The folder that holds all sessions; nothing outside it is ever touched. */
  readonly root: string;
  readonly folder: string;
  readonly primary: string;
  readonly backup: string;
  readonly lock: string;
}

/** What stands at the path of one copy. */
export type CopyOnDisk =
  | { readonly kind: "absent" }
  | {
      readonly kind: "file";
      readonly bytes: Buffer;
      /** Changes whenever the file does: device, inode, size and times. */
      readonly stamp: string;
    }
  | { readonly kind: "trouble"; readonly code: ProblemCode; readonly message: string };

export interface Pair {
  readonly primary: CopyOnDisk;
  readonly backup: CopyOnDisk;
}

/** What a pair looked like from outside, without its content. */
export interface PairStamp {
  readonly primary: string;
  readonly backup: string;
}

export function ledgerPaths(root: string, primary: string): LedgerPaths {
  return { root, folder: path.dirname(primary), primary, backup: `${primary}.bak`, lock: `${primary}.lock` };
}

// O_NONBLOCK: opening a pipe must not wait for a writer. O_NOFOLLOW: a link is no ledger. Neither exists on
// Windows, where `undefined` counts as no bits.
const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = fs.constants;

/** Reads both copies at once, for a holder of the lock. */
export function readPairSync(paths: LedgerPaths): Pair {
  const obstacle = folderTroubleSync(paths);
  if (obstacle !== undefined) return { primary: obstacle, backup: obstacle };
  return { primary: readCopySync(paths.primary), backup: readCopySync(paths.backup) };
}

/**
 * Reads both copies without the lock. Writers replace the copies one after the other, so the pair counts only when
 * neither was replaced while it was read; `undefined` when writers were quicker each time.
 * @param known what the caller has already; its bytes are not read again
 */
export async function readPair(paths: LedgerPaths, known?: Pair): Promise<Pair | undefined> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(attempt, 20)));
    const [obstacle, before] = await Promise.all([folderTrouble(paths), stampPair(paths)]);
    if (obstacle !== undefined) return { primary: obstacle, backup: obstacle };
    const [primary, backup] = await Promise.all([
      readCopy(paths.primary, before.primary, known?.primary),
      readCopy(paths.backup, before.backup, known?.backup),
    ]);
    const after = await stampPair(paths);
    if (before.primary === after.primary && before.backup === after.backup) return { primary, backup };
  }
  return undefined;
}

/** The stamp of a file just written; when it can't be had, one that is never met, so that the file is read again. */
export function stampSync(file: string): string {
  try {
    return stamp(fs.lstatSync(file, { bigint: true }));
  } catch {
    return "unknown";
  }
}

async function stampPair(paths: LedgerPaths): Promise<PairStamp> {
  const [primary, backup] = await Promise.all([stampPath(paths.primary), stampPath(paths.backup)]);
  return { primary, backup };
}

async function stampPath(file: string): Promise<string> {
  try {
    return stamp(await fs.promises.lstat(file, { bigint: true }));
  } catch {
    return "absent"; // Reading it says why.
  }
}

function stamp(stat: fs.BigIntStats): string {
  return [stat.dev, stat.ino, stat.size, stat.mtimeNs, stat.ctimeNs].join(":");
}

async function readCopy(file: string, expected: string, known: CopyOnDisk | undefined): Promise<CopyOnDisk> {
  if (known?.kind === "file" && known.stamp === expected) return known;
  let handle: fs.promises.FileHandle | undefined;
  try {
    handle = await fs.promises.open(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const stat = await handle.stat({ bigint: true });
    return unfit(file, stat) ?? { kind: "file", bytes: await readBytes(handle, stat.size), stamp: stamp(stat) };
  } catch (error) {
    return trouble(file, error);
  } finally {
    await handle?.close().catch(() => undefined); // All of it was read.
  }
}

/** As one read wherever the system lets it be one: `readFile` would come back for every half megabyte. */
async function readBytes(handle: fs.promises.FileHandle, size: bigint): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(Number(size));
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break; // Cut short meanwhile, which its stamp tells.
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function readCopySync(file: string): CopyOnDisk {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const stat = fs.fstatSync(descriptor, { bigint: true });
    return unfit(file, stat) ?? { kind: "file", bytes: fs.readFileSync(descriptor), stamp: stamp(stat) };
  } catch (error) {
    return trouble(file, error);
  } finally {
    if (descriptor !== undefined) closeQuietly(descriptor);
  }
}

/** For descriptors that nothing was written through: whatever was done with them stays done when closing them fails. */
export function closeQuietly(descriptor: number): void {
  try {
    fs.closeSync(descriptor);
  } catch {
    // The descriptor is gone all the same.
  }
}

function unfit(file: string, stat: fs.BigIntStats): CopyOnDisk | undefined {
  if (!stat.isFile()) return { kind: "trouble", code: "not-a-file", message: `${file} is not a regular file` };
  if (stat.size <= BigInt(maxLedgerBytes)) return undefined;
  return { kind: "trouble", code: "too-large", message: `${file} has ${String(stat.size)} bytes` };
}

async function folderTrouble(paths: LedgerPaths): Promise<CopyOnDisk | undefined> {
  try {
    const [root, folder] = await Promise.all([fs.promises.realpath(paths.root), fs.promises.realpath(paths.folder)]);
    return outside(paths, root, folder);
  } catch (error) {
    return trouble(paths.folder, error);
  }
}

/** Why the session's folder must not be read or written: it leads out of the storage folder, or can't be reached. */
export function folderTroubleSync(paths: LedgerPaths): CopyOnDisk | undefined {
  try {
    return outside(paths, fs.realpathSync.native(paths.root), fs.realpathSync.native(paths.folder));
  } catch (error) {
    return trouble(paths.folder, error);
  }
}

function outside(paths: LedgerPaths, root: string, folder: string): CopyOnDisk | undefined {
  if (folder.startsWith(root + path.sep)) return undefined;
  return { kind: "trouble", code: "outside-storage", message: `${paths.folder} leads to ${folder}, outside ${root}` };
}

function trouble(file: string, error: unknown): CopyOnDisk {
  const { code } = error as NodeJS.ErrnoException;
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case "ENOENT":
      return missing(file);
    case "ELOOP":
    case "EMLINK": // FreeBSD's answer to O_NOFOLLOW.
      return { kind: "trouble", code: "outside-storage", message: `${file} is a symbolic link` };
    case "EACCES":
    case "EPERM":
      return { kind: "trouble", code: "no-permission", message };
    case "ENOTDIR":
    case "EISDIR":
    case "ENXIO":
      return { kind: "trouble", code: "not-a-file", message };
    default:
      return { kind: "trouble", code: "input-output", message };
  }
}

/** Nothing, unless a link leads there: a broken one would pass for absent, and what is made goes where it leads. */
function missing(file: string): CopyOnDisk {
  try {
    if (fs.lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return { kind: "absent" };
    return { kind: "trouble", code: "outside-storage", message: `${file} is a symbolic link that leads nowhere` };
  } catch (error) {
    return trouble(file, error);
  }
}
