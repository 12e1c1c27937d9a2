// Checks the locks of rows that ntm holds, and reports which are stranded and which are in progress.
import { DispatchActivity, epochMilliseconds } from "../assignment";
import type { AttentionTracker } from "./attentionTracker";
import { noSignals, type Signal, type Signals } from "./attentionReason";
import type { Log } from "../util/log";
import type { ActiveSession } from "./activeSession";
import type { Activities, RowActivities, RowActivity } from "./rowActivity";
import type { SessionSnapshot } from "./sessionSnapshot";
import type { Disposable } from "../util/event";

export interface DispatchWatchParts {
  readonly session: Pick<ActiveSession, "snapshot" | "onDidChange">;
  readonly attention: Pick<AttentionTracker, "setSignals">;
  readonly activities: Pick<RowActivities, "setFound">;
  readonly log: Pick<Log, "error">;
  /** The interval of the checks, in milliseconds. */
  readonly lookMs?: number;
}

/** Two checks must agree. A step of ntm takes seconds. */
const lookMs = 1500;

export function watchDispatches(parts: DispatchWatchParts): Disposable {
  return new DispatchWatch(parts);
}

class DispatchWatch implements Disposable {
  private activity: DispatchActivity | undefined;
  private path: string | undefined;
  private signals: Signals = noSignals;
  private shown: Activities = new Map();
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private isDisposed = false;
  private readonly subscription: Disposable;

  constructor(private readonly parts: DispatchWatchParts) {
    this.subscription = parts.session.onDidChange(({ after }) => {
      this.follow(after);
    });
    this.follow(parts.session.snapshot);
  }

  dispose(): void {
    this.isDisposed = true;
    clearTimeout(this.timer);
    this.subscription.dispose();
  }

  private follow(snapshot: SessionSnapshot | undefined): void {
    if (snapshot?.path !== this.path) {
      this.path = snapshot?.path;
      this.activity = snapshot && new DispatchActivity(snapshot.path);
    }
    if (snapshot === undefined) {
      this.publish();
      return;
    }
    this.activity?.update(snapshot.rows);
    this.publish();
    this.schedule(0);
  }

  private schedule(delay: number): void {
    if (this.timer !== undefined || this.isLooking || this.isDisposed || this.activity?.isNeeded !== true) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.check().catch((error: unknown) => {
        this.parts.log.error(error instanceof Error ? error : String(error));
      });
    }, delay);
  }

  private async check(): Promise<void> {
    const { activity } = this;
    this.isLooking = true;
    try {
      await activity?.checkLocks();
    } finally {
      this.isLooking = false;
    }
    if (this.isDisposed) return;
    if (activity === this.activity) this.publish();
    this.schedule(this.parts.lookMs ?? lookMs);
  }

  /** Only what changed gets a new value, so that only that is painted anew. */
  private publish(): void {
    const { session, attention, activities } = this.parts;
    const signals = new Map<string, readonly Signal[]>();
    const shown = new Map<string, RowActivity>();
    for (const beadId of this.activity?.held ?? []) {
      const known = this.activity?.of(beadId);
      if (known?.kind === "stranded") {
        signals.set(beadId, this.signals.get(beadId) ?? [strandedSignal(known.since)]);
      } else if (known !== undefined) {
        const before = this.shown.get(beadId);
        shown.set(beadId, before?.kind === known.kind ? before : { kind: known.kind });
      }
    }
    if (!isSameMap(signals, this.signals)) attention.setSignals("dispatch", (this.signals = signals));
    if (isSameMap(shown, this.shown)) return;
    const changed = [...new Set([...shown.keys(), ...this.shown.keys()])].filter(
      (beadId) => shown.get(beadId) !== this.shown.get(beadId),
    );
    this.shown = shown;
    activities.setFound(session.snapshot?.sessionName ?? "", shown, changed);
  }
}

function strandedSignal(since: string | undefined): Signal {
  const start = epochMilliseconds(since);
  return { reason: "stranded", ...(start !== undefined && { since: start }) };
}

function isSameMap<V>(a: ReadonlyMap<string, V>, b: ReadonlyMap<string, V>): boolean {
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
