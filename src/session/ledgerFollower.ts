// Keeps one ledger's snapshot up to date with the disk.
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { AssignmentStore } from "../assignment";
import type { Log } from "../log";
import { Emitter, type Disposable } from "../util/event";
import { SerialTask } from "../util/serialTask";
import { FolderWatch } from "./folderWatch";
import { ledgerSignature } from "./ledgerSignature";
import { SessionSnapshot } from "./snapshot";

/** How long after the backup a save publishes the primary, at most: both are read together then. */
const betweenCopiesMs = 15;
/** How long trouble must last to be shown: an old ntm has no ledger at all for an instant of each of its saves. */
const troubleLastsMs = 60;

export class LedgerFollower implements Disposable {
  private readonly changed = new Emitter<SessionSnapshot | undefined>();
  /** After the snapshot was replaced, with the one before it. */
  readonly onDidChange = this.changed.event;
  private current: SessionSnapshot | undefined;
  private readonly reading = new SerialTask(() => this.read());
  private readonly watch: FolderWatch;
  private readonly unsubscribe: () => void;
  private awaitedPrimary: NodeJS.Timeout | undefined;
  /** The ledger's signature when the last reading began. */
  private lastSeen = "";
  /** The store has something that the snapshot doesn't. */
  private isBehind = true;

  constructor(
    readonly store: AssignmentStore,
    private readonly log: Log,
  ) {
    this.unsubscribe = store.subscribe(() => {
      this.isBehind = true;
      if (!this.isSuspect()) this.publish();
    });
    this.watch = new FolderWatch(path.dirname(store.path), (entry) => {
      this.received(entry);
    });
  }

  /** `undefined` until the first reading is over. */
  get snapshot(): SessionSnapshot | undefined {
    return this.current;
  }

  /** Settles when what was on disk at the time of the call, or later, is in the snapshot. */
  refresh(): Promise<void> {
    clearTimeout(this.awaitedPrimary);
    this.awaitedPrimary = undefined;
    return this.reading.request();
  }

  /** Looks for what no watcher told. */
  async poll(): Promise<void> {
    this.watch.verify();
    if ((await ledgerSignature(this.store.path)) !== this.lastSeen) await this.refresh();
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
    } else if (entry === undefined || entry === primary) {
      this.refreshSoon();
    } // Locks and temporary files come and go with every save.
  }

  private refreshSoon(): void {
    this.refresh().catch((error: unknown) => {
      this.log.error(`Reading ${this.store.path} failed: ${String(error)}`);
    });
  }

  private async read(): Promise<void> {
    this.lastSeen = await ledgerSignature(this.store.path);
    await this.store.load();
    if (this.isSuspect()) {
      await sleep(troubleLastsMs);
      this.lastSeen = await ledgerSignature(this.store.path);
      await this.store.load();
    }
    if (this.isBehind) this.publish();
  }

  /** Whether the store now has less to show than the snapshot, which may be a moment of somebody's save. */
  private isSuspect(): boolean {
    if (this.current === undefined) return false;
    const wasSound = this.current.health.kind === "ok" && this.current.exists;
    return wasSound && (this.store.health.kind !== "ok" || !this.store.exists);
  }

  private publish(): void {
    const before = this.current;
    this.current = SessionSnapshot.of(this.store, before);
    this.isBehind = false;
    this.logTrouble(before);
    this.changed.fire(before);
  }

  private logTrouble(before: SessionSnapshot | undefined): void {
    const { health, path: file } = this.store;
    if (health.kind === "ok") {
      if (before !== undefined && before.health.kind !== "ok") this.log.info(`${file}: sound again`);
      return;
    }
    const isKnown = before?.health.kind === health.kind && before.health.problem.message === health.problem.message;
    if (!isKnown) this.log.warn(`${file}: ${health.problem.message} (${health.problem.code})`);
  }
}
