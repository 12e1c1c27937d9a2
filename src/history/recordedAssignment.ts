// One assignment of a bead, from its events: when it was in which stage, and how it ended.
import type { AssignmentStatus } from "../assignment";
import type { HistoryEvent, EventKind } from "./historyEvent";
import type { History } from "./history";
import { milliseconds } from "./eventTime";

export type Stage = "claim" | "dispatch" | "assigned" | "working" | "other";

/** `reassigned`: given to another agent before it had ended; `removed`: gone from the ledger before it had ended. */
export type RecordedOutcome = "completed" | "failed" | "reassigned" | "removed";

/** All times are milliseconds since 1970. */
export interface RecordedAssignment {
  readonly beadId: string;
  readonly generation: string;
  /** tmux's `%N`, else the pane index as text. */
  readonly pane: string;
  readonly paneIndex: number;
  readonly agentType: string;
  readonly agentName: string | undefined;
  readonly retryCount: number;
  /** In time order, without overlaps; only the last one may have no end. There are gaps where it had failed meanwhile. */
  readonly stages: readonly StagePeriod[];
  /** Failures that were retried, those retries, and dispatches that failed. In time order. */
  readonly marks: readonly RecordedMark[];
  readonly start: number;
  /** `undefined`: it goes on. */
  readonly end: End | undefined;
}

export interface StagePeriod {
  readonly stage: Stage;
  readonly start: number;
  readonly end: number | undefined;
}

export interface RecordedMark {
  readonly kind: "failed" | "retried" | "dispatch-failed";
  readonly at: number;
  readonly reason: string | undefined;
}

export interface End {
  readonly outcome: RecordedOutcome;
  readonly at: number;
  /** The time is an upper bound: no window observed the change itself. */
  readonly isObserved: boolean;
  readonly reason: string | undefined;
}

/** All assignments, by when they began. */
export function recordedAssignments(history: History): RecordedAssignment[] {
  return [...history.beads.values()].flatMap(assignmentsOfBead).sort((a, b) => a.start - b.start);
}

/** The assignments of one bead, by when they began: its owners, the last one being the current or latest. */
export function assignmentsOfBead(events: readonly HistoryEvent[]): RecordedAssignment[] {
  const generations = new Map<string, HistoryEvent[]>();
  for (const event of events) {
    const others = generations.get(event.generation);
    if (others === undefined) generations.set(event.generation, [event]);
    else others.push(event);
  }
  return [...generations.values()].flatMap((ofOne) => recordedAssignment(ofOne) ?? []);
}

/** @param events of one assignment, in time order */
function recordedAssignment(events: readonly HistoryEvent[]): RecordedAssignment | undefined {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const course = new Course();
  for (const event of events) course.add(event);
  return {
    beadId: first.beadId,
    generation: first.generation,
    pane: last.pane,
    paneIndex: last.paneIndex,
    agentType: last.agentType,
    agentName: last.agentName,
    retryCount: Math.max(...events.map(({ retryCount }) => retryCount ?? 0)),
    stages: course.stages,
    marks: course.marks,
    start: milliseconds(first.at),
    end: course.end,
  };
}

/** How far an assignment has come. */
class Course {
  readonly stages: StagePeriod[] = [];
  readonly marks: RecordedMark[] = [];
  end: End | undefined;

  add(event: HistoryEvent): void {
    const { kind, reason } = event;
    const at = milliseconds(event.at);
    switch (kind) {
      case "claiming":
      case "claimed":
        this.reach("claim", at);
        break;
      case "sending":
        this.reach("dispatch", at);
        break;
      case "dispatch-failed":
        this.marks.push({ kind, at, reason });
        break;
      case "assigned":
      case "working":
      case "other":
        this.reach(kind, at);
        break;
      case "retried":
        this.reach("assigned", at);
        this.marks.push({ kind, at, reason });
        break;
      case "completed":
      case "failed":
      case "reassigned":
        this.finish(kind, event, at);
        break;
      case "replaced":
        if (this.end === undefined) this.finish("reassigned", event, at);
        break;
      case "removed":
        if (this.end === undefined) this.finish("removed", event, at);
        break;
    }
  }

  private reach(stage: Stage, at: number): void {
    if (this.end?.outcome === "failed") this.marks.push({ kind: "failed", at: this.end.at, reason: this.end.reason });
    this.end = undefined;
    const current = this.stages.at(-1);
    if (current?.stage === stage && current.end === undefined) return;
    this.endStage(at);
    this.stages.push({ stage, start: at, end: undefined });
  }

  private finish(outcome: RecordedOutcome, event: HistoryEvent, at: number): void {
    this.endStage(at);
    this.end = { outcome, at, isObserved: event.isObserved === true, reason: event.reason };
  }

  private endStage(at: number): void {
    const current = this.stages.at(-1);
    if (current?.end === undefined && current !== undefined)
      this.stages[this.stages.length - 1] = { ...current, end: at };
  }
}

/** `gone`: the ledger has no row of this assignment any more. `other`: a status that this version doesn't know. */
export type RecordedStatus = AssignmentStatus | "gone" | "other";

export function statusAfter(kind: EventKind): RecordedStatus {
  switch (kind) {
    case "claiming":
    case "claimed":
    case "assigned":
    case "working":
    case "completed":
    case "failed":
    case "reassigned":
    case "other":
      return kind;
    case "sending":
    case "dispatch-failed":
      return "claimed";
    case "retried":
      return "assigned";
    case "replaced":
    case "removed":
      return "gone";
  }
}

/** What a ledger says, which may be any text. */
export function recordedStatus(status: string): Exclude<RecordedStatus, "gone"> {
  switch (status) {
    case "claiming":
    case "claimed":
    case "assigned":
    case "working":
    case "completed":
    case "failed":
    case "reassigned":
      return status;
    default:
      return "other";
  }
}
