// Short forms of ages and times.
import { env, l10n } from "vscode";
import type { Timestamp } from "../assignment";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A duration in its largest whole unit. Clocks of two machines may differ: a negative one counts as 0. */
export function duration(milliseconds: number): string {
  if (milliseconds >= day) return l10n.t("{0}d", Math.floor(milliseconds / day));
  if (milliseconds >= hour) return l10n.t("{0}h", Math.floor(milliseconds / hour));
  if (milliseconds >= minute) return l10n.t("{0}m", Math.floor(milliseconds / minute));
  return l10n.t("<1m");
}

/** The time since a timestamp of the ledger; `undefined` if it is invalid, or the year 1, which Go writes for none. */
export function age(since: Timestamp | undefined, now: number): string | undefined {
  const then = since === undefined || since.startsWith("0001-") ? Number.NaN : Date.parse(since);
  return Number.isNaN(then) ? undefined : duration(now - then);
}

/** The time of day, with the date if it isn't today. */
export function clockTime(timestamp: Timestamp, now: number): string | undefined {
  const time = new Date(timestamp);
  if (Number.isNaN(time.getTime())) return undefined;
  const timeOfDay: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  return time.toDateString() === new Date(now).toDateString()
    ? time.toLocaleTimeString(env.language, timeOfDay)
    : time.toLocaleString(env.language, { ...timeOfDay, month: "short", day: "numeric" });
}
