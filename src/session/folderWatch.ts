// Watches a folder that may not exist yet, may vanish, and may be replaced by another one of the same name. Node's watcher
// is used because it tells within a millisecond; the editor's own gathers events for much longer.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Disposable } from "../util/event";

export class FolderWatch implements Disposable {
  private watcher: fs.FSWatcher | undefined;
  /** Where the watcher sits: on the folder, else on its nearest existing ancestor. */
  private seat: { readonly folder: string; readonly identity: string } | undefined;
  private isDisposed = false;

  /** @param onEvent gets the name of the entry that came, went or changed; `undefined`: look at everything */
  constructor(
    readonly folder: string,
    private readonly onEvent: (entry: string | undefined) => void,
  ) {
    this.arm();
  }

  /**
   * Starts again if the watcher died or sits where it is of no use. Called on every doubt, and every few seconds without
   * any: network drives tell nothing, and nobody tells of an ancestor that was renamed.
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
      this.seat !== undefined &&
      this.seat.identity === identityOf(this.seat.folder) &&
      this.seat.folder === nearestExisting(this.folder)
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
      this.seat = { folder, identity };
    } catch {
      // The system's watchers are used up, or the folder may not be read. `verify` tries again, and reports until it works.
      return;
    }
    // What appeared between the look for the nearest folder and the watch on it would never be told.
    if (folder !== this.folder && nearestExisting(this.folder) !== folder) this.arm();
  }

  private disarm(): void {
    this.watcher?.close();
    this.watcher = undefined;
    this.seat = undefined;
  }

  private received(folder: string, kind: string, entry: string | undefined): void {
    if (folder !== this.folder) {
      const next = path.relative(folder, this.folder).split(path.sep)[0];
      if (entry === undefined || entry === next || entry === path.basename(folder)) this.verify();
      return;
    }
    // A folder that was removed or renamed says so under its own name. Its successor may even have its inode, so that
    // nothing but a new watcher is safe.
    if (kind === "rename" && entry === path.basename(folder)) {
      this.arm();
      this.onEvent(undefined);
      return;
    }
    this.onEvent(entry);
  }
}

/** The folder itself, or the nearest folder above it. */
function nearestExisting(folder: string): string {
  let nearest = folder;
  while (identityOf(nearest) === undefined && path.dirname(nearest) !== nearest) nearest = path.dirname(nearest);
  return nearest;
}

/** What tells a folder from a later one of the same name; `undefined` when there is no folder to be reached. */
function identityOf(folder: string): string | undefined {
  try {
    const { dev, ino, birthtimeMs } = fs.statSync(folder);
    return `${dev}:${ino}:${birthtimeMs}`;
  } catch {
    return undefined;
  }
}
