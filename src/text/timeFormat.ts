// Long forms of times, in the user's language.
import { env } from "vscode";

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
