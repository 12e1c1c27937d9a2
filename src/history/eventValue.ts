// An event as the JSON of its line: an array, which is half as long as an object with names, and read twice as quickly.
import { isEventKind, isEventTime, longestId, longestReason, type HistoryEvent } from "./event";

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
