// A journal as text: one event a line. What isn't an event is skipped: an incomplete line of a writer that was killed, or what
// a newer version wrote.
import { setImmediate as otherTasks } from "node:timers/promises";
import { isEventTime, type HistoryEvent, eventValue, readEvent, timeIn } from "./historyEvent";

/** The longest line that is read, in UTF-16 code units. No event of this version is as long. */
const longestLine = 16_384;

/** How much is parsed before other tasks of the thread have their turn; takes a few milliseconds. */
const sliceLength = 262_144;

/** What compaction leaves at the beginning of a journal. */
interface HorizonLine {
  readonly forgottenBefore: string;
}

/** Written after all events of a save of the ledger. */
interface SaveLine {
  readonly recordedSave: string;
}

export interface JournalContent {
  /** In the order in which they were written; the same event may be there more than once. */
  readonly events: readonly HistoryEvent[];
  /** Events before this time were dropped, and are not to be recorded again. */
  readonly horizon: string;
  /** When the newest save of the ledger that was recorded was made; empty: unknown. */
  readonly newestSave: string;
}

export function eventLine(event: HistoryEvent): string {
  return `${JSON.stringify(eventValue(event))}\n`;
}

export function horizonLine(horizon: string): string {
  return `${JSON.stringify({ forgottenBefore: horizon } satisfies HorizonLine)}\n`;
}

export function saveLine(savedAt: string): string {
  return `${JSON.stringify({ recordedSave: savedAt } satisfies SaveLine)}\n`;
}

/** @param text whole lines */
export async function readLines(text: string): Promise<JournalContent> {
  const events: HistoryEvent[] = [];
  let [horizon, newestSave] = ["", ""];
  for (let start = 0; start < text.length;) {
    if (start > 0) await otherTasks();
    const end = endOfSlice(text, start);
    for (const value of parsed(text.slice(start, end))) {
      const event = readEvent(value);
      if (event === undefined) {
        horizon = later(horizon, textIn(value, "forgottenBefore") ?? "");
        const save = textIn(value, "recordedSave");
        if (isEventTime(save)) newestSave = later(newestSave, save);
      } else events.push(event);
    }
    start = end;
  }
  return { events, horizon, newestSave };
}

/** The time that a line names, be it an event or what a newer version made of one; `undefined` for anything else. */
export function lineTime(line: string): string | undefined {
  const [value] = parsed(line);
  return timeIn(value);
}

function textIn(value: unknown, name: keyof HorizonLine | keyof SaveLine): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const text = (value as Readonly<Record<string, unknown>>)[name];
  return typeof text === "string" ? text : undefined;
}

function endOfSlice(text: string, start: number): number {
  const end = text.indexOf("\n", start + sliceLength);
  return end < 0 ? text.length : end + 1;
}

/** The values of whole lines. Parsing them as one text is several times as quick as one after the other. */
function parsed(lines: string): readonly unknown[] {
  const trimmed = lines.trimEnd();
  if (trimmed.length <= sliceLength + longestLine) {
    try {
      return JSON.parse(`[${trimmed.replaceAll("\n", ",\n")}]`) as unknown[];
    } catch {
      // Then each line for itself.
    }
  }
  return trimmed.split("\n").flatMap((line) => {
    if (line.length > longestLine) return [];
    try {
      return [JSON.parse(line) as unknown];
    } catch {
      return [];
    }
  });
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}
