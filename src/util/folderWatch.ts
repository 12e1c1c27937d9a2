// Watches a folder that may not exist yet, may disappear, and may be replaced by another one of the same name. It uses
// Node's watcher, which reports within a millisecond; the editor's watcher collects events for much longer.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Disposable } from "./event";

export class FolderWatch implements Disposable {
  private watcher: fs.FSWatcher | undefined;
  /** The watched folder: the folder itself, else its nearest existing ancestor. */
  private watched: { readonly folder: string; readonly identity: string } | undefined;
  private isDisposed = false;

  /** @param onEvent gets the name of the added, removed or changed entry; `undefined`: anything may have changed */
  constructor(
    readonly folder: string,
    private readonly onEvent: (entry: string | undefined) => void,
  ) {
    this.arm();
  }

  /**
   * Restarts the watcher if it failed or watches the wrong folder. Called on every suspicious event, and every few
   * seconds: network drives send no events, and neither does a renamed ancestor.
   */
  verify(): void {
    if (this.isDisposed || this.isSound()) return;
    this.arm();
    this.onEvent(undefined);
  }

  dispose(): void {
    this.isDisposed = true;
    this.disarm();
  }

  private isSound(): boolean {
    return (
      this.watched !== undefined &&
      this.watched.identity === identityOf(this.watched.folder) &&
      this.watched.folder === nearestExisting(this.folder)
    );
  }

  private arm(): void {
    this.disarm();
    const folder = nearestExisting(this.folder);
    const identity = identityOf(folder);
    if (identity === undefined) return;
    try {
      const watcher = fs.watch(folder, { persistent: false }, (kind, entry) => {
        if (this.watcher === watcher) this.received(folder, kind, entry ?? undefined);
      });
      watcher.on("error", () => {
        if (this.watcher !== watcher) return;
        this.disarm();
        this.verify();
      });
      this.watcher = watcher;
      this.watched = { folder, identity };
    } catch {
      // The system has no more watchers, or the folder can't be read. `verify` tries again, and reports until it
      // succeeds.
      return;
    }
    // A folder created between the check and the start of the watcher causes no event.
    if (folder !== this.folder && nearestExisting(this.folder) !== folder) this.arm();
  }

  private disarm(): void {
    this.watcher?.close();
    this.watcher = undefined;
    this.watched = undefined;
  }

  private received(folder: string, kind: string, entry: string | undefined): void {
    if (folder !== this.folder) {
      const next = path.relative(folder, this.folder).split(path.sep)[0];
      if (entry === undefined || entry === next || entry === path.basename(folder)) this.verify();
      return;
    }
    // A removed or renamed folder reports its own name. A new folder may even have the same inode, so only a new
    // watcher is reliable.
    if (kind === "rename" && entry === path.basename(folder)) {
      this.arm();
      this.onEvent(undefined);
      return;
    }
    this.onEvent(entry);
  }
}

/** The folder itself, or its nearest existing ancestor. */
function nearestExisting(folder: string): string {
  let nearest = folder;
  while (identityOf(nearest) === undefined && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  return nearest;
}

/** Distinguishes a folder from a later one of the same name; `undefined` if the folder can't be accessed. */
function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino, birthtimeMs } = fs.statSync(folder);
    return `${dev}:${ino}:${birthtimeMs}`;
  } catch {
    return undefined;
  }
}
