// Keeps what is known of the shown session's panes up to date. tmux is asked only while the answer can matter; what is
// older than two intervals is no longer shown.
import { setImmediate as otherTasks } from "node:timers/promises";
import { Emitter, type Disposable } from "../util/event";
import { isProcessRunning } from "../util/isProcessRunning";
import { SerialTask } from "../util/serialTask";
import type { TmuxPane } from "./paneFormat";
import { joinPanes, activeRows } from "./joinPanes";
import { observePanes, type ObserveOptions } from "./observePanes";
import type { PaneList } from "./paneList";
import { nothingKnown, type PaneLives } from "./paneLifecycle";
import type { PaneObservation } from "./paneObservation";
import { SignalWatch, type WaitOutcome } from "./signal";

export interface PaneWatchOptions extends ObserveOptions {
  /** Asks tmux; ended by the signal when the watch is disposed. */
  readonly list: (signal: AbortSignal) => Promise<PaneList>;
  /** Waits for the signal of an agent's hook, until aborted. */
  readonly wait: (signal: AbortSignal) => Promise<WaitOutcome>;
  /** Whether tmux may be asked at all: the setting. */
  readonly isEnabled: () => boolean;
  /** Whether the window has the focus. */
  readonly isFocused: () => boolean;
  /** Whether a view that shows panes is visible. */
  readonly isVisible: () => boolean;
  readonly log: WatchLog;
  /** Whether a process exists, which distinguishes a tmux that ended from one that doesn't answer. */
  readonly isRunning?: (pid: number) => boolean;
}

interface WatchLog {
  info(message: string): void;
  warn(message: string): void;
  error(error: string | Error): void;
}

const focusedIntervalMs = 3000;
const intervalMs = 15_000;
/** Where tmux isn't, doesn't run, or doesn't answer as it should. */
const troubledIntervalMs = 60_000;
/** So many times in a row a server that ended is missed before it is asked for less often. */
const confirmingLooks = 2;

export class PaneWatch implements Disposable {
  private readonly changed = new Emitter<PaneLives>();
  /** Fires only if something changed. */
  readonly onDidChange = this.changed.event;
  private lives = nothingKnown;
  private look: PaneObservation | undefined;
  /** Until when the observation may be shown, in milliseconds since 1970. */
  private isFresh = false;
  private freshUntil = 0;
  private askedAt: number | undefined;
  private failures = 0;
  private endedLooks = 0;
  /** What was reported, until tmux answers again. */
  private trouble: string | undefined;
  private nextTimer: NodeJS.Timeout | undefined;
  private freshTimer: NodeJS.Timeout | undefined;
  private readonly disposal = new AbortController();
  private readonly task = new SerialTask(() => this.ask());
  private readonly signals: SignalWatch;

  constructor(private readonly options: PaneWatchOptions) {
    this.signals = new SignalWatch({
      wait: options.wait,
      onSignal: () => {
        this.request();
      },
      onError: (error) => {
        this.logError(error);
      },
    });
    this.schedule();
  }

  get current(): PaneLives {
    return this.lives;
  }

  /** Asks at once, regardless of the schedule; requests made while tmux is asked share the next answer. */
  refresh(): Promise<void> {
    return this.options.isEnabled() ? this.task.request() : Promise.resolve();
  }

  /** For a ledger that changed: joins what is known with it, and asks whether the panes changed, too. */
  ledgerChanged(): void {
    this.show();
    // Where tmux isn't, a busy ledger is no reason to start it again and again.
    if (this.trouble === undefined || this.isDue(this.baseInterval)) this.request();
    else this.schedule();
  }

  /** For a focus, a visibility or a setting that changed. */
  update(): void {
    if (!this.options.isEnabled()) this.forget();
    // If the interval became longer, the last observation is shown for longer.
    if (this.isFresh && this.look !== undefined) this.keepFresh(Math.max(this.freshUntil, this.endOf(this.look)));
    this.show();
    this.schedule();
  }

  dispose(): void {
    clearTimeout(this.nextTimer);
    clearTimeout(this.freshTimer);
    this.signals.dispose();
    this.task.dispose();
    this.disposal.abort();
    this.changed.dispose();
  }

  private get baseInterval(): number {
    return this.options.isFocused() ? focusedIntervalMs : intervalMs;
  }

  private get interval(): number {
    const isTroubled = this.trouble !== undefined || this.endedLooks >= confirmingLooks;
    return isTroubled ? troubledIntervalMs : this.baseInterval;
  }

