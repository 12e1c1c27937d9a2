// Statistics of a period of a session's history. Every number comes with the beads behind it, and none is given where
// there are too few.
import { completionTimes, groupedByKind, median, p90, type AgentKind, type Figure } from "./durations";
import type { HistoryEvent } from "./historyEvent";
import type { History } from "./history";
import { type RecordedAssignment, statusAfter } from "./recordedAssignment";
import { eventTimeOf } from "./eventTime";

/** Milliseconds since 1970; `end` is not part of it. */
export interface Period {
  readonly start: number;
  readonly end: number;
}

export interface Statistics {
  /** Completed beads per hour. */
  readonly throughput: Figure | undefined;
  /** Failed beads per hour. */
  readonly failures: Figure | undefined;
  /** By kind of agent, the kind with most completed beads first. */
  readonly agents: readonly AgentStatistics[];
  /** By the pane's identity. */
  readonly panes: ReadonlyMap<string, Figure>;
}

/** Milliseconds from the beginning of an assignment to its completion. */
export interface AgentStatistics {
  readonly kind: string;
  readonly completed: number;
  readonly median: Figure | undefined;
  readonly p90: Figure | undefined;
}

const hourMs = 3_600_000;
/** A rate over less time, or of fewer beads, says nothing. */
const shortestForRate = hourMs / 4;
const fewestForRate = 3;

export function statistics(assignments: readonly RecordedAssignment[], period: Period, kindOf: AgentKind): Statistics {
  const completed = assignments.filter(({ end }) => end?.outcome === "completed" && isIn(end.at, period));
  const failed = assignments.filter(({ end, marks }) => {
    const isFailed = end?.outcome === "failed" && isIn(end.at, period);
    return isFailed || marks.some(({ kind, at }) => kind === "failed" && isIn(at, period));
  });
  return {
    throughput: rate(completed, period),
    failures: rate(failed, period),
    agents: byAgent(completed, kindOf),
    panes: workingShares(assignments, period),
  };
}

function rate(assignments: readonly RecordedAssignment[], { start, end }: Period): Figure | undefined {
  const beads = new Set(assignments.map(({ beadId }) => beadId)).size;
  if (end - start < shortestForRate || beads < fewestForRate) return undefined;
  return { value: (beads * hourMs) / (end - start), beads };
}

function byAgent(completed: readonly RecordedAssignment[], kindOf: AgentKind): readonly AgentStatistics[] {
  return [...groupedByKind(completed, kindOf)]
    .map(([kind, ofKind]) => {
      const times = completionTimes(ofKind);
      return { kind, completed: ofKind.length, median: median(times), p90: p90(times) };
    })
    .sort((a, b) => b.completed - a.completed || (a.kind < b.kind ? -1 : 1));
}

/** How much of the time since its first assignment each pane worked, from 0 to 1. */
function workingShares(assignments: readonly RecordedAssignment[], period: Period): ReadonlyMap<string, Figure> {
  const panes = new Map<string, { since: number; beads: Set<string>; periods: Period[] }>();
  for (const { pane, beadId, start, stages } of assignments) {
    if (start >= period.end) continue;
    const known = panes.get(pane) ?? { since: start, beads: new Set(), periods: [] };
    panes.set(pane, known);
    known.since = Math.min(known.since, start);
    for (const stage of stages) {
      if (stage.stage !== "working") continue;
      const worked = { start: Math.max(stage.start, period.start), end: Math.min(stage.end ?? period.end, period.end) };
      if (worked.end <= worked.start) continue;
      known.periods.push(worked);
      known.beads.add(beadId);
    }
  }
  const shares = new Map<string, Figure>();
  for (const [pane, { since, beads, periods }] of panes) {
    const total = period.end - Math.max(since, period.start);
    if (total > 0 && beads.size > 0) shares.set(pane, { value: covered(periods) / total, beads: beads.size });
  }
  return shares;
}

/** How much time is in any of the periods. */
function covered(periods: readonly Period[]): number {
  let [total, until] = [0, -Infinity];
  for (const { start, end } of [...periods].sort((a, b) => a.start - b.start)) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}

function isIn(moment: number, { start, end }: Period): boolean {
  return moment >= start && moment < end;
}

export interface Since {
  /** In time order. */
  readonly events: readonly HistoryEvent[];
  /** The number of beads whose last result is completed, or failed: one that was retried meanwhile doesn't count as failed. */
  readonly completed: number;
  readonly failed: number;
}

/**
 * @param moment in milliseconds since 1970; what happened at that very moment is not included
 * @param until the last moment that is included
 */
export function since(history: History, moment: number, until?: number): Since {
  const later = until === undefined ? [] : after(history.events, eventTimeOf(until));
  const all = after(history.events, eventTimeOf(moment));
  const events = all.slice(0, Math.max(0, all.length - later.length));
  const outcomes = new Map<string, string>();
  for (const { beadId, kind } of events) {
    const status = statusAfter(kind);
    // A row that was removed once it had ended has ended all the same.
    if (status !== "gone") outcomes.set(beadId, status);
  }
  const count = (status: string): number => [...outcomes.values()].filter((outcome) => outcome === status).length;
  return { events, completed: count("completed"), failed: count("failed") };
}

/** Events are in time order, and what is sought is at their end. */
function after(events: readonly HistoryEvent[], at: string): readonly HistoryEvent[] {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.at ?? "") > at) high = middle;
    else low = middle + 1;
  }
  return events.slice(low);
}
