// What happened since a moment, such as when the view was last looked at.
import type { HistoryEvent } from "./event";
import type { History } from "./history";
import { statusAfter } from "./status";
import { eventTimeOf } from "./time";

export interface Since {
  /** In time order. */
  readonly events: readonly HistoryEvent[];
  /** How many beads stand completed, or failed, because of them: one that was retried meanwhile doesn't count as failed. */
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
