// One row ⇄ its JSON text. Rows in the form that ntm writes ("regular") are read with JSON.parse and one pass of checks;
// all others with the exact reader, which follows Go's decoder.
import { assignmentFields, type Assignment, type FieldKind } from "./assignment";
import { elements, kindOf, members, matchesAt, stringValue, type JsonSpan } from "./json";
import { describeBadTimestamp, epochNanoseconds, isTimestamp, isUtc, zeroTimestamp } from "./timestamp";

/** The JSON text of values that JavaScript can't represent exactly, such as large integers, and of unknown fields. */
export type RawFields = ReadonlyMap<string, string>;

export interface DecodedRow {
  readonly row: Assignment;
  /** Fields to be written back unchanged, by name. */
  readonly raw: RawFields | undefined;
}

/** A value that Go's decoder rejects. */
export class FieldError extends Error {
  override readonly name = "FieldError";
}

/** A row that decodes but is rejected by ntm's checks. */
export class RowError extends Error {
  override readonly name = "RowError";
}

const kinds = new Map<string, FieldKind>(Object.entries(assignmentFields));
const fieldNames = [...kinds.keys()];
const foldedNames = new Map(fieldNames.map((name) => [name, name]));
const required = new Set(["bead_id", "bead_title", "pane", "agent_type", "status", "assigned_at"]);
const zeroRow = { bead_id: "", bead_title: "", pane: 0, agent_type: "", status: "", assigned_at: zeroTimestamp };
const indent = "      ";

/** The text before each field's value in a row that ntm wrote: a new line and the name. */
const layouts = new Map(
  [...kinds].map(([name, kind]) => [name, { kind, opening: `\n${indent}"${name}": `, isRequired: required.has(name) }]),
);
const closing = "\n    }";
const stringPattern = /"[^"\\]*(?:\\.[^"\\]*)*"/y;

/**
 * Checks a parsed row against its text, field by field, to detect what JSON.parse loses: exact numbers, duplicate keys,
 * lone surrogates; also unknown keys and empty values that Go takes for absent.
 * @returns `undefined` if {@link decodeRow} must be used
 * @param text the row's JSON text in ntm's layout
 */
export function regularRow(id: string, value: unknown, text: string): Assignment | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const row = value as Record<string, unknown>;
  let missing = required.size;
  let at = 1;
  for (const name in row) {
    const layout = layouts.get(name);
    if (layout === undefined || !matchesAt(layout.opening, text, at)) return undefined;
    at = endOfRegular(name, layout.kind, row[name], text, at + layout.opening.length);
    if (at < 0) return undefined;
    if (text[at] === ",") at++;
    if (layout.isRequired) missing--;
  }
  if (at + closing.length !== text.length || !matchesAt(closing, text, at)) return undefined;
  return missing === 0 && row["bead_id"] === id ? (row as unknown as Assignment) : undefined;
}

/** The end of a field's text if it is exactly what ntm writes for this value; else -1. */
function endOfRegular(name: string, kind: FieldKind, value: unknown, text: string, start: number): number {
  switch (kind) {
    case "string":
      return typeof value === "string" && (value !== "" || required.has(name)) ? endOfString(value, text, start) : -1;
    case "timestamp":
      return typeof value === "string" && isTimestamp(value) ? endOfString(value, text, start) : -1;
    case "integer":
      return Number.isSafeInteger(value) && (value !== 0 || name === "pane") ? endOf(String(value), text, start) : -1;
    case "boolean":
      return value === true ? endOf("true", text, start) : -1;
    case "strings":
    case "integers":
      return Array.isArray(value) &&
        value.length > 0 &&
        value.every(kind === "strings" ? isString : Number.isSafeInteger)
        ? endOf(encodeField(value), text, start)
        : -1;
  }
}

function endOf(literal: string, text: string, start: number): number {
  const end = start + literal.length;
  return matchesAt(literal, text, start) && isEnd(text, end) ? end : -1;
}

function endOfString(value: string, text: string, start: number): number {
  let end = text.indexOf('"', start + 1) + 1;
  if (!isEnd(text, end)) {
    // The quote was escaped, or the line contains more than a string.
    stringPattern.lastIndex = start;
    if (!stringPattern.test(text) || !isEnd(text, stringPattern.lastIndex)) return -1;
    end = stringPattern.lastIndex;
  }
  // Lone surrogates are only possible as escapes, which make the text longer.
  return end - start === value.length + 2 || value.isWellFormed() ? end : -1;
}

/** Whether the line ends here. JSON strings and numbers don't contain line ends, so the text before it is one value. */
function isEnd(text: string, at: number): boolean {
  return text[at] === "\n" || (text[at] === "," && text[at + 1] === "\n");
}

function isString(value: unknown): boolean {
  return typeof value === "string";
}

/** Decodes any row as Go does. @throws {FieldError} */
export function decodeRow(id: string, text: string, span: JsonSpan): DecodedRow {
  if (kindOf(text, span) !== "object") throw mismatch(kindOf(text, span), "", "assignment.Assignment");
  const values = new Map<string, unknown>(Object.entries(zeroRow));
  const raw = new Map<string, string>();
  for (const member of members(text, span)) {
    const literal = text.slice(member.start, member.end);
    const name = foldedNames.get(fold(member.key));
    if (name === undefined) {
      raw.set(member.key, literal);
      values.set(member.key, unknownValue(literal));
      continue;
    }
    const value = decodeField(name, kinds.get(name) ?? "string", text, member);
    if (value === undefined) continue;
    raw.delete(name);
    if (isAbsent(name, value)) values.delete(name);
    else values.set(name, value);
    if (typeof value === "number" && !Number.isSafeInteger(value)) raw.set(name, literal);
    if (Array.isArray(value) && value.some((item) => typeof item === "number" && !Number.isSafeInteger(item))) {
      raw.set(name, literal);
    }
  }
  // The key is the identity: a row that names another bead could not be addressed.
  values.set("bead_id", id);
  return { row: Object.fromEntries(values) as unknown as Assignment, raw: raw.size > 0 ? raw : undefined };
}

/** How deeply an unknown value may be nested to be given as a value: copying and comparing deeper ones overflows the call stack. */
const maxValueDepth = 200;

/** The value of an unknown field; its JSON text if it is nested too deeply. Only the text is ever written back. */
function unknownValue(literal: string): unknown {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < literal.length; at++) {
    const character = literal[at];
    if (isInString && character === "\\") at++;
    else if (character === '"') isInString = !isInString;
    else if (isInString) continue;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > maxValueDepth) return literal;
  }
  return JSON.parse(literal);
}

