// The history of one session on disk: a file of lines in the extension's own storage, appended to under a lock by every
// window that follows the session. What is in it is a set: any order, and any number of copies, read the same.
import * as fs from "node:fs";
import * as path from "node:path";
import type { HistoryEvent } from "./historyEvent";
import { History } from "./history";
import { eventLine, readLines, saveLine, type JournalContent } from "./journalLines";
import { appendTo, cutTornTail, readTail, type FilePosition } from "./journalFile";
import { journalName, withJournalLock, compact, retention, type Retention } from "./journalFolder";
import { eventTimeOf } from "./eventTime";

/** So many events are put into words before other tasks of the thread have their turn; takes a few milliseconds. */
const eventsInSlice = 2_000;

export interface JournalOptions {
  /** Whose session it is: sessions of two storage folders may have the same name. */
  readonly storageDir: string;
  readonly sessionName: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly retention?: Retention;
}

export class Journal {
  readonly path: string;
  private current = History.empty;
  /** What is on disk, as far as it was read. */
  private written = History.empty;
  /** Events that are not on disk yet. */
  private pending: HistoryEvent[] = [];
  private foreign: HistoryEvent[] = [];
  /** The newest save on disk. */
  private recordedSave = "";
  /** The newest save that this window processed. */
  private pendingSave = "";
  /** How far the file was read. */
  private position: FilePosition | undefined;
  private horizon = "";
  private isAgeChecked = false;
  private last: Promise<unknown> = Promise.resolve();
  private readonly now: () => number;
  private readonly retention: Retention;

  /** @param folder is made with the first event */
  constructor(
    private readonly folder: string,
    options: JournalOptions,
  ) {
    this.path = path.join(folder, journalName(options.storageDir, options.sessionName));
    this.now = options.now ?? Date.now;
    this.retention = options.retention ?? retention;
  }

  /** All that was read or added. */
  get history(): History {
    return this.current;
  }

  /**
   * What is on disk. Its latest events are the state of the ledger in the {@link newestSave}: a window that writes events
   * from an older save also writes those that lead from them to the newest one.
   */
  get onDisk(): History {
    return this.written;
  }

  /** When the newest save of the ledger that is on disk was made; empty: unknown. A time in the future is ignored. */
  get newestSave(): string {
    return this.recordedSave > eventTimeOf(this.now()) ? "" : this.recordedSave;
  }

  /** What waits to be written. */
  get unwritten(): readonly HistoryEvent[] {
    return this.pending;
  }

  /** What other windows recorded and this one read since it was last asked. */
  takeForeign(): readonly HistoryEvent[] {
    const { foreign } = this;
    this.foreign = [];
    return foreign;
  }

  /** Whether nothing waits to be written. */
  get isWritten(): boolean {
    return this.pending.length === 0 && this.pendingSave <= this.newestSave;
  }

  /** Reads what is on disk, without the lock. @throws what the file system throws */
  open(): Promise<void> {
    return this.enqueue(() => this.catchUp());
  }

  /** Takes events into the history; a flush writes them. @returns those that the history didn't have */
  add(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
    const oldest = this.oldest();
    const added = events.filter((event) => event.at >= oldest && !this.current.says(event));
    this.pending.push(...added);
    this.current = this.current.with(added);
    return added;
  }

  /** All events of this save of the ledger were added; a flush records that, too. */
  addSave(savedAt: string): void {
    this.pendingSave = savedAt;
  }

  /**
   * Writes what was added and reads what other windows wrote. What can't be written stays, and is tried again with the
   * next flush.
   * @param reconcile may add events once everything on disk was read, before anything is written
   * @throws {LockTimeoutError} {LockUnavailableError} and what the file system throws
   */
  flush(reconcile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    return this.enqueue(async () => {
      if (this.isWritten) {
        await this.catchUp();
        await reconcile();
      }
      // Also after that, unless it added something.
      if (this.isWritten) return;
      await this.locked(async () => {
        await cutTornTail(this.path);
        await this.catchUp();
        await reconcile();
        await this.writePending();
        // For age once in each window's time is enough.
        if (this.isAgeChecked && (this.position?.length ?? 0) <= this.retention.mostBytes) return;
        this.isAgeChecked = true;
        if (await compact(this.path, this.retention, this.now())) await this.catchUp();
      });
    });
  }

  /** Deletes the history. */
  clear(): Promise<void> {
    return this.enqueue(async () => {
      await this.locked(() => fs.promises.rm(this.path, { force: true }));
      this.pending = [];
      this.current = History.empty;
      this.written = History.empty;
      this.recordedSave = "";
      this.pendingSave = "";
      this.position = undefined;
      this.horizon = "";
    });
  }

  private async writePending(): Promise<void> {
    while (this.pending.length > 0) {
      const slice = this.pending.slice(0, eventsInSlice);
      const oldest = this.oldest();
      this.position = await appendTo(
        this.path,
        slice
          .filter(({ at }) => at >= oldest)
          .map(eventLine)
          .join(""),
      );
      this.pending = this.pending.slice(slice.length);
    }
    this.written = this.current;
    if (this.pendingSave <= this.newestSave) return;
    this.position = await appendTo(this.path, saveLine(this.pendingSave));
    this.recordedSave = this.pendingSave;
  }

  /** Reads what was written since; all, when the file is another one. Nothing in the file is written again. */
  private async catchUp(): Promise<void> {
    const { text, isWhole, position } = await readTail(this.path, this.position);
    const content: JournalContent = await readLines(text);
    const found = History.of(content.events);
    this.horizon = isWhole || content.horizon > this.horizon ? content.horizon : this.horizon;
    for (const event of found.events) if (!this.current.says(event)) this.foreign.push(event);
    this.pending = this.pending.filter((event) => !found.says(event));
    this.written = isWhole ? found : this.written.with(content.events);
    this.current = isWhole ? found.with(this.pending) : this.current.with(content.events);
    const isNewer = isWhole || content.newestSave > this.newestSave;
    if (isNewer) this.recordedSave = content.newestSave;
    this.position = position;
  }

  /** Events before this time are not recorded. */
  private oldest(): string {
    const oldest = eventTimeOf(this.now() - this.retention.longestMs);
    return oldest > this.horizon ? oldest : this.horizon;
  }

  private async locked(work: () => Promise<void>): Promise<void> {
    await fs.promises.mkdir(this.folder, { recursive: true });
    await withJournalLock(this.path, work);
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    const run = this.last.then(work, work);
    this.last = run.catch(() => undefined); // The caller handles the failure.
    return run;
  }
}
