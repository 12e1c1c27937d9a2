// Tells of what happened to beads of the shown session without the user's doing: what other processes did to their rows, and
// what their panes and agents came to. One message for a burst of changes.
import type { Attention } from "./attention/attention";
import type { AttentionTracker } from "./attention/attentionTracker";
import { changedSignals, noSignals, type Problem, type Signals } from "./attention/signal";
import type { Services } from "./actions/services";
import type { Settings } from "./contributions";
import type { SessionChange } from "./session/activeSession";
import { rowsWithNewStatus } from "./session/statusChanges";
import { reasons } from "./text/reasons";
import { Burst } from "./util/burst";
import { DisposableStore } from "./util/disposableStore";
import type { Disposable } from "./util/event";

/** A swarm that fails, fails within seconds. */
const quietMs = 1000;
const longestMs = 5000;
/** Agents tell the time in whole seconds. */
const clockStepMs = 1000;

/** Which statuses are worth a message, by the setting. */
const reportedStatuses: Readonly<Record<Settings["notifications"], readonly string[]>> = {
  off: [],
  failed: ["failed"],
  all: ["failed", "completed", "assigned"],
};

export class Notifications implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly burst = this.disposables.add(
    new Burst<string>(
      (beadIds) => {
        this.tell(new Set(beadIds));
      },
      quietMs,
      longestMs,
    ),
  );
  private signals: Signals = noSignals;
  /** When the session was shown: what had begun before is shown in the views, and needs no message. */
  private shownAt = Date.now();

  constructor(
    private readonly services: Services,
    private readonly attention: AttentionTracker,
    private readonly setting: () => Settings["notifications"],
  ) {
    this.disposables.add(
      services.session.onDidChange((change) => {
        this.gatherChanges(change);
      }),
    );
    this.disposables.add(
      attention.onDidChange((current) => {
        this.gatherProblems(current);
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private gatherChanges({ before, after }: SessionChange): void {
    if (before?.path !== after?.path) {
      this.burst.drop();
      this.shownAt = Date.now();
    }
    if (before === undefined || after === undefined || this.setting() === "off") return;
    this.burst.add(rowsWithNewStatus(before, after).map((row) => row.bead_id));
  }

  /** A reason that comes and stays is reported once; its details may change. */
  private gatherProblems({ signals }: Attention): void {
    const before = this.signals;
    this.signals = signals;
    if (this.setting() === "off") return;
    const isNew = (beadId: string): boolean =>
      signals
        .get(beadId)
        ?.some(
          (signal) => this.isReported(signal) && !before.get(beadId)?.some(({ reason }) => reason === signal.reason),
        ) === true;
    this.burst.add([...changedSignals(before, signals)].filter(isNew));
  }

  private isReported({ reason, since }: Problem): boolean {
    return reasons[reason].isNotified && since !== undefined && since >= this.shownAt - clockStepMs;
  }

  /** Only what is still so: a bead that failed and was retried within the burst isn't reported. */
  private tell(beadIds: ReadonlySet<string>): void {
    const { session, ownChanges, log } = this.services;
    const { current } = this.attention;
    const setting = this.setting();
    const news = [...beadIds].flatMap((beadId) => {
      const row = session.snapshot?.get(beadId);
      if (row === undefined || setting === "off") return [];
      const problem = current.problemsOf(row).find((one) => this.isReported(one));
      // Asked this late because a change is shown before its command has returned.
      const isReported =
        problem !== undefined || (reportedStatuses[setting].includes(row.status) && !ownChanges.has(row));
      return isReported ? [{ row, problem }] : [];
    });
    if (news.length === 0) return;
    // Loaded with the first message.
    import("./notificationMessage").then(
      ({ showNews }) => {
        showNews(this.services, news);
      },
      (error: unknown) => {
        log.error(error instanceof Error ? error : String(error));
      },
    );
  }
}
