// One session's ledger on disk: reading it, which takes no lock and creates, promotes or repairs nothing; and writing it: lock, read
// the newest state, publish, repair. It doesn't interpret rows.
import * as fs from "node:fs";
import * as path from "node:path";
import { encodeLedger } from "./codec";
import { readPair, folderProblemSync, readPairSync, stampSync, type CopyOnDisk } from "./files";
import type { LedgerHealth } from "./health";
import { acquireLock, LockTimeoutError, type HeldLock } from "./lock";
import { createOwnedFolder } from "./owner";
import { ledgerPaths, type LedgerPaths, beadLockPath } from "./paths";
import { publish, removeLeftovers, withFolder } from "./publish";
import { repairPair } from "./repair";
import { select, type Selection } from "./select";
import type { LedgerSnapshot } from "./snapshot";

const rereading = { attempts: 3, delayMs: 20 };

/** The session's folder must not be used, for the reason given. */
class FolderProblemError extends Error {
  override readonly name = "ObstacleError";
}

export class Ledger {
  readonly paths: LedgerPaths;
  /** Whether leftovers of killed writers were removed. Once is enough as long as our own saves don't fail. */
  #leftoversRemoved = false;

  /**
   * @param primary path of the ledger, inside `root`
   * @param lockTimeoutMs how long a change waits for all its locks together
   */
  constructor(
    readonly sessionName: string,
    root: string,
    primary: string,
    private readonly lockTimeoutMs: number,
  ) {
    this.paths = ledgerPaths(root, primary);
  }

  /** Reads both copies without a lock; rows that didn't change since `previous` keep their identity. */
  async read(previous: Selection): Promise<Selection> {
    return readSettled(previous, async (known) => {
      const pair = await readPair(this.paths, known.pair);
      return pair === undefined ? busy(known) : select(pair, this.sessionName, known);
    });
  }

  /** Reads for writing. The lock must be held. */
  async readLocked(previous: Selection): Promise<Selection> {
    return readSettled(previous, (known) => select(readPairSync(this.paths), this.sessionName, known));
  }

  /** Whether the session's folder exists, accessible or not. */
  hasFolder(): boolean {
    return folderProblemSync(this.paths)?.kind !== "absent";
  }

  /**
   * Waits for the locks: those of the beads first, then the ledger's, as ntm does. Creates the folder if it is missing. The
   * time limit is for all of them together: whoever waits for a late one keeps the earlier ones from others.
   * @param atOnce beads whose lock is not waited for; `busy` has those of them that another process holds
   * @throws {FolderProblemError | LockTimeoutError | LockUnavailableError} or a file system error
   */
  async lock(
    beadIds: readonly string[],
    atOnce: ReadonlySet<string>,
  ): Promise<HeldLock & { readonly busy: readonly string[] }> {
    this.#makeFolder();
    const deadline = performance.now() + this.lockTimeoutMs;
    const remaining = (): number => Math.max(0, deadline - performance.now());
    const held: HeldLock[] = [];
    const busy: string[] = [];
    const release = (): void => {
      for (const lock of held.splice(0).reverse()) lock.release();
    };
    try {
      const beadLocks = beadIds.map((id) => ({ id, file: beadLockPath(this.paths, id) }));
      for (const { id, file } of beadLocks.sort((a, b) => (a.file < b.file ? -1 : 1))) {
        const lock = await acquireLock(file, atOnce.has(id) ? 0 : remaining()).catch((error: unknown) => {
          if (atOnce.has(id) && error instanceof LockTimeoutError) return undefined;
          throw error;
        });
        if (lock === undefined) busy.push(id);
        else held.push(lock);
      }
      held.push(await acquireLock(this.paths.lock, remaining()));
    } catch (error) {
      release();
      throw error instanceof LockTimeoutError ? new LockTimeoutError(this.lockTimeoutMs, error.holder) : error;
    }
    return { release, busy };
  }

  /**
   * Publishes the snapshot over the selection that was read under the lock, which must still be held.
   * @returns the selection that is on disk now
   * @throws {PublishError} and the ledger is unchanged
   */
  write(selection: Selection, snapshot: LedgerSnapshot): Selection {
    if (!this.#leftoversRemoved) removeLeftovers(this.paths);
    this.#leftoversRemoved = false;
    const encoded = encodeLedger(snapshot);
    const isWhole = publish(this.paths, selection, snapshot.version, encoded.bytes);
    this.#leftoversRemoved = isWhole;
    if (!isWhole)
      return select(readPairSync(this.paths), this.sessionName, { ...selection, snapshot: encoded.snapshot });
    const copy = (file: string): CopyOnDisk => ({ kind: "file", bytes: encoded.bytes, stamp: stampSync(file) });
    const decoded = { snapshot: encoded.snapshot };
    return {
      pair: { primary: copy(this.paths.primary), backup: copy(this.paths.backup) },
      decoded: { primary: decoded, backup: decoded },
      health: { kind: "ok" },
      snapshot: encoded.snapshot,
      promotesBackup: false,
    };
  }

  /** Applies the problem's remedy. The lock must be held. @returns paths of the copies made of what was replaced */
  repair(selection: Selection, time: string): readonly string[] {
    return repairPair(this.paths, selection, time);
  }

  #makeFolder(): void {
    makePrivateFolder(this.paths.folder);
    const obstacle = folderProblemSync(this.paths);
    if (obstacle?.kind === "problem") throw new FolderProblemError(obstacle.message);
  }
}

/** Reads again while the state may be an intermediate one of another process's save, a limited number of times. */
async function readSettled(
  previous: Selection,
  read: (known: Selection) => Selection | Promise<Selection>,
): Promise<Selection> {
  let known = previous;
  for (let attempt = 1; ; attempt++) {
    known = await read(known);
    if (!mayBeTransient(known, previous) || attempt === rereading.attempts) return known;
    await new Promise((resolve) => setTimeout(resolve, rereading.delayMs));
  }
}

/** ntm before 1.20 takes no lock, and between its two renames there is no primary: that is a problem only if it persists. */
function mayBeTransient({ health }: Selection, previous: Selection): boolean {
  const isOrphan = (state: LedgerHealth): boolean => {
    return state.kind !== "ok" && state.problem.code === "orphaned-backup";
  };
  return isOrphan(health) && !isOrphan(previous.health);
}

/** Keeps the last known content when no consistent pair could be read. */
function busy(known: Selection): Selection {
  const problem = {
    code: "busy",
    copy: "pair",
    message: "the ledger was saved again each time it was read",
    remedy: "wait",
  } as const;
  const health = known.snapshot
    ? ({ kind: "degraded", problem, readFrom: "primary" } as const)
    : ({ kind: "unreadable", problem } as const);
  return { ...known, health };
}

/** Creates the folder and its parents. Syncing the parent makes a new one durable. */
function makePrivateFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makePrivateFolder(parent);
  createOwnedFolder(folder);
  withFolder(parent, (sync) => {
    sync();
  });
}
