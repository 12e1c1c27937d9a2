// Short forms of ages and times.
import { env, l10n } from "vscode";
import { epochMilliseconds, type Timestamp } from "../assignment";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** As far as this the clocks of two machines may differ without a word about it. */
const clockDifference = minute;

/** A duration in its largest whole unit. */
export function duration(milliseconds: number): string {
  if (milliseconds >= day) return l10n.t("{0}d", Math.floor(milliseconds / day));
  if (milliseconds >= hour) return l10n.t("{0}h", Math.floor(milliseconds / hour));
  if (milliseconds >= minute) return l10n.t("{0}m", Math.floor(milliseconds / minute));
  return l10n.t("<1m");
}

/** The time since `start`, in milliseconds since 1970; `undefined` if that is ahead of this machine's clock. */
export function elapsed(start: number, now: number): string | undefined {
  return start - now > clockDifference ? undefined : duration(now - start);
}

/** The time since a timestamp of the ledger; `undefined` if that isn't known, or is ahead of this machine's clock. */
export function age(since: Timestamp | undefined, now: number): string | undefined {
  const start = epochMilliseconds(since);
  return start === undefined ? undefined : elapsed(start, now);
}

/** The time of day, with the date if it isn't today. */
export function clockTime(timestamp: Timestamp, now: number): string | undefined {
  const milliseconds = epochMilliseconds(timestamp);
  return milliseconds === undefined ? undefined : timeOfDay(milliseconds, now);
}

/** The same for milliseconds since 1970. */
export function timeOfDay(milliseconds: number, now: number): string {
  const time = new Date(milliseconds);
  const options: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return time.toDateString() === new Date(now).toDateString()
    ? time.toLocaleTimeString(env.language, options)
    : time.toLocaleString(env.language, { ...options, month: "short", day: "numeric" });
}

type Unit = "second" | "minute" | "hour" | "day";

const unitMs: readonly (readonly [unit: Unit, milliseconds: number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/**
 * Creating a format takes longer than using it for a screenful of rows. The language doesn't change while a window is
 * open.
 */
const units = new Map<Unit, Intl.NumberFormat>();
let relative: Intl.RelativeTimeFormat | undefined;
let absolute: Intl.DateTimeFormat | undefined;

/** Such as `12 minutes`. */
export function longDuration(milliseconds: number): string {
  const [count, unit] = inLargestUnit(milliseconds);
  const format = units.get(unit) ?? new Intl.NumberFormat(env.language, { style: "unit", unit, unitDisplay: "long" });
  units.set(unit, format);
  return format.format(count);
}

/** Such as `12 minutes ago` or `in 2 hours`. */
export function relativeTime(time: number, now: number): string {
  const [count, unit] = inLargestUnit(Math.abs(now - time));
  relative ??= new Intl.RelativeTimeFormat(env.language, { numeric: "auto" });
  return relative.format(time > now ? count : -count, unit);
}

/** The date and the time to the second, with the time zone. */
export function absoluteTime(time: number): string {
  absolute ??= new Intl.DateTimeFormat(env.language, { dateStyle: "medium", timeStyle: "long" });
  return absolute.format(time);
}

function inLargestUnit(milliseconds: number): [count: number, unit: Unit] {
  const fit = unitMs.find(([, length]) => milliseconds >= length);
  if (fit === undefined) return [Math.max(0, Math.floor(milliseconds / 1000)), "second"];
  return [Math.floor(milliseconds / fit[1]), fit[0]];
}
