// The lock that ntm takes: flock(2), on Windows LockFileEx, called through koffi, which is loaded on first use.
// Locks live as long as the open file and die with the process; lock files are never deleted, as waiters hold them open.
import * as fs from "node:fs";
import type * as Koffi from "koffi";
import { closeQuietly } from "./files";
import { LockTimeoutError, LockUnavailableError } from "./lockErrors";
import { holderOf } from "./lockHolder";

/** A lock that is held. Releasing it twice does no harm. */
export interface HeldLock {
  release(): void;
}

interface LockFile {
  /** Whether the lock was free and is now ours. */
  readonly tryLock: () => boolean;
  /** Whether the path still leads to this file; a lock on a file that was replaced guards nothing. */
  readonly isCurrent: () => boolean;
  /** Gives the lock up. Never throws. */
  readonly close: () => void;
}

type OpenLockFile = (path: string) => LockFile;

/** Loads the native lock now rather than on the first change. @throws {LockUnavailableError} */
export function ensureLockAvailable(): void {
  openLockFile();
}

/**
 * Waits for an exclusive lock without blocking the event loop; the file is made if need be.
 * @throws {LockTimeoutError} after `timeoutMs` milliseconds
 * @throws {LockUnavailableError}
 */
export async function acquireLock(path: string, timeoutMs: number): Promise<HeldLock> {
  const open = openLockFile();
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

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    action();
  };
}

let opener: OpenLockFile | undefined;

function openLockFile(): OpenLockFile {
  try {
    opener ??= process.platform === "win32" ? windowsLock() : posixLock();
    return opener;
  } catch (error) {
    throw new LockUnavailableError("the native file lock could not be loaded", { cause: error });
  }
}

function loadKoffi(): typeof Koffi {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- loaded on the first write, never at activation
  return require("koffi") as typeof Koffi;
}

const LOCK_EX = 2;
const LOCK_NB = 4;

function posixLock(): OpenLockFile {
  const koffi = loadKoffi();
  const library = koffi.load(process.platform === "darwin" ? "libSystem.B.dylib" : null);
  const flock = library.func("int flock(int fd, int operation)") as (descriptor: number, operation: number) => number;
  const { EINTR, EAGAIN } = koffi.os.errno;
  const { O_RDWR, O_CREAT, O_NOFOLLOW, O_NONBLOCK } = fs.constants;
  const openOrMake = (path: string): number => {
    const flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK;
    try {
      return fs.openSync(path, flags);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    const descriptor = fs.openSync(path, flags | O_CREAT, 0o600);
    return closingOnFailure(descriptor, () => {
      fs.fchmodSync(descriptor, 0o600); // Whatever the umask: ntm must be able to open it too.
      return descriptor;
    });
  };
  return (path) => {
    const descriptor = openOrMake(path);
    const ours = closingOnFailure(descriptor, () => {
      const stat = fs.fstatSync(descriptor);
      if (!stat.isFile()) throw new Error(`${path} is not a regular file`);
      return stat;
    });
    return {
      tryLock() {
        while (flock(descriptor, LOCK_EX | LOCK_NB) !== 0) {
          const code = koffi.errno();
          if (code === EAGAIN) return false;
          if (code !== EINTR) throw new Error(`flock failed with error ${code}`);
        }
        return true;
      },
      isCurrent() {
        const theirs = fs.lstatSync(path, { throwIfNoEntry: false });
        return ours.ino === theirs?.ino && ours.dev === theirs.dev;
      },
      close() {
        closeQuietly(descriptor);
      },
    };
  };
}

function closingOnFailure<T>(descriptor: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    closeQuietly(descriptor);
    throw error;
  }
}

/** ntm locks the first byte with LockFileEx. The handle is opened here, as a C runtime wouldn't know Node's descriptors. */
function windowsLock(): OpenLockFile {
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
  const openAlways = 4;
  const exclusiveImmediately = 3;
  const lockViolation = 33;
  return (path) => {
    const handle = createFile(path, readWrite, shareAll, null, openAlways, 0x80, 0);
    if (handle === -1) throw new Error(`CreateFile failed with error ${lastError()}`);
    return {
      tryLock() {
        if (lockFile(handle, exclusiveImmediately, 0, 1, 0, Buffer.alloc(32))) return true;
        const code = lastError();
        if (code === lockViolation) return false;
        throw new Error(`LockFileEx failed with error ${code}`);
      },
      isCurrent: () => true, // Windows doesn't let go of the name of an open file.
      close() {
        closeHandle(handle);
      },
    };
  };
}
