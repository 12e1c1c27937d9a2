// The history of one session: the union of all events that any window recorded, in time order. A pure function of the
// set of events: their order, and how often each was written, make no difference.
import { eventRank, type HistoryEvent } from "./historyEvent";
import { statusAfter, type RecordedStatus } from "./recordedAssignment";

export class History {
  static readonly empty = new History([]);

  private read: readonly HistoryEvent[] | undefined;
  private byBead: ReadonlyMap<string, readonly HistoryEvent[]> | undefined;

  /** @param recorded everything recorded, in time order, each event once */
  private constructor(private readonly recorded: readonly HistoryEvent[]) {}

  static of(events: Iterable<HistoryEvent>): History {
    return new History(inOrder([...events]));
  }

  /** This history and more; costs as much as there is more. */
  with(events: readonly HistoryEvent[]): History {
    const more = inOrder([...events]);
    if (more.length === 0) return this;
    const all: HistoryEvent[] = [];
    let taken = 0;
    for (const event of more) {
      const place = placeOf(event, this.recorded, taken);
      copy(this.recorded, taken, place, all);
      taken = place;
      const same = this.recorded[place];
      const isSame = same !== undefined && compareEvents(same, event) === 0;
      all.push(isSame ? joined(same, event) : event);
      if (isSame) taken++;
    }
    copy(this.recorded, taken, this.recorded.length, all);
    return new History(all);
  }

  /** Whether the event, with all that it says, is in here. */
  says(event: HistoryEvent): boolean {
    const same = this.recorded[placeOf(event, this.recorded, 0)];
    return same !== undefined && compareEvents(same, event) === 0 && isEqual(joined(same, event), same);
  }

  /** In time order. Without observations that say nothing new, which windows that missed a save record. */
  get events(): readonly HistoryEvent[] {
    return (this.read ??= unique(this.recorded));
  }

  /** Of one bead, in time order. */
  ofBead(beadId: string): readonly HistoryEvent[] {
    return this.beads.get(beadId) ?? [];
  }

  /** The events of each bead, in time order, by bead id. */
  get beads(): ReadonlyMap<string, readonly HistoryEvent[]> {
    return (this.byBead ??= byBead(this.events));
  }
}

/** A total order: by time, then as they can have happened; 0 only for the same event. */
export function compareEvents(a: HistoryEvent, b: HistoryEvent): number {
  return (
    compareTexts(a.at, b.at) ||
    eventRank(a) - eventRank(b) ||
    compareTexts(a.beadId, b.beadId) ||
    compareTexts(a.generation, b.generation)
  );
}

/** Sorts, and makes one of each event that was recorded several times. */
function inOrder(events: HistoryEvent[]): HistoryEvent[] {
  events.sort(compareEvents);
  const unique: HistoryEvent[] = [];
  for (const event of events) {
    const last = unique.at(-1);
    if (last !== undefined && compareEvents(last, event) === 0) unique[unique.length - 1] = joined(last, event);
    else unique.push(event);
  }
  return unique;
}

/**
 * One event out of two records of it. They differ if the row got a value between two reads (a retry count, a pane id),
 * so what is known wins, and of two values the greater, whichever came first.
 */
function joined(a: HistoryEvent, b: HistoryEvent): HistoryEvent {
  const isObserved = a.isObserved === true && b.isObserved === true;
  const agentName = greater(a.agentName, b.agentName);
  const reason = greater(a.reason, b.reason);
  const retryCount = Math.max(a.retryCount ?? 0, b.retryCount ?? 0);
  return {
    kind: a.kind,
    at: a.at,
    beadId: a.beadId,
    generation: a.generation,
    // `%` sorts before digits: a pane id says more than an index.
    pane: a.pane < b.pane ? a.pane : b.pane,
    paneIndex: Math.max(a.paneIndex, b.paneIndex),
    agentType: greater(a.agentType, b.agentType),
    ...(isObserved && { isObserved }),
    ...(agentName !== undefined && { agentName }),
    ...(reason !== undefined && { reason }),
    ...(retryCount > 0 && { retryCount }),
  };
}

function isEqual(a: HistoryEvent, b: HistoryEvent): boolean {
  return (
    a.pane === b.pane &&
    a.paneIndex === b.paneIndex &&
    a.agentType === b.agentType &&
    a.isObserved === b.isObserved &&
    a.agentName === b.agentName &&
    a.reason === b.reason &&
    a.retryCount === b.retryCount
  );
}

/** A spread call would run out of stack on a long history. */
function copy<T>(from: readonly T[], start: number, end: number, into: T[]): void {
  for (let at = start; at < end; at++) into.push(from[at] as T);
}

/** The index of the event, or where it would be inserted. */
function placeOf(event: HistoryEvent, events: readonly HistoryEvent[], from: number): number {
  let [low, high] = [from, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = events[middle];
    if (other !== undefined && compareEvents(other, event) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

function greater<T extends string | undefined>(a: T, b: T): T {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

/** Drops an observation of a status that the assignment had already. */
function unique(events: readonly HistoryEvent[]): readonly HistoryEvent[] {
  const statuses = new Map<string, RecordedStatus>();
  const observed = new Set(events.filter(({ isObserved }) => isObserved === true).map(({ beadId }) => beadId));
  if (observed.size === 0) return events;
  return events.filter((event) => {
    if (!observed.has(event.beadId)) return true;
    const assignment = `${event.generation}\n${event.beadId}`;
    const status = statusAfter(event.kind);
    if (event.isObserved === true && statuses.get(assignment) === status) return false;
    statuses.set(assignment, status);
    return true;
  });
}

function byBead(events: readonly HistoryEvent[]): ReadonlyMap<string, readonly HistoryEvent[]> {
  const beads = new Map<string, HistoryEvent[]>();
  for (const event of events) {
    const others = beads.get(event.beadId);
    if (others === undefined) beads.set(event.beadId, [event]);
    else others.push(event);
  }
  return beads;
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
