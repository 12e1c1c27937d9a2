// Follows which sessions there are: the storage folder, and the folders in it that may still get their first ledger.
import * as path from "node:path";
import { Emitter, type Disposable } from "../util/event";
import { SerialTask } from "../util/serialTask";
import { FolderWatch } from "./folderWatch";
import { isSameList, listSessions, type SessionList } from "./sessionList";

export class SessionFolders implements Disposable {
  private readonly changed = new Emitter<SessionList>();
  readonly onDidChange = this.changed.event;
  private readonly listing = new SerialTask(() => this.read());
  private readonly watch: FolderWatch;
  private readonly ledgerless = new Map<string, FolderWatch>();
  private current: SessionList | undefined;
  private isDisposed = false;

  /** @param onFailure is told of a listing that nobody waited for and that failed */
  constructor(
    readonly storageDir: string,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.watch = new FolderWatch(storageDir, () => {
      this.refreshSoon();
    });
  }

  /** `undefined` until the first look is over. */
  get list(): SessionList | undefined {
    return this.current;
  }

  /** Settles when the list is as it was at the time of the call, or later. */
  refresh(): Promise<void> {
    return this.listing.request();
  }

  /** Starts watchers that died. */
  verify(): void {
    this.watch.verify();
    for (const watch of this.ledgerless.values()) watch.verify();
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

  /** ntm makes the folder first and the ledger later; the storage folder itself only tells of the former. */
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
