// How long completed assignments took, by agent type, and from when on a working row takes longer than usual.
import type { RecordedAssignment } from "./recordedAssignment";

/** A number, and how many beads it rests on. Durations are in milliseconds. */
export interface Figure {
  readonly value: number;
  readonly beads: number;
}

/** So many beads are the fewest that a median, and a 90th percentile, are given for. */
const fewestForMedian = 3;
const fewestForP90 = 10;

/** The 90th percentile isn't taken for stuck below this. */
const shortestUsualMs = 15 * 60_000;

/** From when on a row that works counts as stuck, and why. In milliseconds. */
export interface StuckLimit {
  readonly limitMs: number;
  /** Nine in ten of the completed beads worked no longer than this. */
  readonly usualMs: number;
  readonly beads: number;
}

/** How kinds of agents are distinguished: `cc` and `claude` may be one. */
export type AgentKind = (agentType: string) => string;

/** From the beginning to the completion; only assignments whose completion the ledger has a time for. */
export function completionTimes(assignments: readonly RecordedAssignment[]): number[] {
  return assignments.flatMap(({ start, end }) => (isTimedCompletion(end) ? [Math.max(0, end.at - start)] : []));
}

/** From the last time it was marked working to the completion; none for beads that never were. */
export function workingTimes(assignments: readonly RecordedAssignment[]): number[] {
  return assignments.flatMap(({ stages, end }) => {
    const last = stages.at(-1);
    return isTimedCompletion(end) && last?.stage === "working" ? [Math.max(0, end.at - last.start)] : [];
  });
}

/**
 * How long a row may work before it counts as stuck: longer than nine in ten of the completed beads of its kind of agent
 * worked, but not less than 15 minutes. `undefined` where there are too few.
 * @param times the result of {@link workingTimes} for that agent type
 */
export function stuckByExperience(times: readonly number[]): StuckLimit | undefined {
  const usual = p90(times);
  if (usual === undefined) return undefined;
  return { limitMs: Math.max(usual.value, shortestUsualMs), usualMs: usual.value, beads: usual.beads };
}

export function groupedByKind(
  assignments: readonly RecordedAssignment[],
  kindOf: AgentKind,
): ReadonlyMap<string, readonly RecordedAssignment[]> {
  const kinds = new Map<string, RecordedAssignment[]>();
  for (const assignment of assignments) {
    const kind = kindOf(assignment.agentType);
    const others = kinds.get(kind);
    if (others === undefined) kinds.set(kind, [assignment]);
    else others.push(assignment);
  }
  return kinds;
}

/** `undefined` where there are too few. */
export function median(durations: readonly number[]): Figure | undefined {
  return durations.length < fewestForMedian ? undefined : figure(durations, 0.5);
}

/** The value that nine in ten don't exceed; `undefined` where there are too few. */
export function p90(durations: readonly number[]): Figure | undefined {
  return durations.length < fewestForP90 ? undefined : figure(durations, 0.9);
}

function figure(durations: readonly number[], part: number): Figure {
  const sorted = [...durations].sort((a, b) => a - b);
  return { value: sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0, beads: sorted.length };
}

function isTimedCompletion(end: RecordedAssignment["end"]): end is NonNullable<RecordedAssignment["end"]> {
  return end?.outcome === "completed" && !end.isObserved;
}
