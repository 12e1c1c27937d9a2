// The time axis: which times are labelled, and how they are written. Labels never touch, whatever the width, the zoom and
// the language.
import { scaleTime, type ScaleTime } from "d3-scale";
import { timeFormatLocale, type TimeLocaleDefinition } from "d3-time-format";
import type { TimeRange } from "./timeRange";

export interface Tick {
  /** In CSS pixels from the left edge of the plot. */
  readonly x: number;
  readonly label: string;
  /** In CSS pixels. */
  readonly width: number;
  /** Whether a day begins here. */
  readonly isDay: boolean;
}

export interface Axis {
  readonly ticks: readonly Tick[];
  /** The visible days, above their ticks: where the label of each begins. */
  readonly days: readonly { readonly x: number; readonly label: string }[];
}

export interface TimeFormats {
  /** Down to the second, with the date. */
  readonly full: (time: Date) => string;
  readonly day: (time: Date) => string;
  readonly second: (time: Date) => string;
  readonly minute: (time: Date) => string;
  readonly shortDay: (time: Date) => string;
  readonly month: (time: Date) => string;
}

/** Between two labels. */
const gap = 14;

/** How times are written in a language, by what the browser knows of it. An unknown one is English. */
export function timeFormats(language: string): TimeFormats {
  const locale = timeFormatLocale(localeOf(supported(language)));
  return {
    full: locale.format("%a %-d %b %Y, %H:%M:%S"),
    day: locale.format("%a %-d %b %Y"),
    second: locale.format("%H:%M:%S"),
    minute: locale.format("%H:%M"),
    shortDay: locale.format("%-d %b"),
    month: locale.format("%b %Y"),
  };
}

export function timeScale({ from, to }: TimeRange, width: number): ScaleTime<number, number> {
  return scaleTime([from, to], [0, Math.max(1, width)]);
}

/** @param measure the width of a label, in CSS pixels */
export function axisOf(
  scale: ScaleTime<number, number>,
  formats: TimeFormats,
  measure: (label: string) => number,
): Axis {
  const [left = 0, width = 0] = scale.range();
  let ticks: Tick[] = [];
  for (let count = Math.max(1, Math.floor((width - left) / 70)); count >= 1; count--) {
    ticks = ticksOf(scale, count, formats, measure).filter(
      ({ x, width: own }) => x - own / 2 >= 0 && x + own / 2 <= width,
    );
    if (!areTouching(ticks)) break;
    if (count === 1) ticks = ticks.slice(0, 1);
  }
  return { ticks, days: daysOf(scale, formats, measure) };
}

function ticksOf(
  scale: ScaleTime<number, number>,
  count: number,
  formats: TimeFormats,
  measure: (label: string) => number,
): Tick[] {
  const times = scale.ticks(count);
  const [first, second] = times;
  const step = first === undefined || second === undefined ? Infinity : second.getTime() - first.getTime();
  return times.map((time) => {
    const label = format(time, step, formats);
    return { x: scale(time), label, width: measure(label), isDay: step < 86_400_000 && isMidnight(time) };
  });
}

/** One format for all ticks of an axis, except that a day's first tick among hours is its midnight. */
function format(time: Date, step: number, formats: TimeFormats): string {
  if (step < 60_000) return formats.second(time);
  if (step < 86_400_000) return formats.minute(time);
  return step < 28 * 86_400_000 ? formats.shortDay(time) : formats.month(time);
}

function areTouching(ticks: readonly Tick[]): boolean {
  return ticks.some((tick, index) => {
    const next = ticks[index + 1];
    return next !== undefined && tick.x + tick.width / 2 + gap > next.x - next.width / 2;
  });
}

/** The day at the left edge, and those that begin further right, as long as one fits beside the next. */
function daysOf(
  scale: ScaleTime<number, number>,
  formats: TimeFormats,
  measure: (label: string) => number,
): { x: number; label: string }[] {
  const [left = 0, right = 0] = scale.range();
  const first = midnightBefore(scale.invert(left));
  const days: { x: number; label: string }[] = [];
  let previousEnd = -Infinity;
  let day = first;
  const last = scale.invert(right);
  const dayWidth = scale(midnightAfter(first)) - scale(first);
  const widest = measure(formats.day(first)) + gap;
  if (dayWidth < widest) {
    // Where days are narrower than their labels, the first one says enough.
    const label = formats.day(first);
    return left + 4 + measure(label) <= right ? [{ x: left + 4, label }] : [];
  }
  while (day <= last) {
    const label = formats.day(day);
    const next = midnightAfter(day);
    const own = measure(label);
    // The first label slides out of the way of the second.
    const x = Math.min(Math.max(scale(day), left), Math.max(scale(day), scale(next) - own - gap)) + 4;
    if (x >= previousEnd && x >= left && x + own <= right) {
      days.push({ x, label });
      previousEnd = x + own + gap;
    }
    day = next;
  }
  return days;
}

function isMidnight(time: Date): boolean {
  return time.getHours() === 0 && time.getMinutes() === 0 && time.getSeconds() === 0;
}

function midnightBefore(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate());
}

function midnightAfter(time: Date): Date {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate() + 1);
}

function supported(language: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? "en";
  } catch (error) {
    // A tag that isn't well-formed.
    if (error instanceof RangeError) return "en";
    throw error;
  }
}

function localeOf(language: string): TimeLocaleDefinition {
  const names = (options: Intl.DateTimeFormatOptions, times: readonly Date[]): string[] => {
    const format = new Intl.DateTimeFormat(language, options);
    return times.map((time) => format.format(time));
  };
  const months = Array.from({ length: 12 }, (_, month) => new Date(2024, month, 15));
  // The first of September 2024 was a Sunday.
  const days = Array.from({ length: 7 }, (_, day) => new Date(2024, 8, 1 + day));
  return {
    dateTime: "%x, %X",
    date: "%-d %b %Y",
    time: "%H:%M:%S",
    periods: ["AM", "PM"],
    days: names({ weekday: "long" }, days) as TimeLocaleDefinition["days"],
    shortDays: names({ weekday: "short" }, days) as TimeLocaleDefinition["shortDays"],
    months: names({ month: "long" }, months) as TimeLocaleDefinition["months"],
    shortMonths: names({ month: "short" }, months) as TimeLocaleDefinition["shortMonths"],
  };
}
