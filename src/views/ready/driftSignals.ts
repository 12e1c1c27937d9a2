// Where the ledger and the tracker differ, as signals for attention.
import { epochMilliseconds, type Assignment } from "../../assignment";
import type { Signal, Signals } from "../../session/attentionReason";
import { driftOf } from "../../tracker/drift";
import type { IssuesState } from "../../tracker/issuesFile";

/**
 * The signals of these rows. A bead whose drift is the same keeps its list, and if all are, the result is `before`.
 * @param issues `undefined` while the tracker wasn't read
 */
export function driftSignals(rows: readonly Assignment[], issues: IssuesState | undefined, before: Signals): Signals {
  const signals = new Map<string, readonly Signal[]>();
  let hasChanged = false;
  for (const row of rows) {
    const signal = signalOf(row, issues);
    if (signal === undefined) continue;
    const former = before.get(row.bead_id);
    const isKept = former !== undefined && isSame(former[0], signal);
    signals.set(row.bead_id, isKept ? former : [signal]);
    hasChanged ||= !isKept;
  }
  return hasChanged || signals.size !== before.size ? signals : before;
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
