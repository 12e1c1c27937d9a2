// What the timeline shows of a session: the history that was recorded, joined with the current ledger. Doesn't use the editor.
import type { Assignment } from "../assignment";
import type { AttentionReason } from "../session/attentionReason";
import type { AgentKind } from "../history/durations";
import type { RecordedAssignment } from "../history/recordedAssignment";
import { statistics, type Statistics } from "../history/statistics";
import {
  longestText,
  type CompletionTime,
  type Outcome,
  type Rate,
  type TimelineBar,
  type TimelineData,
  type TimelineLane,
  type TimelineStage,
  type TimelineStatistics,
} from "./messages";

/** A pane of the session, as the tree has it. */
export interface TimelinePane {
  readonly identity: string;
  readonly index: number;
  readonly agentType: string;
  readonly agentName: string | undefined;
}

export interface TimelineContent {
  readonly sessionName: string;
  /** By when they began. */
  readonly assignments: readonly RecordedAssignment[];
  /** In the tree's order. */
  readonly panes: readonly TimelinePane[];
  /** The bead's row, while the ledger has one. */
  readonly rowOf: (beadId: string) => Assignment | undefined;
  /** Which assignment of its bead a row is. */
  readonly generationOf: (row: Assignment) => string;
  /** Why a row in flight needs attention. */
  readonly reasonOf: (row: Assignment) => AttentionReason | undefined;
  readonly kindOf: AgentKind;
  readonly words: {
    readonly pane: (index: number) => string;
    /** The product's name of a type of agent. */
    readonly agent: (agentType: string) => string;
    readonly removed: string;
  };
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function timelineData(content: TimelineContent): TimelineData {
  const { assignments, sessionName, now, kindOf } = content;
  const first = assignments[0]?.start ?? now;
  const figures = statistics(assignments, { start: Math.min(first, now), end: now + 1 }, kindOf);
  const bars = assignments.flatMap((assignment) => barOf(assignment, content) ?? []);
  return {
    session: cut(sessionName),
    lanes: lanesOf(bars, figures, content),
    bars,
    statistics: timelineStatistics(figures, content),
    now,
  };
}

/** `undefined` for an assignment of which no stage is known, so that it has no beginning. */
function barOf(assignment: RecordedAssignment, content: TimelineContent): TimelineBar | undefined {
  const { beadId, generation, pane, retryCount, end } = assignment;
  const stages = stagesOf(assignment);
  if (stages.length === 0) return undefined;
  const row = content.rowOf(beadId);
  const isCurrent = row !== undefined && content.generationOf(row) === generation;
  const outcome = end === undefined ? openOutcome(isCurrent ? content.reasonOf(row) : undefined) : endOutcome(end);
  const reason = end?.outcome === "removed" ? content.words.removed : end?.reason;
  return {
    id: cut(`${beadId} ${generation}`),
    beadId: cut(beadId),
    title: cut(row?.bead_title ?? ""),
    lane: cut(pane),
    stages,
    outcome,
    retries: retryCount,
    ...(reason !== undefined && { reason: cut(reason) }),
  };
}

/** A status that this version doesn't know is no stage: there the bar has a gap. */
function stagesOf({ stages }: RecordedAssignment): TimelineStage[] {
  return stages.flatMap(({ stage, start, end }) =>
    stage === "other" ? [] : [{ stage, start, ...(end !== undefined && { end: Math.max(start, end) }) }],
  );
}

function endOutcome({ outcome }: NonNullable<RecordedAssignment["end"]>): Outcome {
  switch (outcome) {
    case "completed":
    case "failed":
      return outcome;
    case "reassigned":
    case "removed":
      return "given-up";
  }
}

function openOutcome(reason: AttentionReason | undefined): Outcome {
  switch (reason) {
    case "stranded":
      return "stranded";
    case "agent-exited":
    case "pane-gone":
      return "agent-exited";
    default:
      return "open";
  }
}

/** The panes of the ledger, in the tree's order, and after them those that only the history has. */
function lanesOf(
  bars: readonly TimelineBar[],
  { panes: shares }: Statistics,
  content: TimelineContent,
): TimelineLane[] {
  const panes = new Map<string, TimelinePane>(content.panes.map((pane) => [cut(pane.identity), pane]));
  for (const { pane, paneIndex, agentType, agentName } of content.assignments) {
    const former = { identity: pane, index: paneIndex, agentType, agentName };
    if (!content.panes.some(({ identity }) => identity === pane)) panes.set(cut(pane), former);
  }
  const used = new Set(bars.map(({ lane }) => lane));
  return [...panes].flatMap(([id, { identity, index, agentType, agentName = "" }]) => {
    if (!used.has(id)) return [];
    const share = shares.get(identity);
    const agent = [content.words.agent(agentType), agentName].filter((part) => part !== "").join(" · ");
    const lane = { id, label: cut(content.words.pane(index)), agent: cut(agent) };
    return [share === undefined ? lane : { ...lane, share: { value: Math.min(1, share.value), beads: share.beads } }];
  });
}

function timelineStatistics(
  { throughput, failures, agents }: Statistics,
  content: TimelineContent,
): TimelineStatistics {
  const rate = (figure: Statistics["throughput"]): Rate | undefined =>
    figure && { perHour: figure.value, beads: figure.beads };
  const completionTimes = agents.flatMap(({ kind, median, p90 }): readonly CompletionTime[] =>
    median === undefined || p90 === undefined
      ? []
      : [{ agent: cut(content.words.agent(kind)), medianMs: median.value, p90Ms: p90.value, beads: p90.beads }],
  );
  return { throughput: rate(throughput), failures: rate(failures), completionTimes };
}

/** What is longer isn't taken by the page. */
function cut(text: string): string {
  return text.length <= longestText ? text : text.slice(0, longestText);
}
