// Takes out of free text, such as the log's, what rows say: a log line may quote an id, a title or a reason.
import { assignmentFields, type Assignment } from "../assignment";
import { isTime } from "./rowShape";

/** Shorter texts occur everywhere, and tell nothing. */
const shortest = 3;

/** Texts are looked up by their beginning: a large ledger has too many to search a log for each. */
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
  return (line) => withoutTexts(line, byBeginning);
}

function withoutTexts(line: string, byBeginning: ReadonlyMap<string, readonly string[]>): string {
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
