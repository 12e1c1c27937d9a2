// One event of a session's history: what happened to one assignment of a bead, and when.
/**
 * What can happen to an assignment, in the order in which it usually does.
 * - `claiming`: the assignment began with a claim in the tracker; `claimed`: the tracker granted it
 * - `sending`: a dispatch of the prompt began; `dispatch-failed`: that dispatch (same time) provably delivered nothing
 * - `assigned`: the agent has the prompt
 * - `working`, `completed`, `failed`, `reassigned`: the row reached this status
 * - `other`: the row reached a status that this version doesn't know
 * - `retried`: the assignment became `assigned` again after it had failed
 * - `replaced`: another assignment of the same bead took its place in the ledger, whether it had ended or not
 * - `removed`: the row is gone from the ledger
 */
const eventKinds = [
  "claiming",
  "claimed",
  "sending",
  "dispatch-failed",
  "assigned",
  "working",
  "completed",
  "failed",
  "reassigned",
  "other",
  "retried",
  "replaced",
  "removed",
] as const;

export type EventKind = (typeof eventKinds)[number];

/** The longest bead id, generation, pane or agent that is recorded, in UTF-16 code units. */
export const longestId = 256;
/** The longest reason that is recorded, in UTF-16 code units. Longer ones are cut. */
export const longestReason = 500;

/** RFC 3339 in UTC, always with nine digits of a second, so that times sort as text: `2026-11-24T09:03:26.436407012Z`. */
const utcPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{9}Z$/;

export interface HistoryEvent {
  readonly kind: EventKind;
  /** RFC 3339 in UTC with nine digits of a second: sorts as text. The ledger's own time, unless `isObserved`. */
  readonly at: string;
  /**
   * The ledger has no time for this event: `at` is when the ledger that shows it was saved, so it happened then or,
   * or earlier, where no window read the saves before.
   */
  readonly isObserved?: true;
  readonly beadId: string;
  /** Which assignment of the bead: the row's `idempotency_key`, else its exact `assigned_at`. */
  readonly generation: string;
  /** The pane's identity: tmux's `%N`, else the index as text. */
  readonly pane: string;
  /** tmux's pane index, a label only. */
  readonly paneIndex: number;
  readonly agentType: string;
  readonly agentName?: string;
  /** Why it failed, or why the dispatch did. Comes from agents: never markup, never a command. */
  readonly reason?: string;
  /** How often the bead had been retried when its row was seen with this as the latest event; absent: never. */
  readonly retryCount?: number;
}

const ranks: ReadonlyMap<EventKind, number> = new Map(eventKinds.map((kind, rank) => [kind, rank]));

/** Of events with the same time, the order in which they can have happened. */
export function eventRank({ kind }: HistoryEvent): number {
  return ranks.get(kind) ?? 0;
}

export function isEventTime(value: unknown): value is string {
  return typeof value === "string" && utcPattern.test(value);
}

function isEventKind(value: unknown): value is EventKind {
  return ranks.has(value as EventKind);
}

/** Kind and time come first, also in what a newer version writes. What an event doesn't have is `null`, or left out at the end. */
export type EventValue = readonly (string | number | null)[];

export function eventValue(event: HistoryEvent): EventValue {
  const { kind, at, beadId, generation, pane, paneIndex, agentType, agentName, retryCount, reason, isObserved } = event;
  const values = [kind, at, beadId, generation, pane, paneIndex, agentType, agentName, retryCount, reason];
  const value = [...values.map((member) => member ?? null), isObserved === true ? 1 : null];
  while (value.at(-1) === null) value.pop();
  return value;
}

/** The time in an array that is an event, be it one of a newer version; `undefined` for anything else. */
export function timeIn(value: unknown): string | undefined {
  const at: unknown = Array.isArray(value) ? value[1] : undefined;
  return typeof at === "string" ? at : undefined;
}

/**
 * The event in a value of unknown origin, without members that this version doesn't know; `undefined` for anything else.
 * Checked by hand: a journal may have a hundred thousand of them, for which a schema takes ten times as long.
 */
export function readEvent(value: unknown): HistoryEvent | undefined {
  if (!Array.isArray(value)) return undefined;
  const members = value as readonly unknown[];
  // By index, not destructured: that would take an iterator for each event.
  const [kind, at, beadId, generation] = [members[0], members[1], members[2], members[3]];
  const [pane, paneIndex, agentType] = [members[4], members[5], members[6]];
  if (!isEventKind(kind) || !isEventTime(at)) return undefined;
  if (!isId(beadId) || !isId(generation) || !isId(pane) || !Number.isSafeInteger(paneIndex)) return undefined;
  if (!isText(agentType, longestId)) return undefined;
  const event: { -readonly [Name in keyof HistoryEvent]: HistoryEvent[Name] } = {
    kind,
    at,
    beadId,
    generation,
    pane,
    paneIndex: paneIndex as number,
    agentType,
  };
  const agentName = members[7] ?? undefined;
  if (agentName !== undefined) {
    if (!isText(agentName, longestId)) return undefined;
    event.agentName = agentName;
  }
  const retryCount = members[8] ?? undefined;
  if (retryCount !== undefined) {
    if (!isCount(retryCount)) return undefined;
    event.retryCount = retryCount;
  }
  const reason = members[9] ?? undefined;
  if (reason !== undefined) {
    if (!isText(reason, longestReason)) return undefined;
    event.reason = reason;
  }
  const isObserved = members[10] ?? undefined;
  if (isObserved !== undefined) {
    if (isObserved !== 1) return undefined;
    event.isObserved = true;
  }
  return event;
}

function isId(value: unknown): value is string {
  return isText(value, longestId) && value !== "";
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === "string" && value.length <= longest;
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
