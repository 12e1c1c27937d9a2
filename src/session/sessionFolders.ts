// Follows the list of sessions: the storage folder, and the folders in it that have no ledger yet.
import * as path from "node:path";
import { Emitter, type Disposable } from "../util/event";
import { SerialTask } from "../util/serialTask";
import { FolderWatch } from "../util/folderWatch";
import { isSameList, listSessions, type SessionList } from "./sessionList";

export class SessionFolders implements Disposable {
  private readonly changed = new Emitter<SessionList>();
  readonly onDidChange = this.changed.event;
  private readonly listing = new SerialTask(() => this.read());
  private readonly watch: FolderWatch;
  private readonly ledgerless = new Map<string, FolderWatch>();
  private current: SessionList | undefined;
  private isDisposed = false;

  /** @param onFailure gets the error of a listing that no caller waits for */
  constructor(
    readonly storageDir: string,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.watch = new FolderWatch(storageDir, () => {
      this.refreshSoon();
    });
  }

  /** `undefined` until the first listing has finished. */
  get list(): SessionList | undefined {
    return this.current;
  }

  /** Resolves when the list is as current as the time of the call. */
  refresh(): Promise<void> {
    return this.listing.request();
  }

  /** Restarts watchers that failed. */
  async verify(): Promise<void> {
    await Promise.all([this.watch, ...this.ledgerless.values()].map((watch) => watch.verify()));
  }

  dispose(): void {
    this.isDisposed = true;
    this.listing.dispose();
    this.watch.dispose();
    this.watchLedgerless([]);
    this.changed.dispose();
  }

  private refreshSoon(): void {
    this.refresh().catch(this.onFailure);
  }

  private async read(): Promise<void> {
    const before = this.current;
    const list = await listSessions(this.storageDir);
    if (this.isDisposed) return;
    this.current = list;
    this.watchLedgerless(list.ledgerless);
    if (before === undefined || !isSameList(before, list)) this.changed.fire(list);
  }

  /** ntm creates the folder first and the ledger later; the watcher on the storage folder reports only the former. */
  private watchLedgerless(sessionNames: readonly string[]): void {
    const wanted = new Set(sessionNames);
    for (const [name, watch] of this.ledgerless) {
      if (wanted.has(name)) continue;
      watch.dispose();
      this.ledgerless.delete(name);
    }
    for (const name of wanted) {
      if (this.ledgerless.has(name)) continue;
      const watch = new FolderWatch(path.join(this.storageDir, name), (entry) => {
        if (entry === undefined || entry.startsWith("assignments.json")) this.refreshSoon();
      });
      this.ledgerless.set(name, watch);
    }
  }
}