/** Encodes a row as ntm does, from its key to its closing brace, without a trailing comma. */
export function encodeRow(id: string, row: Assignment, raw: RawFields | undefined): string {
  const lines: string[] = [];
  for (const name of fieldNames) {
    const value = row[name as keyof Assignment] as unknown;
    if (!required.has(name) && isAbsent(name, value)) continue;
    const literal = raw?.get(name);
    const kept = literal !== undefined && JSON.stringify(JSON.parse(literal)) === JSON.stringify(value);
    lines.push(`${indent}"${name}": ${kept ? literal : encodeField(value)}`);
  }
  for (const [name, literal] of raw ?? []) {
    if (!kinds.has(name)) lines.push(`${indent}${encodeString(name)}: ${literal}`);
  }
  return `    ${encodeString(id)}: {\n${lines.join(",\n")}\n    }`;
}

/** A string literal as Go writes it: HTML's special characters and the two line separators are escaped. */
export function encodeString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** Checks ntm's rules for the completion outbox. @throws {RowError} */
export function checkOutbox(id: string, row: Assignment): void {
  const reason = outboxFault(row);
  if (reason !== undefined) throw new RowError(`assignment ${JSON.stringify(id)} completion outbox: ${reason}`);
}

/** Folds a key as Go does to match a field: ASCII case, the long s, and the Kelvin sign. */
export function fold(key: string): string {
  return kinds.has(key) ? key : key.replaceAll("ſ", "s").toLowerCase();
}

/** Go's message for a value of the wrong kind. */
export function mismatch(found: string, field: string, type: string): FieldError {
  const owner = field === "" ? "" : ` field ${field}`;
  return new FieldError(
    `json: cannot unmarshal ${found} into Go ${field === "" ? "value" : "struct"}${owner} of type ${type}`,
  );
}

