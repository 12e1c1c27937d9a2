// Reads the two copies of a ledger: never blocks on a pipe, never follows a link, never returns an inconsistent pair.
import * as fs from "node:fs";
import * as path from "node:path";
import type { ProblemCode } from "./health";
import type { LedgerPaths } from "./paths";

/** Larger ledgers are not read: that would block the extension host for seconds. 50,000 rows take about 25 MB. */
export const maxLedgerBytes = 40_000_000;

/** The state of one copy's path. */
export type CopyOnDisk =
  | { readonly kind: "absent" }
  | {
      readonly kind: "file";
      readonly bytes: Buffer;
      /** Changes whenever the file changes: device, inode, size and times. */
      readonly stamp: string;
    }
  | { readonly kind: "problem"; readonly code: ProblemCode; readonly message: string; readonly size?: number };

export interface Pair {
  readonly primary: CopyOnDisk;
  readonly backup: CopyOnDisk;
}

/** The stamps of a pair. */
export interface PairStamp {
  readonly primary: string;
  readonly backup: string;
}

// O_NONBLOCK: opening a pipe must not wait for a writer. O_NOFOLLOW: symbolic links are refused. Neither exists on
// Windows, where `undefined` sets no bits.
const { O_RDONLY, O_NONBLOCK, O_NOFOLLOW } = fs.constants;

/** Reads both copies. The lock must be held. */
export function readPairSync(paths: LedgerPaths): Pair {
  const obstacle = folderProblemSync(paths);
  if (obstacle !== undefined) return { primary: obstacle, backup: obstacle };
  return { primary: readCopySync(paths.primary), backup: readCopySync(paths.backup) };
}

/**
 * Reads both copies without the lock. Writers replace the copies one after the other, so a pair is consistent only if
 * neither was replaced while it was read; `undefined` if that failed repeatedly.
 * @param known the pair that the caller has already; unchanged files are not read again
 */
export async function readPair(paths: LedgerPaths, known?: Pair): Promise<Pair | undefined> {
  for (let attempt = 0; attempt < 50; attempt++) {
    if (attempt > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(attempt, 20)));
    const [obstacle, before] = await Promise.all([folderProblem(paths), stampPair(paths)]);
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

/** The stamp of a file just written; if it can't be read, one that no file has, so that the file is read again. */
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
    return "absent"; // Reading the copy reports the reason.
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
    return unsuitable(file, stat) ?? { kind: "file", bytes: await readBytes(handle, stat.size), stamp: stamp(stat) };
  } catch (error) {
    return await problem(file, error);
  } finally {
    await handle?.close().catch(() => undefined); // Everything was read: a failure loses nothing.
  }
}

/** In one read where the system allows it: `readFile` reads half a megabyte at a time. */
async function readBytes(handle: fs.promises.FileHandle, size: bigint): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(Number(size));
  let length = 0;
  while (length < bytes.length) {
    const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length);
    if (bytesRead === 0) break; // Truncated while it was read; the stamp shows that.
    length += bytesRead;
  }
  return bytes.subarray(0, length);
}

function readCopySync(file: string): CopyOnDisk {
  let descriptor: number | undefined;
  try {
    descriptor = fs.openSync(file, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
    const stat = fs.fstatSync(descriptor, { bigint: true });
    return unsuitable(file, stat) ?? { kind: "file", bytes: fs.readFileSync(descriptor), stamp: stamp(stat) };
  } catch (error) {
    return problemSync(file, error);
  } finally {
    if (descriptor !== undefined) closeQuietly(descriptor);
  }
}

/** For descriptors through which nothing was written: nothing is lost if closing one fails. */
export function closeQuietly(descriptor: number): void {
  try {
    fs.closeSync(descriptor);
  } catch {
    // The descriptor is released anyway.
  }
}

function unsuitable(file: string, stat: fs.BigIntStats): CopyOnDisk | undefined {
  if (!stat.isFile()) return { kind: "problem", code: "not-a-file", message: `${file} is not a regular file` };
  if (stat.size <= BigInt(maxLedgerBytes)) return undefined;
  return {
    kind: "problem",
    code: "too-large",
    message: `${file} has ${String(stat.size)} bytes`,
    size: Number(stat.size),
  };
}

async function folderProblem(paths: LedgerPaths): Promise<CopyOnDisk | undefined> {
  try {
    const [root, folder] = await Promise.all([fs.promises.realpath(paths.root), fs.promises.realpath(paths.folder)]);
    return outside(paths, root, folder);
  } catch (error) {
    return aboutFolder(await problem(paths.folder, error));
  }
}

/** Why the session's folder must not be read or written: it is outside the storage folder, or not accessible. */
export function folderProblemSync(paths: LedgerPaths): CopyOnDisk | undefined {
  try {
    return outside(paths, fs.realpathSync.native(paths.root), fs.realpathSync.native(paths.folder));
  } catch (error) {
    return aboutFolder(problemSync(paths.folder, error));
  }
}

/** A link in the place of the folder leads nowhere in the storage folder, even if it leads nowhere at all. */
function aboutFolder(problem: CopyOnDisk): CopyOnDisk {
  return problem.kind === "problem" && problem.code === "symbolic-link"
    ? { ...problem, code: "outside-storage" }
    : problem;
}

function outside(paths: LedgerPaths, root: string, folder: string): CopyOnDisk | undefined {
  if (folder.startsWith(root + path.sep)) return undefined;
  return { kind: "problem", code: "outside-storage", message: `${paths.folder} leads to ${folder}, outside ${root}` };
}

async function problem(file: string, error: unknown): Promise<CopyOnDisk> {
  if (!isMissing(error)) return problemOf(file, error);
  try {
    return missing(file, await fs.promises.lstat(file));
  } catch (secondError) {
    return isMissing(secondError) ? { kind: "absent" } : problemOf(file, secondError);
  }
}

function problemSync(file: string, error: unknown): CopyOnDisk {
  if (!isMissing(error)) return problemOf(file, error);
  try {
    return missing(file, fs.lstatSync(file, { throwIfNoEntry: false }));
  } catch (secondError) {
    return problemOf(file, secondError);
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}

/** Absent, unless it is a dangling link: a file created through that would be written to the link's target. */
function missing(file: string, stat: fs.Stats | undefined): CopyOnDisk {
  return stat?.isSymbolicLink() === true
    ? { kind: "problem", code: "symbolic-link", message: `${file} is a symbolic link that leads nowhere` }
    : { kind: "absent" };
}

function problemOf(file: string, error: unknown): CopyOnDisk {
  const { code } = error as NodeJS.ErrnoException;
  const message = error instanceof Error ? error.message : String(error);
  switch (code) {
    case "ELOOP":
    case "EMLINK": // FreeBSD's answer to O_NOFOLLOW.
      return { kind: "problem", code: "symbolic-link", message: `${file} is a symbolic link` };
    case "EACCES":
    case "EPERM":
      return { kind: "problem", code: "no-permission", message };
    case "ENOTDIR":
    case "EISDIR":
    case "ENXIO":
      return { kind: "problem", code: "not-a-file", message };
    default:
      return { kind: "problem", code: "input-output", message };
  }
}
