// One session's ledger on disk as a writer sees it: lock it, read what is newest, publish, repair. What its rows mean is
// decided elsewhere. Loaded with the first change.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { encodeLedger } from "./codec";
import { folderTroubleSync, readPairSync, stampSync, type CopyOnDisk, type LedgerPaths } from "./files";
import { lastingly } from "./ledger";
import { acquireLock, type HeldLock } from "./lock";
import { publish, removeLeftovers, withFolder } from "./publish";
import { repairPair } from "./repair";
import { select, type Selection } from "./select";
import type { LedgerSnapshot } from "./snapshot";

/** A folder or file that must not be touched, for the reason given. */
class ObstacleError extends Error {
  override readonly name = "ObstacleError";
}

export class LedgerWriter {
  /** Whether leftovers of killed writers were looked for; once is enough, as long as our own saves don't fail. */
  #isTidy = false;

  constructor(
    private readonly sessionName: string,
    private readonly paths: LedgerPaths,
    private readonly lockTimeoutMs: number,
  ) {}

  /** Reads for writing. The lock must be held. */
  async read(previous: Selection): Promise<Selection> {
    return lastingly(previous, (known) => select(readPairSync(this.paths), this.sessionName, known));
  }

  /** Whether there is anything in the place of the session's folder, be it out of reach. */
  hasFolder(): boolean {
    return folderTroubleSync(this.paths)?.kind !== "absent";
  }

  /**
   * Waits for the locks: the beads' own first, then the ledger's, as ntm does. Makes the folder if need be.
   * @throws {ObstacleError | LockTimeoutError | LockUnavailableError} or a file system error
   */
  async lock(beadIds: readonly string[]): Promise<HeldLock> {
    this.#makeFolder();
    const held: HeldLock[] = [];
    const release = (): void => {
      for (const lock of held.splice(0).reverse()) lock.release();
    };
    try {
      for (const file of beadIds.map((id) => this.#beadLock(id)).sort()) {
        held.push(await acquireLock(file, this.lockTimeoutMs));
      }
      held.push(await acquireLock(this.paths.lock, this.lockTimeoutMs));
    } catch (error) {
      release();
      throw error;
    }
    return { release };
  }

  /**
   * Publishes the snapshot over what was selected under the lock, which must still be held.
   * @returns what is on disk now
   * @throws {PublishError} and then the ledger is as it was
   */
  write(selection: Selection, snapshot: LedgerSnapshot): Selection {
    if (!this.#isTidy) removeLeftovers(this.paths);
    this.#isTidy = false;
    const encoded = encodeLedger(snapshot);
    const isWhole = publish(this.paths, selection, snapshot.version, encoded.bytes);
    this.#isTidy = isWhole;
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

  /** Does what the problem's remedy says. The lock must be held. @returns copies of what was replaced */
  repair(selection: Selection, time: string): readonly string[] {
    return repairPair(this.paths, selection, time);
  }

  #beadLock(beadId: string): string {
    const digest = createHash("sha256").update(`bead\0${beadId}`).digest("hex").slice(0, 32);
    return `${this.paths.primary}.atomic-bead-${digest}.lock`;
  }

  #makeFolder(): void {
    makePrivateFolder(this.paths.folder);
    const obstacle = folderTroubleSync(this.paths);
    if (obstacle?.kind === "trouble") throw new ObstacleError(obstacle.message);
  }
}

/** Makes the folder, and those above it, for nobody else whatever the umask. A new one is durable once its parent is. */
function makePrivateFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  const parent = path.dirname(folder);
  if (parent !== folder) makePrivateFolder(parent);
  try {
    fs.mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return; // Somebody was quicker.
    throw error;
  }
  fs.chmodSync(folder, 0o700);
  withFolder(parent, (sync) => {
    sync();
  });
}
