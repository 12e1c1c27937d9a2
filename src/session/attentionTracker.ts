// Keeps what needs attention up to date, as the ledger and the signals change and as time passes. The views listen here and not
// to the session, so that all of them show the same state.
import { Emitter, type Disposable } from "../util/event";
import type { ActiveSession } from "./activeSession";
import { attentionIn, noAttention, type Attention, type StuckAfter } from "./attention";
import { noSignals, type Signal, type Signals } from "./attentionReason";
import type { Snoozes } from "./snoozes";

/** Timers that are longer than this are set anew on the way: a laptop that slept doesn't keep to them anyhow. */
const longestTimerMs = 60_000;

export class AttentionTracker implements Disposable {
  private readonly changed = new Emitter<Attention>();
  /**
   * After every change of the active session, and whenever a row got stuck or its snooze ended. Fired in a microtask: when the session
   * changes, several sources set their signals one after the other, and listeners need only the result.
   */
  readonly onDidChange = this.changed.event;
  private attention = noAttention;
  private readonly sources = new Map<string, Signals>();
  private signals: Signals = noSignals;
  private isOutdated = false;
  private areSignalsOutdated = false;
  private isFireRequested = false;
  private isDisposed = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly session: ActiveSession,
    private readonly stuckAfter: () => StuckAfter,
    private readonly snoozes?: Pick<Snoozes, "endOf" | "onDidChange">,
    private readonly clock: () => number = Date.now,
  ) {
    const refresh = (): void => {
      this.refresh();
    };
    this.subscriptions = [
      session.onDidChange(refresh),
      ...(snoozes === undefined ? [] : [snoozes.onDidChange(refresh)]),
    ];
  }

  /** Always about the session's current snapshot, also before listeners were notified. */
  get current(): Attention {
    if (this.isOutdated) this.compute();
    return this.attention;
  }

  /** Replaces the signals of a source for the active session's rows. @param source such as `panes` or `tracker` */
  setSignals(source: string, signals: Signals): void {
    if ((this.sources.get(source) ?? noSignals) === signals) return;
    this.sources.set(source, signals);
    this.areSignalsOutdated = true;
    this.refresh();
  }

  /** Has it computed anew, for the session, its signals, or a setting that changed. */
  refresh(): void {
    this.isOutdated = true;
    if (this.isFireRequested) return;
    this.isFireRequested = true;
    queueMicrotask(() => {
      this.isFireRequested = false;
      if (!this.isDisposed) this.changed.fire(this.current);
    });
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    for (const subscription of this.subscriptions) subscription.dispose();
    this.changed.dispose();
  }

  private compute(): void {
    const { snapshot } = this.session;
    this.isOutdated = false;
    // The same object until a source changes: views compare by identity.
    if (this.areSignalsOutdated) this.signals = merged([...this.sources.values()], this.signals);
    this.areSignalsOutdated = false;
    const now = this.clock();
    this.attention =
      snapshot === undefined
        ? noAttention
        : attentionIn(snapshot, this.stuckAfter(), now, this.signals, (row, problems) =>
            this.snoozes?.endOf(snapshot.path, row, problems, now),
          );
    this.wait();
  }

  private wait(): void {
    clearTimeout(this.timer);
    const { nextAt } = this.attention;
    if (nextAt === undefined || this.isDisposed) return;
    const remaining = nextAt - this.clock();
    const isFinalLeg = remaining <= longestTimerMs;
    this.timer = setTimeout(
      () => {
        if (isFinalLeg) this.refresh();
        else this.wait();
      },
      Math.min(Math.max(remaining, 0), longestTimerMs),
    );
  }
}

/** The signals of all sources; a bead of which nothing changed keeps its list. */
function merged(sources: readonly Signals[], before: Signals): Signals {
  const all = new Map<string, readonly Signal[]>();
  for (const signals of sources) {
    for (const [beadId, list] of signals) {
      const others = all.get(beadId);
      all.set(beadId, others === undefined ? list : [...others, ...list]);
    }
  }
  for (const [beadId, list] of all) {
    const former = before.get(beadId);
    if (former?.length === list.length && former.every((signal, index) => signal === list[index]))
      all.set(beadId, former);
  }
  return all;
}
