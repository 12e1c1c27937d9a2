// ntm's lock: flock(2), on Windows LockFileEx, called through koffi, which is loaded on first use.
// A lock belongs to an open file and ends with the process. Lock files are never deleted, because waiters have them open.
import type * as Koffi from "koffi";
import * as fs from "node:fs";
import { closeQuietly } from "./files";
import { createOwned } from "./owner";

/** How long a change waits for all its locks together, if its caller doesn't say. */
export const defaultLockTimeoutMs = 10_000;

/** A lock that is held. Releasing it again has no effect. */
export interface HeldLock {
  release(): void;
}

interface LockFile {
  /** Takes the lock if it is free. @returns whether it is held now */
  readonly tryLock: () => boolean;
  /** Whether the path still names this file; a lock on a replaced file excludes no other process. */
  readonly isCurrent: () => boolean;
  /** Releases the lock. Never throws. */
  readonly close: () => void;
}

interface NativeLock {
  /** Opens a lock file, and creates it if it is missing. */
  readonly open: (path: string) => LockFile;
  /** Takes a shared lock on an existing file if no other process has an exclusive one, and releases it at once. */
  readonly isFree: (path: string) => boolean;
}

/** Loads the native lock now instead of on the first change. @throws {LockUnavailableError} */
export function ensureLockAvailable(): void {
  nativeLock();
}

/**
 * Waits for an exclusive lock without blocking the event loop. A missing lock file is created.
 * @throws {LockTimeoutError} after `timeoutMs` milliseconds
 * @throws {LockUnavailableError}
 */
export async function acquireLock(path: string, timeoutMs: number): Promise<HeldLock> {
  const { open } = nativeLock();
  const start = performance.now();
  for (let delay = 1; ; delay = Math.min(delay * 2, 10)) {
    const file = open(path);
    let isHeld = false;
    try {
      isHeld = file.tryLock() && file.isCurrent();
    } finally {
      if (!isHeld) file.close();
    }
    if (isHeld) return { release: once(file.close) };
    if (performance.now() - start >= timeoutMs) throw new LockTimeoutError(timeoutMs, holderOf(path));
    await new Promise((resolve) => setTimeout(resolve, delay));
  }
}

