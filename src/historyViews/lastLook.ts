// When the Beads view was last looked at, and what happened since. Knows no editor.
import type { HistoryChange, HistoryRecorder } from "../history/recorder";
import { since } from "../history/since";
import { milliseconds } from "../history/time";
import { Emitter, type Disposable } from "../util/event";

/** The end of the last look at each session, by the path of its ledger, in milliseconds since 1970. */
export interface LastLooks {
  get(): Readonly<Record<string, number>>;
  set(looks: Readonly<Record<string, number>>): void;
}

/** The time during which the view was not looked at, in milliseconds since 1970. */
export interface Absence {
  readonly from: number;
  readonly to: number;
  /** How many beads stand completed, or failed, because of it. */
  readonly completed: number;
  readonly failed: number;
}

/** An absence is worth a line from this time on. */
const longAbsenceMs = 3_600_000;
/** A shorter look, such as when the window is passed through on the way to another one, is none. */
const shortestLookMs = 1_000;
/** Of so many sessions the last look is kept. */
const mostSessions = 50;

export class LastLook implements Disposable {
  private readonly changed = new Emitter<void>();
  readonly onDidChange = this.changed.event;
  private ledger: string | undefined;
  /** What happened later than that was not seen in an earlier look. */
  private from = 0;
  /** When the current look began; `undefined` while the view is not looked at. */
  private lookingSince: number | undefined;
  private readonly beadIds = new Set<string>();
  private isDismissed = false;
  private known: Absence | undefined;
  private readonly subscription: Disposable;

  constructor(
    private readonly recorder: Pick<HistoryRecorder, "history" | "ledger" | "onDidChange">,
    private readonly looks: LastLooks,
    private readonly now: () => number = Date.now,
  ) {
    this.subscription = recorder.onDidChange((change) => {
      this.take(change);
    });
    this.begin();
  }

  /** The beads to which something happened since the last look. They stay until the look that shows them ends. */
  get changedBeads(): ReadonlySet<string> {
    return this.beadIds;
  }

  /** What happened in a long absence, from the return until it is dismissed. */
  get absence(): Absence | undefined {
    return this.known;
  }

  /** @param isLooking whether the view is visible in a focused window */
  setLooking(isLooking: boolean): void {
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
    this.setLooking(false);
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
    // Read before the end of the other session's look is kept, because that may make room by dropping this one.
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