function outboxFault(row: Assignment): string | undefined {
  const event = row.pending_completion_event_id;
  const detected = row.completion_detected_at;
  const token = row.completion_consumer_token;
  const expiry = row.completion_lease_expires_at;
  if (event === undefined && detected === undefined && token === undefined && expiry === undefined) return undefined;
  if (event?.trim() === "") return "pending completion event ID is blank";
  if (token?.trim() === "") return "completion consumer token is blank";
  if ((event === undefined) !== (detected === undefined)) {
    return "pending completion event ID and detection timestamp must appear together";
  }
  const isTerminal = row.status === "completed" || row.status === "failed";
  const willBeTerminal =
    row.clear_state !== undefined &&
    (row.pending_terminal_status === "completed" || row.pending_terminal_status === "failed");
  if (detected !== undefined) {
    const fault = timeFault(detected, "completion detection");
    if (fault !== undefined) return fault;
    if (!isTerminal && !willBeTerminal) return "pending completion event requires a terminal assignment outcome";
  }
  if ((token === undefined) !== (expiry === undefined)) {
    return "completion consumer token and lease expiry must appear together";
  }
  if (token === undefined || expiry === undefined) return undefined;
  if (event === undefined) return "completion consumer lease requires a pending completion event";
  if (!isTerminal) return "completion consumer lease requires a terminal assignment status";
  if (row.clear_state !== undefined) return "completion consumer lease requires completed terminal reconciliation";
  return timeFault(expiry, "completion lease expiry");
}

function timeFault(time: string, subject: string): string | undefined {
  if (epochNanoseconds(time) === epochNanoseconds(zeroTimestamp)) return `${subject} timestamp is invalid`;
  return isUtc(time) ? undefined : `${subject} timestamp must be UTC`;
}

/** `undefined`: JSON null, which leaves a Go value as it was. */
function decodeField(name: string, kind: FieldKind, text: string, span: JsonSpan): unknown {
  const found = kindOf(text, span);
  const literal = text.slice(span.start, span.end);
  const path = `Assignment.assignments.${name}`;
  if (found === "null") {
    const isPointer = kind === "strings" || kind === "integers" || (kind === "timestamp" && name !== "assigned_at");
    return isPointer ? (kind === "timestamp" ? "" : []) : undefined;
  }
  switch (kind) {
    case "string":
      if (found !== "string") throw mismatch(found, path, "string");
      return stringValue(literal);
    case "boolean":
      if (found !== "bool") throw mismatch(found, path, "bool");
      return literal === "true";
    case "integer":
      return decodeInteger(found, literal, path);
    case "timestamp": {
      if (found !== "string") throw new FieldError("Time.UnmarshalJSON: input is not a JSON string");
      const time = stringValue(literal);
      if (!isTimestamp(time)) throw new FieldError(describeBadTimestamp(time));
      return time;
    }
    case "strings":
    case "integers": {
      if (found !== "array") throw mismatch(found, path, kind === "strings" ? "[]string" : "[]int");
      return [...elements(text, span)].map((element) => {
        const value = decodeField(name, kind === "strings" ? "string" : "integer", text, element);
        return value ?? (kind === "strings" ? "" : 0);
      });
    }
  }
}

function decodeInteger(found: string, literal: string, path: string): number {
  if (found !== "number") throw mismatch(found, path, "int");
  if (!/^-?\d+$/.test(literal) || BigInt.asIntN(64, BigInt(literal)) !== BigInt(literal)) {
    throw mismatch(`number ${literal}`, path, "int");
  }
  return Number(literal) + 0;
}

/** Whether Go omits the field: zero values of optional fields, and absent times. */
function isAbsent(name: string, value: unknown): boolean {
  if (value === undefined) return true;
  if (required.has(name)) return false;
  return value === "" || value === 0 || value === false || (Array.isArray(value) && value.length === 0);
}

function encodeField(value: unknown): string {
  if (typeof value === "string") return encodeString(value);
  if (!Array.isArray(value)) return String(value);
  return `[\n${value.map((item: unknown) => `${indent}  ${encodeField(item)}`).join(",\n")}\n${indent}]`;
}
