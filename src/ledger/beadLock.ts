// Whether an ntm process is working on a bead, according to its lock: without creating the lock file, waiting, or holding the lock.
import * as fs from "node:fs";
import { tryLockShared } from "./lock";
import { beadLockPath } from "./paths";

/** `unknown`: the system gives no reliable answer, which must not be taken for `free`. */
export type LockState = "free" | "taken" | "unknown";

/** The state of each bead's lock, in the order of the beads. A lock file that doesn't exist is free. */
export async function beadLockStates(primary: string, beadIds: readonly string[]): Promise<readonly LockState[]> {
  const held = await heldLocks();
  return Promise.all(beadIds.map((beadId) => lockState(beadLockPath({ primary }, beadId), held)));
}

interface HeldBeadLock {
  readonly pid: string;
  /** As in `stat`; some file systems, such as btrfs and overlays, report another device here. */
  readonly device: string;
  readonly inode: string;
}

/** Every flock that processes of this system hold; `undefined` where the system doesn't list them. */
async function heldLocks(): Promise<readonly HeldBeadLock[] | undefined> {
  if (process.platform !== "linux") return undefined;
  let text: string;
  try {
    text = await fs.promises.readFile("/proc/locks", "utf8");
  } catch {
    return undefined; // Not mounted, or not allowed: the lock itself is asked.
  }
  // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:131093 0 EOF
  const lines = text.matchAll(/^\d+: FLOCK +ADVISORY +(?:READ|WRITE) +(\d+) ([0-9a-f]+:[0-9a-f]+):(\d+) /gm);
  return Array.from(lines, ([, pid = "", device = "", inode = ""]) => ({ pid, device, inode }));
}

async function lockState(file: string, held: readonly HeldBeadLock[] | undefined): Promise<LockState> {
  let stat: fs.BigIntStats;
  try {
    stat = await fs.promises.lstat(file, { bigint: true });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "free" : "unknown";
  }
  if (!stat.isFile()) return "unknown";
  if (held === undefined) return tryLockShared(file);
  const sameInode = held.filter(({ inode }) => inode === String(stat.ino));
  if (sameInode.length === 0) return "free";
  if (sameInode.some(({ device }) => device === deviceNumber(stat.dev))) return "taken";
  // A file with the same number on another device, or this one under another device number: the open files decide.
  const states = await Promise.all(sameInode.map(({ pid }) => hasOpen(pid, stat)));
  return states.find((state) => state === "taken") ?? states.find((state) => state === "unknown") ?? "free";
}

/** `major:minor` as in /proc/locks, from glibc's `dev_t`. */
function deviceNumber(device: bigint): string {
  const major = ((device >> 8n) & 0xfffn) | ((device >> 32n) & ~0xfffn);
  const minor = (device & 0xffn) | ((device >> 12n) & ~0xffn);
  return `${major.toString(16).padStart(2, "0")}:${minor.toString(16).padStart(2, "0")}`;
}

async function hasOpen(pid: string, { dev, ino }: fs.BigIntStats): Promise<LockState> {
  const folder = `/proc/${pid}/fd`;
  try {
    for (const descriptor of await fs.promises.readdir(folder)) {
      const file = await fs.promises.stat(`${folder}/${descriptor}`, { bigint: true }).catch(() => undefined);
      if (file?.dev === dev && file.ino === ino) return "taken";
    }
    return "free";
  } catch {
    return "unknown"; // Another user's process, or one that has just ended: the next check decides.
  }
}
