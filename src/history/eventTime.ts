// Times of events: UTC with exactly nine digits of a second, so that they sort as text.
import { epochNanoseconds, type Timestamp } from "../assignment";

/** What ntm writes on most days of a month: certainly valid, so that it needn't be computed with. */
const plainUtc =
  /^((?!000[01])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,9}))?Z$/;

/** The time of an event for a time of a ledger; `undefined` for Go's zero time and for what is no time. */
export function eventTime(timestamp: Timestamp | undefined): string | undefined {
  if (timestamp === undefined || timestamp.startsWith("0001-")) return undefined;
  const [, seconds, fraction = ""] = plainUtc.exec(timestamp) ?? [];
  if (seconds !== undefined) return `${seconds}.${fraction.padEnd(9, "0")}Z`;
  const nanoseconds = epochNanoseconds(timestamp);
  return nanoseconds === undefined ? undefined : eventTimeAt(nanoseconds);
}

/** Milliseconds since 1970. */
export function milliseconds(at: string): number {
  return Date.parse(at);
}

/** The time of an event at a moment given in milliseconds since 1970. */
export function eventTimeOf(moment: number): string {
  return `${new Date(moment).toISOString().slice(0, -1)}000000Z`;
}

/** The earliest time after this one. */
export function justAfter(at: string): string {
  return eventTimeAt((epochNanoseconds(at) ?? 0n) + 1n) ?? at;
}

function eventTimeAt(nanoseconds: bigint): string | undefined {
  const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const date = new Date(Number((nanoseconds - fraction) / 1_000_000n));
  const year = date.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return undefined;
  return `${date.toISOString().slice(0, 19)}.${String(fraction).padStart(9, "0")}Z`;
}