/** Whether an existing lock file is free; the lock is never waited for or kept. Never throws. */
export function tryLockShared(path: string): "free" | "taken" | "unknown" {
  try {
    return nativeLock().isFree(path) ? "free" : "taken";
  } catch {
    return "unknown"; // No native lock, or the file is gone or not accessible.
  }
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

let loaded: NativeLock | undefined;

function nativeLock(): NativeLock {
  try {
    loaded ??= process.platform === "win32" ? windowsLock() : posixLock();
    return loaded;
  } catch (error) {
    throw new LockUnavailableError("the native file lock could not be loaded", { cause: error });
  }
}

function loadKoffi(): typeof Koffi {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first write, never at activation
  return require("koffi") as typeof Koffi;
}

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;

function posixLock(): NativeLock {
  const koffi = loadKoffi();
  const library = koffi.load(process.platform === "darwin" ? "libSystem.B.dylib" : null);
  const flock = library.func("int flock(int fd, int operation)") as (descriptor: number, operation: number) => number;
  const { errno } = koffi.os;
  const { EINTR, EAGAIN } = errno;
  const { O_RDWR, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  const openOrCreate = (path: string): number => {
    const flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK;
    for (;;) {
      try {
        return fs.openSync(path, flags);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      }
      const descriptor = createOwned(path, flags);
      if (descriptor !== undefined) return descriptor;
    }
  };
  const tryFlock = (descriptor: number, operation: number): boolean => {
    while (flock(descriptor, operation | LOCK_NB) !== 0) {
      const code = koffi.errno();
      if (code === EAGAIN) return false;
      if (code !== EINTR) throw flockError(code, errno);
    }
    return true;
  };
  const isFree = (path: string): boolean => {
    const descriptor = fs.openSync(path, fs.constants.O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return tryFlock(descriptor, LOCK_SH);
    } finally {
      closeQuietly(descriptor);
    }
  };
  const open = (path: string): LockFile => {
    const descriptor = openOrCreate(path);
    const ours = closingOnFailure(descriptor, () => {
      const stat = fs.fstatSync(descriptor);
      if (!stat.isFile()) throw new Error(`${path} is not a regular file`);
      return stat;
    });
    return {
      tryLock: () => tryFlock(descriptor, LOCK_EX),
      isCurrent() {
        const theirs = fs.lstatSync(path, { throwIfNoEntry: false });
        return ours.ino === theirs?.ino && ours.dev === theirs.dev;
      },
      close() {
        closeQuietly(descriptor);
      },
    };
  };
  return { open, isFree };
}

/** With the system's name for the error, such as `ENOLCK` on a file system without locks. */
function flockError(number: number, errno: Readonly<Record<string, number>>): NodeJS.ErrnoException {
  const code = Object.keys(errno).find((name) => errno[name] === number) ?? `error ${number}`;
  return Object.assign(new Error(`flock failed with ${code}`), { code });
}

function closingOnFailure<T>(descriptor: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    closeQuietly(descriptor);
    throw error;
  }
}

/** ntm locks the first byte with LockFileEx. The handle is opened here: Node's descriptors are unknown to other C runtimes. */
function windowsLock(): NativeLock {
  const koffi = loadKoffi();
  const kernel = koffi.load("kernel32.dll");
  const createFile = kernel.func(
    "intptr_t __stdcall CreateFileW(str16 name, uint32_t access, uint32_t share, void *security, uint32_t creation, uint32_t flags, intptr_t template)",
  ) as (...args: unknown[]) => number;
  const lockFile = kernel.func(
    "bool __stdcall LockFileEx(intptr_t handle, uint32_t flags, uint32_t reserved, uint32_t low, uint32_t high, void *overlapped)",
  ) as (...args: unknown[]) => boolean;
  const closeHandle = kernel.func("bool __stdcall CloseHandle(intptr_t handle)") as (handle: number) => boolean;
  const lastError = kernel.func("uint32_t __stdcall GetLastError()") as () => number;
  const readWrite = 0xc0000000;
  const shareAll = 7;
  const openExisting = 3;
  const openAlways = 4;
  const sharedImmediately = 1;
  const exclusiveImmediately = 3;
  const lockViolation = 33;
  const openHandle = (path: string, creation: number): number => {
    const handle = createFile(path, readWrite, shareAll, null, creation, 0x80, 0);
    if (handle === -1) throw new Error(`CreateFile failed with error ${lastError()}`);
    return handle;
  };
  const tryLockFile = (handle: number, flags: number): boolean => {
    if (lockFile(handle, flags, 0, 1, 0, Buffer.alloc(32))) return true;
    const code = lastError();
    if (code === lockViolation) return false;
    throw new Error(`LockFileEx failed with error ${code}`);
  };
  const isFree = (path: string): boolean => {
    const handle = openHandle(path, openExisting);
    try {
      return tryLockFile(handle, sharedImmediately);
    } finally {
      closeHandle(handle);
    }
  };
  const open = (path: string): LockFile => {
    const handle = openHandle(path, openAlways);
    return {
      tryLock: () => tryLockFile(handle, exclusiveImmediately),
      isCurrent: () => true, // Windows doesn't replace files that are open.
      close() {
        closeHandle(handle);
      },
    };
  };
  return { open, isFree };
}

/** Name and id of the process that holds a flock on the file, e.g. `ntm (4711)`; `undefined` if unknown. */
function holderOf(path: string): string | undefined {
  try {
    const file = fs.statSync(path);
    // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:131093 0 EOF
    for (const line of fs.readFileSync("/proc/locks", "utf8").split("\n")) {
      const match = /^\d+: FLOCK\s+ADVISORY\s+WRITE (\d+) [0-9a-f]+:[0-9a-f]+:(\d+) /.exec(line);
      const pid = match?.[1];
      if (pid === undefined || match?.[2] !== String(file.ino) || !hasOpen(pid, file)) continue;
      return `${fs.readFileSync(`/proc/${pid}/comm`, "utf8").trim()} (${pid})`;
    }
  } catch {
    // No /proc, or the holder has ended meanwhile: the message has no name then.
  }
  return undefined;
}

/** Inode numbers repeat across devices, and some file systems report another device in /proc/locks than in `stat`. */
function hasOpen(pid: string, { dev, ino }: fs.Stats): boolean {
  const folder = `/proc/${pid}/fd`;
  if (!fs.existsSync(folder)) return false;
  return fs.readdirSync(folder).some((descriptor) => {
    const file = fs.statSync(`${folder}/${descriptor}`, { throwIfNoEntry: false });
    return file?.dev === dev && file.ino === ino;
  });
}

/** The native lock can't be loaded: ledgers can be read but not written. */
export class LockUnavailableError extends Error {
  override readonly name = "LockUnavailableError";
}

/** Another process held the lock for longer than the time limit. */
export class LockTimeoutError extends Error {
  override readonly name = "LockTimeoutError";
  constructor(
    readonly waitedMs: number,
    /** The holding process, e.g. `ntm (4711)`, if the system reports it. */
    readonly holder: string | undefined,
  ) {
    super(`locked by ${holder ?? "another process"} for more than ${waitedMs} ms`);
  }
}