  private get canMatter(): boolean {
    if (!this.options.isEnabled() || this.disposal.signal.aborted) return false;
    if (this.options.isVisible()) return true;
    return this.options.shownSession()?.panes.some(({ rows }) => activeRows(rows).length > 0) ?? false;
  }

  /** Whether there is a server to wait with. */
  private get isServerKnown(): boolean {
    return this.look !== undefined && this.trouble === undefined && this.failures === 0 && this.endedLooks === 0;
  }

  private isDue(interval: number): boolean {
    return this.remaining(interval) === 0;
  }

  /** Milliseconds until the next request; a clock that was put back doesn't make it longer. */
  private remaining(interval: number): number {
    if (this.askedAt === undefined) return 0;
    return Math.min(Math.max(this.askedAt + interval - Date.now(), 0), interval);
  }

  private schedule(): void {
    clearTimeout(this.nextTimer);
    const { canMatter } = this;
    this.signals.update(canMatter && this.isServerKnown);
    if (!canMatter) return;
    this.nextTimer = setTimeout(() => {
      this.request();
    }, this.remaining(this.interval));
  }

  private request(): void {
    clearTimeout(this.nextTimer);
    if (!this.canMatter) {
      this.schedule();
      return;
    }
    this.task.request().catch((error: unknown) => {
      this.logError(error);
      this.schedule();
    });
  }

  private logError(error: unknown): void {
    this.options.log.error(error instanceof Error ? error : String(error));
  }

  private async ask(): Promise<void> {
    this.askedAt = Date.now();
    // Starting a process takes the thread 15 ms. The views show a changed ledger first.
    await otherTasks();
    const at = Date.now();
    const list = await this.options.list(this.disposal.signal);
    const panes = this.panesOf(list);
    const look = panes === undefined ? undefined : await observePanes(panes, at, this.look, this.options);
    // The setting may have been switched off meanwhile.
    if (this.disposal.signal.aborted || !this.options.isEnabled()) return;
    if (look === undefined) {
      this.fail(list);
    } else {
      this.recover(list);
      this.look = look;
      this.keepFresh(this.endOf(look));
    }
    this.show();
    this.schedule();
  }

  /** The panes that there are; none once the server that had them is known to have ended. */
  private panesOf(list: PaneList): readonly TmuxPane[] | undefined {
    if (list.kind === "panes") return list.panes;
    const server = this.look?.serverPid;
    if (list.kind !== "no-server" || server === undefined) return undefined;
    return (this.options.isRunning ?? isProcessRunning)(server) ? undefined : [];
  }

  private fail(list: PaneList): void {
    this.endedLooks = 0;
    this.failures++;
    switch (list.kind) {
      case "panes":
        return;
      case "no-tmux":
        this.report("tmux couldn't be started: panes are shown as the ledger tells of them.");
        return;
      case "no-server":
        this.report("No tmux server runs where it was looked for: panes are shown as the ledger tells of them.");
        return;
      case "failed":
        if (list.reason !== "timed-out" && this.failures < 2) return;
        this.report(`tmux doesn't tell of its panes (${list.reason}): ${list.detail}`);
    }
  }

  private report(trouble: string): void {
    clearTimeout(this.freshTimer);
    this.isFresh = false;
    if (this.trouble === undefined) this.options.log.warn(trouble);
    this.trouble = trouble;
  }

  private recover(list: PaneList): void {
    this.failures = 0;
    this.endedLooks = list.kind === "panes" ? 0 : this.endedLooks + 1;
    if (this.trouble !== undefined) this.options.log.info("tmux tells of its panes again.");
    this.trouble = undefined;
  }

  /** Called when an observation is older than two intervals. */
  private endOf({ at }: PaneObservation): number {
    return at + 2 * this.interval;
  }

  private keepFresh(until: number): void {
    clearTimeout(this.freshTimer);
    this.isFresh = true;
    this.freshUntil = until;
    this.freshTimer = setTimeout(() => {
      this.isFresh = false;
      this.show();
    }, until - Date.now());
  }

  private forget(): void {
    clearTimeout(this.freshTimer);
    this.isFresh = false;
    this.look = undefined;
    this.askedAt = undefined;
    this.trouble = undefined;
    this.failures = 0;
    this.endedLooks = 0;
  }

  private show(): void {
    const shown = this.options.shownSession();
    const lives =
      this.isFresh && this.look !== undefined && shown !== undefined
        ? joinPanes(shown, this.look, this.lives)
        : nothingKnown;
    if (lives === this.lives) return;
    this.lives = lives;
    this.changed.fire(lives);
  }
}
