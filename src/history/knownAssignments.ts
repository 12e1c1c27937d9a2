// The known state of every assignment of a session, and the events that lead from it to the state of a ledger.
import type { Assignment } from "../assignment";
import type { EventKind, HistoryEvent } from "./historyEvent";
import { compareEvents, type History } from "./history";
import { eventOf, failureReason, generationOf, isRecordable, retries, rowEvents } from "./rowEvents";
import { recordedStatus, statusAfter, type RecordedStatus } from "./recordedAssignment";
import { justAfter } from "./eventTime";

export class KnownAssignments {
  /** The latest event of each assignment, by bead id and generation. */
  private readonly latest = new Map<string, Map<string, HistoryEvent>>();

  constructor(history: History) {
    this.learn(history.events);
  }

  /** Takes in events that were recorded, by this window or another one. */
  learn(events: readonly HistoryEvent[]): void {
    for (const event of events) this.note(event);
  }

  /** The beads that a ledger should show. */
  get beadIds(): readonly string[] {
    return [...this.latest.keys()].filter((beadId) => this.current(beadId).length > 0);
  }

  /**
   * What happened to beads that the ledger doesn't show any more. No newer save may be recorded.
   * @param savedAt when the ledger was saved that shows it: the time of what has no time in its row
   */
  observeGone(beadIds: readonly string[], savedAt: string): HistoryEvent[] {
    return beadIds.flatMap((beadId) =>
      this.current(beadId).map((before) => this.note(ended(before, "removed", savedAt))),
    );
  }

  /**
   * The events in the rows of a ledger; known events may be among them. No newer save may be
   * recorded.
   */
  observeRows(rows: readonly Assignment[], savedAt: string): HistoryEvent[] {
    return rows.flatMap((row) => this.observeRow(row, savedAt));
  }

  /** The past events in the rows of an older save, whose values may have changed since. */
  observeOlderRows(rows: readonly Assignment[]): HistoryEvent[] {
    return rows.flatMap(rowEvents).map((event) => this.note(event));
  }

  /**
   * What leads from events of an older save to the newest one, which another window recorded.
   * @param older the events
   * @param newest all that was recorded with the newest save
   */
  observeNewest(older: readonly HistoryEvent[], newest: History, savedAt: string): HistoryEvent[] {
    return [...new Set(older.map(({ beadId }) => beadId))].flatMap((beadId) => {
      const recorded = new Map(newest.ofBead(beadId).map((event) => [event.generation, event]));
      return [...(this.latest.get(beadId)?.values() ?? [])].flatMap((event) => {
        const was = recorded.get(event.generation);
        const status = was === undefined ? "gone" : statusAfter(was.kind);
        if (status === statusAfter(event.kind)) return [];
        const at = laterOf(savedAt, event);
        if (was === undefined || status === "gone")
          return [this.note(ended(event, was?.kind === "replaced" ? "replaced" : "removed", savedAt))];
        return [this.note({ ...was, kind: observedKind(status, statusAfter(event.kind)), at, isObserved: true })];
      });
    });
  }

  private observeRow(row: Assignment, savedAt: string): HistoryEvent[] {
    if (!isRecordable(row)) return [];
    const events = rowEvents(row);
    const others = this.current(row.bead_id).filter(({ generation }) => generation !== generationOf(row));
    const replaced = others.map((before) => this.note(ended(before, "replaced", events[0]?.at ?? savedAt)));
    for (const event of events) this.note(event);
    const latest = this.latest.get(row.bead_id)?.get(generationOf(row));
    const unexplained = unexplainedStatus(row, latest, savedAt);
    if (unexplained !== undefined) this.note(unexplained);
    return [...replaced, ...events, ...(unexplained === undefined ? [] : [unexplained])];
  }

  /** The latest events of the assignments of a bead that are not gone. */
  private current(beadId: string): HistoryEvent[] {
    return [...(this.latest.get(beadId)?.values() ?? [])].filter(({ kind }) => statusAfter(kind) !== "gone");
  }

  private note(event: HistoryEvent): HistoryEvent {
    const generations = this.latest.get(event.beadId) ?? new Map<string, HistoryEvent>();
    this.latest.set(event.beadId, generations);
    const known = generations.get(event.generation);
    if (known === undefined || compareEvents(known, event) < 0) generations.set(event.generation, event);
    return event;
  }
}

/** The event of a status that no timestamp of the row explains, and that isn't known yet. */
function unexplainedStatus(
  row: Assignment,
  latest: HistoryEvent | undefined,
  savedAt: string,
): HistoryEvent | undefined {
  const status = recordedStatus(row.status);
  const before = latest && statusAfter(latest.kind);
  if (status === before) return undefined;
  const kind = observedKind(status, before);
  const event = eventOf(row, kind, laterOf(savedAt, latest), kind === "failed" ? failureReason(row) : undefined);
  return { ...event, ...retries(row), isObserved: true };
}

function observedKind(status: Exclude<RecordedStatus, "gone">, before: RecordedStatus | undefined): EventKind {
  const isRetry = status === "assigned" && (before === "failed" || before === "completed" || before === "reassigned");
  return isRetry ? "retried" : status;
}

function ended(before: HistoryEvent, kind: "replaced" | "removed", savedAt: string): HistoryEvent {
  const { beadId, generation, pane, paneIndex, agentType, agentName } = before;
  return {
    kind,
    at: laterOf(savedAt, before),
    beadId,
    generation,
    pane,
    paneIndex,
    agentType,
    ...(agentName !== undefined && { agentName }),
    isObserved: true,
  };
}

/** A save shows what happened before it. Clocks may disagree, but what is observed comes after what was known. */
function laterOf(savedAt: string, known: HistoryEvent | undefined): string {
  return known === undefined || savedAt > known.at ? savedAt : justAfter(known.at);
}
