// Records what happens in the active session: events are computed and written after the refresh that showed
// the change, never in it.
import * as path from "node:path";
import { setImmediate as otherTasks } from "node:timers/promises";
import { LockTimeoutError, type Assignment, type Timestamp } from "../assignment";
import { Emitter, type Disposable, type Event } from "../util/event";
import type { HistoryEvent } from "./historyEvent";
import { History } from "./history";
import { Journal } from "./journal";
import { deleteJournals, retention } from "./journalFolder";
import { KnownAssignments } from "./knownAssignments";
import { eventTime, eventTimeOf } from "./eventTime";

/** As much of a session's snapshot as is recorded. */
export interface LedgerView {
  readonly sessionName: string;
  /** The primary copy of the ledger. */
  readonly path: string;
  readonly exists: boolean;
  readonly isStale: boolean;
  readonly health: { readonly kind: "ok" | "degraded" | "unreadable" };
  readonly updatedAt: Timestamp;
  /** In list order. */
  readonly rows: readonly Assignment[];
}

export interface LedgerChange {
  readonly after: LedgerView | undefined;
}

/** Whether the history is being kept. Where it isn't, what happens is still known until the window closes. */
export type RecorderState = { readonly kind: "ok" } | { readonly kind: "unavailable"; readonly cause: unknown };

export interface HistoryChange {
  readonly history: History;
  /** In no particular order. Empty: the history is that of another session, or was cleared. */
  readonly added: readonly HistoryEvent[];
}

export interface RecorderOptions {
  /** Where the journals are. */
  readonly folder: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** How long events wait for more of them before they are written; the first of them waits until the window has started. */
const writeDelayMs = 500;

/** The number of rows that are processed before other tasks of the thread get a turn. */
const rowsInSlice = 500;

export class HistoryRecorder implements Disposable {
  private readonly changed = new Emitter<HistoryChange>();
  /**
   * After events were added to the history of the session that is followed, and after another session is: once its journal
   * was read and its ledger processed, so that listeners never get half of its history.
   */
  readonly onDidChange = this.changed.event;
  private readonly stateChanged = new Emitter<RecorderState>();
  readonly onDidChangeState = this.stateChanged.event;

  private currentState: RecorderState = { kind: "ok" };
  private recording: Recording | undefined;
  private readonly subscription: Disposable;
  private readonly now: () => number;
  private timer: NodeJS.Timeout | undefined;
  private isDisposed = false;
  /** All that was begun, one after the other. Never fails. */
  private work: Promise<void>;

  constructor(
    private readonly options: RecorderOptions,
    onDidChangeLedger: Event<LedgerChange>,
    initial: LedgerView | undefined,
  ) {
    this.now = options.now ?? Date.now;
    this.work = Promise.resolve();
    this.subscription = onDidChangeLedger(({ after }) => {
      this.follow(after);
    });
    this.follow(initial);
  }

  /** Of the session that is followed. Empty until it is complete. */
  get history(): History {
    return this.recording?.isComplete === true ? this.recording.journal.history : History.empty;
  }

  /** The path of the ledger whose history is complete; `undefined` while it is being read. */
  get ledger(): string | undefined {
    return this.recording?.isComplete === true ? this.recording.path : undefined;
  }

  get state(): RecorderState {
    return this.currentState;
  }

  /** Resolves once all that was seen so far is written, or can't be. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { recording } = this;
    if (recording !== undefined) this.enqueue(() => this.write(recording));
    return this.work;
  }

  /** Deletes the history of this session. What the ledger's rows still contain is recorded again at the next start. */
  async clear(): Promise<void> {
    const { recording } = this;
    if (recording === undefined) return;
    await this.work;
    await recording.journal.clear();
    if (recording === this.recording) this.changed.fire({ history: this.history, added: [] });
  }

  /** Stops recording, and begins to write what was recorded; {@link flush} resolves when that is done. */
  dispose(): void {
    this.subscription.dispose();
    this.isDisposed = true;
    void this.flush(); // Never fails.
    this.changed.dispose();
    this.stateChanged.dispose();
  }

  /** Nothing new is recorded of a ledger that can't be read, or only from its older copy, and nothing at all of a missing one. */
  private follow(view: LedgerView | undefined): void {
    if (view === undefined) {
      void this.flush(); // Never fails.
      this.recording = undefined;
      return;
    }
    const recording = this.recording?.path === view.path ? this.recording : this.begin(view);
    const isTelling = view.exists && !view.isStale && view.health.kind === "ok";
    this.enqueue(async () => {
      if (isTelling) await this.observe(recording, view);
      if (recording.isComplete || recording !== this.recording) return;
      recording.isComplete = true;
      this.changed.fire({ history: recording.journal.history, added: [] });
    });
  }

