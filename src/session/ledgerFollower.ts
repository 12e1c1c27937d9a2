// Keeps one ledger's snapshot up to date with the disk.
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AssignmentStore } from "../assignment";
import { fileSignature } from "../util/fileSignature";
import { Emitter, type Disposable } from "../util/event";
import { FolderWatch } from "../util/folderWatch";
import type { Log } from "../util/log";
import { SerialTask } from "../util/serialTask";
import { SessionSnapshot } from "./sessionSnapshot";

/** Maximum time between publishing the backup and the primary in one save; both are then read together. */
const betweenCopiesMs = 15;
/** How long a problem must last to be shown: up to ntm 1.19, every save removes the ledger for an instant. */
const troubleLastsMs = 60;

export class LedgerFollower implements Disposable {
  private readonly changed = new Emitter<SessionSnapshot | undefined>();
  /** Fires after the snapshot was replaced, with the previous one. */
  readonly onDidChange = this.changed.event;
  private current: SessionSnapshot | undefined;
  private readonly reading = new SerialTask(() => this.read());
  private readonly watch: FolderWatch;
  private readonly unsubscribe: () => void;
  private awaitedPrimary: NodeJS.Timeout | undefined;
  /** The ledger's signature at the start of the last read. */
  private lastSeen = "";
  /** Whether the store has changes that the snapshot doesn't have. */
  private isBehind = true;

  constructor(
    readonly store: AssignmentStore,
    private readonly log: Log,
  ) {
    this.unsubscribe = store.subscribe(() => {
      this.isBehind = true;
      if (!this.isWorseThanShown()) this.publish();
    });
    this.watch = new FolderWatch(path.dirname(store.path), (entry) => {
      this.received(entry);
    });
  }

  /** `undefined` until the first read has finished. */
  get snapshot(): SessionSnapshot | undefined {
    return this.current;
  }

  /** Resolves when the snapshot has the state on disk at the time of the call, or a later one. */
  refresh(): Promise<void> {
    clearTimeout(this.awaitedPrimary);
    this.awaitedPrimary = undefined;
    return this.reading.request();
  }

  /** Reads the ledger if its files changed without an event. */
  async poll(): Promise<void> {
    await this.watch.verify();
    await this.readIfChanged();
  }

  dispose(): void {
    this.reading.dispose();
    clearTimeout(this.awaitedPrimary);
    this.watch.dispose();
    this.unsubscribe();
    this.changed.dispose();
  }

  private received(entry: string | undefined): void {
    const primary = path.basename(this.store.path);
    if (entry === `${primary}.bak`) {
      this.awaitedPrimary ??= setTimeout(() => {
        this.refreshSoon();
      }, betweenCopiesMs);
    } else if (entry === undefined) {
      this.pollSoon();
    } else if (entry === primary) {
      this.refreshSoon();
    } // Locks and temporary files come and go with every save.
  }

  /** The watcher was started or restarted: usually nothing has changed. */
  private pollSoon(): void {
    this.readIfChanged().catch((error: unknown) => {
      this.log.error(`Reading ${this.store.path} failed: ${String(error)}`);
    });
  }

  private async readIfChanged(): Promise<void> {
    if ((await ledgerSignature(this.store.path)) !== this.lastSeen) await this.refresh();
  }

  private refreshSoon(): void {
    this.refresh().catch((error: unknown) => {
      this.log.error(`Reading ${this.store.path} failed: ${String(error)}`);
    });
  }

  private async read(): Promise<void> {
    this.lastSeen = await ledgerSignature(this.store.path);
    await this.store.load();
    if (this.isWorseThanShown()) {
      await sleep(troubleLastsMs);
      this.lastSeen = await ledgerSignature(this.store.path);
      await this.store.load();
    }
    if (this.isBehind) this.publish();
  }

  /** Whether the store has less to show than the snapshot, which may be an intermediate state of a save. */
  private isWorseThanShown(): boolean {
    if (this.current === undefined) return false;
    const wasHealthy = this.current.health.kind === "ok" && this.current.exists;
    return wasHealthy && (this.store.health.kind !== "ok" || !this.store.exists);
  }

  private publish(): void {
    const before = this.current;
    this.current = SessionSnapshot.of(this.store, before);
    this.isBehind = false;
    this.logProblem(before);
    this.changed.fire(before);
  }

  private logProblem(before: SessionSnapshot | undefined): void {
    const { health, path: file } = this.store;
    if (health.kind === "ok") {
      if (before !== undefined && before.health.kind !== "ok") this.log.info(`${file}: healthy again`);
      return;
    }
    const isKnown = before?.health.kind === health.kind && before.health.problem.message === health.problem.message;
    if (!isKnown) this.log.warn(`${file}: ${health.problem.message} (${health.problem.code})`);
  }
}

/** @param primary path of the ledger's primary copy */
export async function ledgerSignature(primary: string): Promise<string> {
  const signatures = await Promise.all([fileSignature(primary), fileSignature(`${primary}.bak`)]);
  return signatures.join(" ");
}
