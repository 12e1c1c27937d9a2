// Keeps what needs a person up to date, as the ledger changes and as time passes. The views listen here and not to the
// session, so that all of them show the same moment.
import { Emitter, type Disposable } from "../util/event";
import type { ActiveSession } from "./activeSession";
import { attentionIn, noAttention, type Attention, type StuckAfter } from "./attention";

/** Timers that are longer than this are set anew on the way: a laptop that slept doesn't keep to them anyhow. */
const longestTimerMs = 60_000;

export class AttentionWatch implements Disposable {
  private readonly changed = new Emitter<Attention>();
  /** After every change of the active session, and whenever a row got stuck. */
  readonly onDidChange = this.changed.event;
  private attention = noAttention;
  private timer: NodeJS.Timeout | undefined;
  private readonly subscription: Disposable;

  constructor(
    private readonly session: ActiveSession,
    private readonly stuckAfter: () => StuckAfter,
  ) {
    this.subscription = session.onDidChange(() => {
      this.refresh();
    });
  }

  get current(): Attention {
    return this.attention;
  }

  /** Looks again, for a setting that changed. */
  refresh(): void {
    const { snapshot } = this.session;
    this.attention =
      snapshot === undefined ? noAttention : attentionIn(snapshot, this.stuckAfter(), Date.now(), this.attention);
    this.wait();
    this.changed.fire(this.attention);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.subscription.dispose();
    this.changed.dispose();
  }

  private wait(): void {
    clearTimeout(this.timer);
    const { nextAt } = this.attention;
    if (nextAt === undefined) return;
    const remaining = nextAt - Date.now();
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