  private begin({ path: ledger, sessionName }: LedgerView): Recording {
    void this.flush(); // Never fails.
    const storageDir = path.dirname(path.dirname(ledger));
    const journal = new Journal(this.options.folder, { storageDir, sessionName, now: this.now });
    const recording: Recording = {
      path: ledger,
      journal,
      view: undefined,
      savedAt: "",
      isRecorded: false,
      known: undefined,
      isComplete: false,
    };
    this.recording = recording;
    this.enqueue(async () => {
      await this.reportFailure(() => journal.open());
      journal.takeForeign();
      recording.known = new KnownAssignments(journal.history);
    });
    return recording;
  }

  private async observe(recording: Recording, view: LedgerView): Promise<void> {
    // Rows that didn't change since the save before were recorded then.
    const before = recording.isRecorded ? recording.view?.rows : undefined;
    const known = new Set(before);
    recording.view = view;
    recording.savedAt = this.savedAt(view, recording.savedAt);
    const missing = before?.map(({ bead_id }) => bead_id) ?? recording.known?.beadIds ?? [];
    const shown = new Set(view.rows.map(({ bead_id }) => bead_id));
    const changed = view.rows.filter((row) => !known.has(row));
    await this.recordRows(
      recording,
      missing.filter((beadId) => !shown.has(beadId)),
      changed,
    );
    if (!this.isDisposed) this.timer ??= setTimeout(() => void this.flush(), writeDelayMs); // Never fails.
  }

  /** Records what changed in these rows of the ledger, and which of the missing beads are gone. */
  private async recordRows(
    recording: Recording,
    missing: readonly string[],
    rows: readonly Assignment[],
  ): Promise<void> {
    const { known, view, journal, savedAt } = recording;
    if (known === undefined || view === undefined) return;
    recording.isRecorded = savedAt >= journal.newestSave;
    const { isRecorded } = recording;
    const shown = new Set(rows.map(({ bead_id }) => bead_id));
    const gone = missing.filter((beadId) => !shown.has(beadId));
    if (isRecorded) this.tell(recording, journal.add(known.observeGone(gone, savedAt)));
    for (let start = 0; start < rows.length; start += rowsInSlice) {
      if (start > 0) await otherTasks();
      const slice = rows.slice(start, start + rowsInSlice);
      const events = isRecorded ? known.observeRows(slice, savedAt) : known.observeOlderRows(slice);
      this.tell(recording, journal.add(events));
    }
    if (isRecorded) journal.addSave(savedAt);
    else this.tell(recording, journal.add(known.observeNewest(journal.unwritten, journal.onDisk, journal.newestSave)));
  }

  /** Reads again the beads of which another window recorded what this one missed, and at those not written yet. */
  private async observeAgain(recording: Recording): Promise<void> {
    const { journal } = recording;
    const events = journal.takeForeign();
    const isOlder = recording.savedAt < journal.newestSave;
    if (events.length === 0 && !isOlder) return;
    this.tell(recording, events);
    recording.known?.learn(events);
    const beadIds = new Set(events.map(({ beadId }) => beadId));
    const rows = recording.view?.rows.filter(({ bead_id }) => beadIds.has(bead_id)) ?? [];
    await this.recordRows(recording, [...beadIds], rows);
  }

  /** When the ledger was saved: not in time to come, and not before the save that this window saw before it. */
  private savedAt({ updatedAt }: LedgerView, before: string): string {
    const present = eventTimeOf(this.now());
    const savedAt = eventTime(updatedAt) ?? present;
    const past = savedAt < present ? savedAt : present;
    return past > before ? past : before;
  }

  private tell(recording: Recording, added: readonly HistoryEvent[]): void {
    if (added.length === 0 || !recording.isComplete || recording !== this.recording) return;
    this.changed.fire({ history: recording.journal.history, added });
  }

  private async write(recording: Recording): Promise<void> {
    const { journal } = recording;
    await this.reportFailure(() => journal.flush(() => this.observeAgain(recording)));
  }

  private async reportFailure(task: () => Promise<void>): Promise<void> {
    try {
      await task();
      this.become({ kind: "ok" });
    } catch (error) {
      // Another window takes long; the events stay, and are written with the next ones.
      if (!(error instanceof LockTimeoutError)) this.become({ kind: "unavailable", cause: error });
    }
  }

  private become(state: RecorderState): void {
    const { kind } = this.currentState;
    this.currentState = state;
    if (kind !== state.kind) this.stateChanged.fire(state);
  }

  private enqueue(task: () => Promise<void>): void {
    this.work = this.work.then(task).catch((error: unknown) => {
      this.become({ kind: "unavailable", cause: error });
    });
  }
}

interface Recording {
  readonly path: string;
  readonly journal: Journal;
  /** The ledger that was processed last. */
  view: LedgerView | undefined;
  /** When that was saved; empty without any. */
  savedAt: string;
  /** True if that was the newest save: of an older one, only the timestamps of its rows are recorded. */
  isRecorded: boolean;
  /** `undefined` until the journal was read. */
  known: KnownAssignments | undefined;
  /** True if the journal was read and the ledger processed. */
  isComplete: boolean;
}

/** Deletes the journals of sessions in which nothing happened for as long as history is kept. */
export async function deleteOldJournals(folder: string, now = Date.now()): Promise<void> {
  await deleteJournals(folder, now - retention.longestMs);
}
