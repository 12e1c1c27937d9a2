// What needs attention in the panes of rows in flight.
import type { Assignment } from "../../assignment";
import { noSignals, type Signal, type Signals } from "../../session/attentionReason";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { awaited } from "../../messages/panes";
import type { PaneLives } from "../../tmux";
import { activeRows, assignedAt } from "../../tmux/joinPanes";

/** When a row lost its agent or its pane, so that the same loss stays the same signal. */
interface Loss {
  readonly reason: "agent-exited" | "pane-gone";
  /** `undefined`: since before the panes were first listed. */
  readonly since: number | undefined;
}

export class PaneSignals {
  private signals = noSignals;
  /** The session and the run that the rest is about. */
  private run = "";
  private firstLookAt = 0;
  /** The panes whose agents were seen alive. */
  private readonly seenAlive = new Set<string>();
  private readonly losses = new Map<string, Loss>();

  /** @param now milliseconds since 1970 @returns the same object as before when nothing changed */
  update(lives: PaneLives, snapshot: SessionSnapshot | undefined, now: number): Signals {
    const rowsByPane = snapshot === undefined ? [] : rowsInFlight(lives, snapshot);
    if (lives.sessionName !== undefined) this.remember(lives, now);
    const signals = new Map<string, readonly Signal[]>();
    for (const [paneId, rows] of rowsByPane) {
      for (const row of rows) {
        const found = this.signalsOf(row, paneId, lives, now);
        if (found.length > 0) signals.set(row.bead_id, sameAsBefore(this.signals.get(row.bead_id), found));
      }
    }
    const isSame =
      signals.size === this.signals.size && [...signals].every(([beadId, list]) => this.signals.get(beadId) === list);
    if (!isSame) this.signals = signals.size === 0 ? noSignals : signals;
    return this.signals;
  }

  private remember(lives: PaneLives, now: number): void {
    const run = `${lives.sessionName ?? ""} ${lives.sessionCreated ?? ""}`;
    if (run !== this.run) {
      this.run = run;
      this.firstLookAt = now;
      this.seenAlive.clear();
      this.losses.clear();
    }
    for (const { paneId, life } of lives.panes) if (life === "alive") this.seenAlive.add(paneId);
  }

  private signalsOf(row: Assignment, paneId: string, lives: PaneLives, now: number): readonly Signal[] {
    const signals: Signal[] = [];
    const state = lives.stateOf(row);
    if (state?.activity === "waiting") signals.push({ reason: "waiting", since: state.since, text: awaited(state) });
    if (state?.activity === "limit") signals.push({ reason: "usage-limit", since: state.since, text: state.reason });
    const life = lives.lifeOf(row);
    if (life === "agent-exited") signals.push(this.loss(row, paneId, "agent-exited", now));
    if (life === "gone") signals.push(this.loss(row, paneId, "pane-gone", now));
    if (life === "alive") this.losses.delete(row.bead_id);
    if (lives.isShared(row)) signals.push({ reason: "shared-pane" });
    return signals;
  }

  private loss(row: Assignment, paneId: string, reason: Loss["reason"], now: number): Loss {
    const known = this.losses.get(row.bead_id);
    if (known?.reason === reason) return known;
    const isRowNew = (assignedAt(row) ?? 0) >= this.firstLookAt;
    const loss = { reason, since: this.seenAlive.has(paneId) || isRowNew ? now : undefined };
    this.losses.set(row.bead_id, loss);
    return loss;
  }
}

/** The rows that occupy panes of this run, live ones and those that were closed. */
function rowsInFlight(
  lives: PaneLives,
  snapshot: SessionSnapshot,
): readonly (readonly [string, readonly Assignment[]])[] {
  const live = lives.panes.map(({ paneId, activeRows: rows }) => [paneId, rows] as const);
  if (lives.gone.size === 0) return live;
  const gone = snapshot.panes.flatMap(({ paneId, rows }) =>
    paneId !== undefined && lives.gone.has(paneId) ? [[paneId, activeRows(rows)] as const] : [],
  );
  return [...live, ...gone];
}

function sameAsBefore(before: readonly Signal[] | undefined, after: readonly Signal[]): readonly Signal[] {
  const isSame =
    before?.length === after.length &&
    after.every(({ reason, since, text }, index) => {
      const other = before[index];
      return other?.reason === reason && other.since === since && other.text === text;
    });
  return isSame ? before : after;
}
