// RFC 3339 as Go reads and writes it. Timestamps stay strings: a row's identity includes nanoseconds, which `Date` lacks.

/** An exact RFC 3339 string of the ledger, up to nanoseconds; never passed through `Date` on its way back to disk. */
export type Timestamp = string;

/** Go's zero `time.Time`. */
export const zeroTimestamp = "0001-01-01T00:00:00Z";

const pattern = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(?:Z|([+-])(\d\d):(\d\d))$/;

/** Valid without a calendar check: UTC, days 1 to 28. Matches most timestamps that ntm writes. */
const plainPattern = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?Z$/;

/** Whether Go's `time.Time` accepts the text; that includes a one-digit hour, a decimal comma and `+24:00`. */
export function isTimestamp(text: string): boolean {
  return plainPattern.test(text) || parse(text) !== undefined;
}

/** Whether the offset is zero, however it is written. */
export function isUtc(text: string): boolean {
  return text.endsWith("Z") || /[+-]00:00$/.test(text);
}

/** Nanoseconds since 1970 as in Go (digits beyond the ninth are dropped); `undefined` for invalid text. */
export function epochNanoseconds(text: string): bigint | undefined {
  const match = parse(text);
  return match && nanoseconds(match);
}

/**
 * Milliseconds since 1970, for ages; `undefined` for invalid text, and for Go's zero time, which stands for none. The only reader
 * of times for everything that is shown: `Date.parse` refuses some that Go takes.
 */
export function epochMilliseconds(text: string | undefined): number | undefined {
  if (text === undefined || text.startsWith("0001-")) return undefined;
  if (plainPattern.test(text)) return Date.parse(text);
  const nanoseconds = epochNanoseconds(text);
  return nanoseconds === undefined ? undefined : Number(nanoseconds / 1_000_000n);
}

/** Text that sorts like the instants; that of invalid timestamps comes first. */
export function instantKey(text: string): string {
  if (plainPattern.test(text)) return text.slice(0, -1);
  const nanoseconds = epochNanoseconds(text);
  if (nanoseconds === undefined) return "";
  const fraction = ((nanoseconds % 1_000_000_000n) + 1_000_000_000n) % 1_000_000_000n;
  const seconds = new Date(Number((nanoseconds - fraction) / 1_000_000n)).toISOString().slice(0, 19);
  // Without a fraction as ntm writes it: zeros at its end would make equal instants differ.
  return fraction === 0n ? seconds : `${seconds}.${String(fraction).padStart(9, "0").replace(/0+$/, "")}`;
}

/** Orders two timestamps by instant; invalid ones come first. */
export function compareTimestamps(a: string, b: string): number {
  if (a === b) return 0;
  if (isPlainUtc(a) && isPlainUtc(b)) {
    const [left, right] = [sortKey(a), sortKey(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const [left, right] = [epochNanoseconds(a) ?? 0n, epochNanoseconds(b) ?? 0n];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Go's parse error for the text. */
export function describeBadTimestamp(text: string): string {
  const quoted = JSON.stringify(text);
  const reason = /^\d{4}/.test(text) ? "" : `: cannot parse ${quoted} as "2006"`;
  return `parsing time ${quoted} as "2006-01-02T15:04:05Z07:00"${reason}`;
}

let lastNow = 0n;

/** The current time in UTC with nanoseconds, strictly increasing: no two rows of one process share a time. */
export function now(): string {
  const clock = BigInt(Date.now()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n);
  lastNow = clock > lastNow ? clock : lastNow + 1n;
  const seconds = new Date(Number(lastNow / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  const fraction = String(lastNow % 1_000_000_000n)
    .padStart(9, "0")
    .replace(/0+$/, "");
  return `${seconds}${fraction === "" ? "" : `.${fraction}`}Z`;
}

/** Nanoseconds since 1970; digits of the fraction beyond the ninth are dropped. */
function nanoseconds(match: RegExpExecArray): bigint {
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = numbers(match);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const offset = (match[8] === "-" ? -1 : 1) * (zoneHour * 60 + zoneMinute) * 60_000;
  return BigInt(date.getTime() - offset) * 1_000_000n + BigInt((match[7] ?? "").slice(0, 9).padEnd(9, "0"));
}

/** The parts of a well-formed timestamp with all numbers in range. */
function parse(text: string): RegExpExecArray | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [year, month, day, hour, minute, second, zoneHour, zoneMinute] = numbers(match);
  if (month < 1 || month > 12 || day < 1 || (day > 28 && day > daysIn(year, month))) return undefined;
  return hour > 23 || minute > 59 || second > 59 || zoneHour > 24 || zoneMinute > 60 ? undefined : match;
}

type Numbers = [number, number, number, number, number, number, number, number];

function numbers(match: RegExpExecArray): Numbers {
  return [1, 2, 3, 4, 5, 6, 9, 10].map((group) => Number(match[group] ?? 0)) as Numbers;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether it has the form `2026-02-14T01:08:18[.fraction]Z`, which sorts as text without the `Z`. */
function isPlainUtc(text: string): boolean {
  return text.length >= 20 && text.endsWith("Z") && (text.length === 20 || text[19] === ".");
}

function sortKey(text: string): string {
  return text.slice(0, -1);
}
