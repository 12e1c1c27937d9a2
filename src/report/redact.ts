// Removes the texts of rows from free text, such as the log: a log line may quote an id, a title or a reason.
import { createHash } from "node:crypto";
import { assignmentFields, type Assignment } from "../assignment";

/** Shorter texts occur everywhere and identify nothing. */
const shortest = 3;

/** Texts are indexed by their beginning: a large ledger has too many to search a log for each. */
const keyLength = 8;

/** Replaces every text of the rows, and the other ones, by a mark; also texts that overlap, so that no part of one is left over. */
export function redactor(
  rows: readonly Assignment[],
  keep: ReadonlySet<string>,
  others: readonly unknown[],
): (line: string) => string {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") {
      for (const text of [value, JSON.stringify(value).slice(1, -1), ...value.split(/[\r\n]+/)]) {
        const trimmed = text.trim();
        if (trimmed.length >= shortest && !keep.has(trimmed) && !isTime(trimmed)) texts.add(trimmed);
      }
    } else if (typeof value === "object" && value !== null) {
      for (const [name, part] of Object.entries(value)) {
        // A field that this version doesn't know may be called anything.
        if (!Array.isArray(value) && !Object.hasOwn(assignmentFields, name)) collect(name);
        collect(part);
      }
    } else if (typeof value === "number" && Math.abs(value) >= 1000) {
      texts.add(String(value));
    }
  };
  rows.forEach(collect);
  others.forEach(collect);
  const byBeginning = new Map<string, string[]>();
  for (const text of texts) {
    const beginning = text.slice(0, keyLength);
    const known = byBeginning.get(beginning);
    if (known === undefined) byBeginning.set(beginning, [text]);
    else known.push(text);
  }
  return (line) => redactLine(line, byBeginning);
}

function redactLine(line: string, byBeginning: ReadonlyMap<string, readonly string[]>): string {
  let result = "";
  let hiddenTo = 0;
  for (let at = 0; at < line.length; at++) {
    const end = at + longestAt(line, at, byBeginning);
    if (at >= hiddenTo) result += end > at ? "…" : line.charAt(at);
    hiddenTo = Math.max(hiddenTo, end);
  }
  return result;
}

/** The length of the longest text that begins here; 0 if none does. */
function longestAt(line: string, at: number, byBeginning: ReadonlyMap<string, readonly string[]>): number {
  let longest = 0;
  for (let length = shortest; length <= keyLength; length++) {
    for (const text of byBeginning.get(line.slice(at, at + length)) ?? []) {
      if (text.length > longest && line.startsWith(text, at)) longest = text.length;
    }
  }
  return longest;
}

/** Fields whose value is one of ntm's own words, which the report may repeat. Any other value is a text from an agent. */
const words: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    status: ["assigned", "working", "completed", "failed", "reassigned", "claiming", "claimed"],
    claim_state: ["pending", "claiming", "claimed", "failed", "unknown", "released"],
    reservation_state: ["pending", "reserving", "reserved", "failed", "unknown", "released", "skipped"],
    dispatch_state: ["pending", "sending", "sent", "failed", "unknown"],
    clear_state: ["requested", "reservation_releasing", "leases_released", "claim_released"],
    pending_terminal_status: ["completed", "failed", "reassigned"],
  }).map(([name, values]) => [name, new Set(values)]),
);

/** RFC 3339 as ntm writes it; no other text can pass for it. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

function isTime(text: string): boolean {
  return timestamp.test(text);
}

/** `field: value`, without any text that an agent chose: of those, the length. */
export function rowShape(row: Assignment): readonly string[] {
  return Object.entries(row).map(([name, value]) =>
    // A field that this version doesn't know may be called anything.
    Object.hasOwn(assignmentFields, name) ? `${name}: ${shapeOf(name, value)}` : `unknown field: ${kindOf(value)}`,
  );
}

function shapeOf(name: string, value: unknown): string {
  if (typeof value === "boolean") return String(value);
  if (typeof value === "number") return isCounted(name) ? String(value) : "a number";
  if (typeof value === "string") {
    if (assignmentFields[name as keyof Assignment] === "timestamp") return isTime(value) ? value : kindOf(value);
    return words.get(name)?.has(value) === true ? value : kindOf(value);
  }
  return kindOf(value);
}

/** Numbers that count or label; others are handles of Agent Mail. */
function isCounted(name: string): boolean {
  return name === "pane" || name === "retry_count" || name.endsWith("_attempts") || name === "dispatch_duration";
}

function kindOf(value: unknown): string {
  if (typeof value === "string") return `${value.length} characters`;
  if (Array.isArray(value)) return value.length === 1 ? "1 item" : `${value.length} items`;
  return value === null ? "null" : `a value of type ${typeof value}`;
}

/** Stands for a text throughout one report, and in no other: the same text has the same name. */
export class Pseudonyms {
  readonly #known = new Map<string, string>();

  constructor(private readonly kind: string) {}

  of(text: string): string {
    const key = createHash("sha256").update(text).digest("base64");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = `${this.kind} ${this.#known.size + 1}`;
    this.#known.set(key, name);
    return name;
  }
}
