// A row in a report: which fields it has, of which kind and size, and those values that can only be the ledger's own words.
import { createHash } from "node:crypto";
import { assignmentFields, type Assignment } from "../assignment";

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

export function isTime(text: string): boolean {
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
