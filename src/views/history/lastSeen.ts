// When the Beads view was last visible, and what happened since. Doesn't use the editor.
import type { HistoryChange, HistoryRecorder } from "../../history/recorder";
import { since } from "../../history/statistics";
import { milliseconds } from "../../history/eventTime";
import { Emitter, type Disposable } from "../../util/event";

/** When each session was last visible, by the path of its ledger, in milliseconds since 1970. */
export interface LastSeenTimes {
  get(): Readonly<Record<string, number>>;
  set(looks: Readonly<Record<string, number>>): void;
}

/** The time during which the view was not visible, in milliseconds since 1970. */
export interface Absence {
  readonly from: number;
  readonly to: number;
  /** The number of beads that were completed, or failed, in that time. */
  readonly completed: number;
  readonly failed: number;
}

/** Shorter absences aren't reported. */
const longAbsenceMs = 3_600_000;
/** A shorter time, such as when the window is only passed through, doesn't count. */
const shortestLookMs = 1_000;
/** The number of sessions that are remembered. */
const mostSessions = 50;

export class LastSeenTime implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private ledger: string | undefined;
  /** What happened later hasn't been seen before. */
  private from = 0;
  /** Since when the view is visible; `undefined` if it isn't. */
  private lookingSince: number | undefined;
  private readonly beadIds = new Set<string>();
  private isDismissed = false;
  private known: Absence | undefined;
  private readonly subscription: Disposable;

  constructor(
    private readonly recorder: Pick<HistoryRecorder, "history" | "ledger" | "onDidChange">,
    private readonly looks: LastSeenTimes,
    private readonly now: () => number = Date.now,
  ) {
    this.subscription = recorder.onDidChange((change) => {
      this.take(change);
    });
    this.begin();
  }

  /** The beads that changed since the view was last visible. They stay until it is hidden again. */
  get changedBeads(): ReadonlySet<string> {
    return this.beadIds;
  }

  /** What happened in a long absence, from the return until it is dismissed. */
  get absence(): Absence | undefined {
    return this.known;
  }

  /** @param isLooking whether the view is visible in a focused window */
  setVisible(isLooking: boolean): void {
    if (isLooking === (this.lookingSince !== undefined)) return;
    const now = this.now();
    if (isLooking) {
      this.lookingSince = now;
      this.isDismissed = now - this.from < longAbsenceMs;
    } else {
      const isLook = now - (this.lookingSince ?? now) >= shortestLookMs;
      this.lookingSince = undefined;
      if (isLook) this.end(now);
    }
    this.update();
  }

  /** A row that the user selected was seen. */
  see(beadIds: readonly string[]): void {
    const count = this.beadIds.size;
    for (const beadId of beadIds) this.beadIds.delete(beadId);
    if (this.beadIds.size !== count) this.changed.fire();
  }

  dismiss(): void {
    this.isDismissed = true;
    this.update();
  }

  /** The window closes. */
  dispose(): void {
    this.setVisible(false);
    this.subscription.dispose();
    this.changed.dispose();
  }

  private take({ added }: HistoryChange): void {
    if (this.recorder.ledger !== this.ledger) {
      this.begin();
      return;
    }
    // Without events it was read, or cleared.
    if (added.length === 0) this.collect();
    const until = this.lookingSince ?? Infinity;
    for (const { beadId, at } of added) {
      const moment = milliseconds(at);
      if (moment > this.from && moment <= until) this.beadIds.add(beadId);
    }
    this.update();
  }

  private begin(): void {
    const { ledger } = this.recorder;
    const now = this.now();
    // Read before the time of the other session is saved, which may drop this one.
    const lastLook = ledger === undefined ? undefined : this.looks.get()[ledger];
    if (this.lookingSince !== undefined && this.ledger !== undefined) this.end(now);
    this.ledger = ledger;
    this.from = lastLook ?? now;
    this.isDismissed = now - this.from < longAbsenceMs;
    if (this.lookingSince !== undefined) this.lookingSince = now;
    this.collect();
    this.update();
  }

  private collect(): void {
    this.beadIds.clear();
    for (const { beadId } of since(this.recorder.history, this.from, this.lookingSince).events)
      this.beadIds.add(beadId);
  }

  private end(now: number): void {
    this.from = now;
    this.beadIds.clear();
    this.isDismissed = true;
    if (this.ledger === undefined) return;
    const looks = Object.entries({ ...this.looks.get(), [this.ledger]: now });
    this.looks.set(Object.fromEntries(looks.sort(([, a], [, b]) => b - a).slice(0, mostSessions)));
  }

  private update(): void {
    this.known = this.isDismissed || this.lookingSince === undefined ? undefined : this.absenceUntil(this.lookingSince);
    this.changed.fire();
  }

  private absenceUntil(to: number): Absence | undefined {
    const { completed, failed } = since(this.recorder.history, this.from, to);
    return completed + failed === 0 ? undefined : { from: this.from, to, completed, failed };
  }
}
