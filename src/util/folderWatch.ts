// Watches a folder that may not exist yet, may disappear, and may be replaced by another one of the same name. It uses
// Node's watcher, which reports within a millisecond; the editor's watcher collects events for much longer. The folder may be on
// a slow drive: nothing waits for it but the start of the watcher itself.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Disposable } from "./event";

export class FolderWatch implements Disposable {
  private watcher: fs.FSWatcher | undefined;
  /** The watched folder: the folder itself, else its nearest existing ancestor. */
  private watched: WatchedFolder | undefined;
  private isDisposed = false;
  /** The check that is under way, and whether another one must follow. */
  private checking: Promise<void> | undefined;
  private mustCheckAgain = false;

  /** @param onEvent gets the name of the added, removed or changed entry; `undefined`: anything may have changed */
  constructor(
    readonly folder: string,
    private readonly onEvent: (entry: string | undefined) => void,
  ) {
    void this.verify();
  }

  /**
   * Restarts the watcher if it failed or watches the wrong folder, and then reports that anything may have changed. Called on
   * every suspicious event, and every few seconds: network drives send no events, and neither does a renamed ancestor.
   */
  verify(): Promise<void> {
    if (this.checking !== undefined) {
      this.mustCheckAgain = true;
      return this.checking;
    }
    this.checking = this.check().finally(() => {
      this.checking = undefined;
    });
    return this.checking;
  }

  dispose(): void {
    this.isDisposed = true;
    this.disarm();
  }

  private async check(): Promise<void> {
    do {
      this.mustCheckAgain = false;
      const place = await nearestExisting(this.folder);
      if (this.isDisposed) return;
      if (this.watched?.folder === place?.folder && this.watched?.identity === place?.identity) continue;
      this.arm(place);
      this.onEvent(undefined);
      // A folder created between the check and the start of the watcher causes no event.
      if (this.watched !== undefined && this.watched.folder !== this.folder) this.mustCheckAgain = true;
    } while (this.mustCheckAgain);
  }

  private arm(place: WatchedFolder | undefined): void {
    this.disarm();
    if (place === undefined) return;
    try {
      const watcher = fs.watch(place.folder, { persistent: false }, (kind, entry) => {
        if (this.watcher === watcher) this.received(place.folder, kind, entry ?? undefined);
      });
      watcher.on("error", () => {
        if (this.watcher !== watcher) return;
        this.disarm();
        void this.verify();
      });
      this.watcher = watcher;
      this.watched = place;
    } catch {
      // The system has no more watchers, or the folder can't be read. `verify` tries again, and reports until it succeeds.
    }
  }

  private disarm(): void {
    this.watcher?.close();
    this.watcher = undefined;
    this.watched = undefined;
  }

  private received(folder: string, kind: string, entry: string | undefined): void {
    if (folder !== this.folder) {
      const next = path.relative(folder, this.folder).split(path.sep)[0];
      if (entry === undefined || entry === next || entry === path.basename(folder)) void this.verify();
      return;
    }
    // A removed or renamed folder reports its own name. A new folder may even have the same inode, so only a new
    // watcher is reliable.
    if (kind === "rename" && entry === path.basename(folder)) {
      this.disarm();
      void this.verify();
      return;
    }
    this.onEvent(entry);
  }
}

interface WatchedFolder {
  readonly folder: string;
  /** Distinguishes a folder from a later one of the same name. */
  readonly identity: string;
}

/** The folder itself, or its nearest existing ancestor; `undefined` if not even the root can be accessed. */
async function nearestExisting(folder: string): Promise<WatchedFolder | undefined> {
  for (let nearest = folder; ; nearest = path.dirname(nearest)) {
    try {
      const { dev, ino, birthtimeMs } = await fs.promises.stat(nearest);
      return { folder: nearest, identity: `${dev}:${ino}:${birthtimeMs}` };
    } catch {
      if (path.dirname(nearest) === nearest) return undefined;
    }
  }
}
