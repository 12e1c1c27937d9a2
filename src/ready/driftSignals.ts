// Where the ledger and the tracker differ, as signals for attention. Only rows that changed are compared, until the tracker changes.
import { epochMilliseconds, rowChanges, type Assignment } from "../assignment";
import { noSignals, type Signal, type Signals } from "../attention/signal";
import { driftOf } from "../tracker/drift";
import type { IssuesState } from "../tracker/issuesFile";

export class DriftSignals {
  private rows: readonly Assignment[] = [];
  private issues: IssuesState | undefined;
  private signals: Signals = noSignals;

  /**
   * The signals of these rows; the same map as long as no row's drift changed.
   * @param rows in list order
   * @param issues `undefined` while the tracker wasn't read
   */
  update(rows: readonly Assignment[], issues: IssuesState | undefined): Signals {
    const isSameTracker = issues === this.issues;
    const { gone, come } = isSameTracker ? rowChanges(this.rows, rows) : { gone: this.rows, come: rows };
    this.rows = rows;
    this.issues = issues;
    const changed = new Map<string, Signal | undefined>();
    for (const { bead_id: beadId } of gone) if (this.signals.has(beadId)) changed.set(beadId, undefined);
    for (const row of come) {
      const signal = signalOf(row, issues);
      if (signal !== undefined) changed.set(row.bead_id, signal);
    }
    this.apply(changed);
    return this.signals;
  }

  private apply(changed: ReadonlyMap<string, Signal | undefined>): void {
    const signals = new Map(this.signals);
    let hasChanged = false;
    for (const [beadId, signal] of changed) {
      const [before] = this.signals.get(beadId) ?? [];
      if (isSame(before, signal)) continue;
      hasChanged = true;
      if (signal === undefined) signals.delete(beadId);
      else signals.set(beadId, [signal]);
    }
    if (hasChanged) this.signals = signals;
  }
}

function signalOf(row: Assignment, issues: IssuesState | undefined): Signal | undefined {
  const drift = driftOf(row, issues);
  switch (drift.kind) {
    case "none":
    case "unknown":
      return undefined;
    case "closed-in-tracker":
      return { reason: drift.kind, since: epochMilliseconds(drift.closedAt), text: drift.reason };
    case "deleted-in-tracker":
      return { reason: drift.kind, since: epochMilliseconds(drift.deletedAt) };
    case "claim-lost":
      return { reason: drift.kind, since: epochMilliseconds(drift.changedAt), text: drift.holder };
  }
}

function isSame(a: Signal | undefined, b: Signal | undefined): boolean {
  return a?.reason === b?.reason && a?.since === b?.since && a?.text === b?.text;
}
