// Bytes ⇄ snapshot, in Go's JSON, byte for byte. A row that didn't change keeps its identity and its bytes.
import { isAscii, isUtf8 } from "node:buffer";
import type { Assignment, Timestamp } from "../assignment/assignment";
import type { LedgerProblem, ProblemCode } from "./health";
import { checkJson, decodeUtf8, JsonSyntaxError, kindOf, members, stringValue, type JsonSpan } from "./json";
import {
  checkOutbox,
  decodeRow,
  encodeRow,
  encodeString,
  FieldError,
  fold,
  mismatch,
  regularRow,
  RowError,
} from "./row";
import type { RawFields } from "./row";
import { describeBadTimestamp, isTimestamp, zeroTimestamp } from "./timestamp";

/** A row, and the bytes that it was read from. */
export interface RowEntry {
  readonly row: Assignment;
  readonly raw: RawFields | undefined;
  /** From the quote of its key to its closing brace; `undefined` for a new row. */
  readonly source: Source | undefined;
}

interface Source {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** The row stands as ntm would write it: its bytes are its encoding. */
  readonly isRegular: boolean;
}

/** All that one copy of a ledger says. Immutable. */
export interface LedgerSnapshot {
  readonly sessionName: string;
  /** The schema. */
  readonly version: number;
  /** Counts saves; 0 below schema 9. Go's uint64. */
  readonly generation: bigint;
  readonly updatedAt: Timestamp;
  /** How often each bead's row was cleared, which ntm's deterministic keys depend on. */
  readonly clearedGenerations: ReadonlyMap<string, bigint>;
  /** By bead id. */
  readonly rows: ReadonlyMap<string, RowEntry>;
  /** Members that this version doesn't know, as JSON text. */
  readonly unknown: RawFields;
}

/** A decoded copy. With a fault it must not be written; with a snapshot beside the fault it can be shown. */
export interface Decoded {
  readonly snapshot?: LedgerSnapshot;
  readonly fault?: Pick<LedgerProblem, "code" | "message">;
}

/** The newest schema whose rules this version knows. */
export const newestSchema = 9;

const rowsHeader = Buffer.from('  "assignments": {\n');
const rowEnd = Buffer.from("\n    }");
const rowStart = Buffer.from('    "');
const rowsEnd = Buffer.from("\n  }");
const largestGeneration = 2n ** 64n - 1n;

/**
 * Decodes one copy as today's ntm does (`ntm-ledger.md` §1.4, §1.7, §2). Never throws.
 * @param previous rows with the same bytes are taken from here, so that they stay the same objects
 */
export function decodeLedger(bytes: Buffer, sessionName: string, previous?: LedgerSnapshot): Decoded {
  try {
    return check(decodeRegular(bytes, previous) ?? decodeAny(bytes, previous), sessionName);
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { fault: { code: "malformed", message: error.message } };
    if (error instanceof FieldError) return { fault: { code: "invalid-field", message: error.message } };
    throw error;
  }
}

/** Encodes a snapshot as ntm does; its rows then stand in the new bytes. */
export function encodeLedger(snapshot: LedgerSnapshot): { bytes: Buffer; snapshot: LedgerSnapshot } {
  const head = `{\n  "session_name": ${encodeString(snapshot.sessionName)},\n  "assignments": {`;
  const chunks: Buffer[] = [];
  let length = 0;
  const push = (chunk: Buffer): number => {
    chunks.push(chunk);
    return (length += chunk.length);
  };
  push(Buffer.from(head));
  const spans: (readonly [string, RowEntry, { start: number; end: number }])[] = [];
  for (const [id, entry] of [...snapshot.rows].sort(([a], [b]) => compareUtf8(a, b))) {
    const start = push(spans.length === 0 ? firstSeparator : laterSeparator);
    spans.push([id, entry, { start, end: push(encodedRow(id, entry)) }]);
  }
  push(Buffer.from(`${spans.length > 0 ? "\n  " : ""}},\n${encodeTail(snapshot)}\n}`));
  const bytes = Buffer.concat(chunks, length);
  const rows = new Map<string, RowEntry>();
  for (const [id, { row, raw }, span] of spans) {
    rows.set(id, { row, raw, source: { bytes, ...span, isRegular: raw === undefined } });
  }
  return { bytes, snapshot: { ...snapshot, rows } };
}

const firstSeparator = Buffer.from("\n");
const laterSeparator = Buffer.from(",\n");

function encodedRow(id: string, entry: RowEntry): Buffer {
  const { source } = entry;
  if (source?.isRegular !== true) return Buffer.from(encodeRow(id, entry.row, entry.raw));
  return source.bytes.subarray(source.start, source.end);
}

function encodeTail(snapshot: LedgerSnapshot): string {
  const lines: string[] = [];
  if (snapshot.clearedGenerations.size > 0) {
    const cleared = [...snapshot.clearedGenerations]
      .sort(([a], [b]) => compareUtf8(a, b))
      .map(([id, count]) => `    ${encodeString(id)}: ${String(count)}`);
    lines.push(`  "cleared_generations": {\n${cleared.join(",\n")}\n  }`);
  }
  if (snapshot.generation > 0n) lines.push(`  "persistence_generation": ${String(snapshot.generation)}`);
  lines.push(`  "updated_at": ${encodeString(snapshot.updatedAt)}`, `  "version": ${snapshot.version}`);
  for (const [name, literal] of snapshot.unknown) lines.push(`  ${encodeString(name)}: ${literal}`);
  return lines.join(",\n");
}

/** Orders keys as Go does: by UTF-8 bytes, which differs from JavaScript's order beyond U+FFFF. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left === right) continue;
    const [leftSurrogate, rightSurrogate] = [isSurrogate(left), isSurrogate(right)];
    return leftSurrogate === rightSurrogate ? left - right : leftSurrogate ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** The rules that today's ntm applies after decoding, in its order. */
function check(document: Document, sessionName: string): Decoded {
  const { snapshot, nullRows } = document;
  const fault = (code: ProblemCode, message: string): Decoded => ({ snapshot, fault: { code, message } });
  const { version, generation } = snapshot;
  if (snapshot.sessionName !== sessionName) {
    const message = `ledger session ${JSON.stringify(snapshot.sessionName)} does not match requested session ${JSON.stringify(sessionName)}`;
    return { fault: { code: "foreign-session", message } };
  }
  if (version > newestSchema) {
    return fault("newer-schema", `ledger schema version ${version} is newer than supported version ${newestSchema}`);
  }
  if (version === newestSchema && generation === 0n) {
    return fault("missing-generation", `schema version ${version} is missing persistence generation`);
  }
  if (version < newestSchema && generation !== 0n) {
    return fault(
      "unexpected-generation",
      `legacy schema version ${version} has persistence generation ${String(generation)}`,
    );
  }
  if (nullRows[0] !== undefined) {
    return fault("invalid-row", `assignment ${JSON.stringify(nullRows[0])} completion outbox: assignment is null`);
  }
  try {
    for (const [id, { row }] of snapshot.rows) checkOutbox(id, row);
  } catch (error) {
    if (error instanceof RowError) return fault("invalid-row", error.message);
    throw error;
  }
  return { snapshot };
}

interface Document {
  readonly snapshot: LedgerSnapshot;
  readonly nullRows: readonly string[];
  /** How many members named `assignments` there were, nulls included. */
  readonly rowObjects: number;
}

/** Decodes a copy laid out as ntm does, finding rows by their lines; `undefined` when anything is laid out otherwise. */
function decodeRegular(bytes: Buffer, previous: LedgerSnapshot | undefined): Document | undefined {
  const sessionEnd = bytes.indexOf(0x0a, 2);
  const headEnd = sessionEnd + 1 + rowsHeader.length;
  if (!standsAt(bytes, sessionEnd + 1, rowsHeader) || !isUtf8(bytes)) return undefined;
  const text = isAscii(bytes)
    ? (start: number, end: number) => bytes.toString("latin1", start, end)
    : (start: number, end: number) => bytes.toString("utf8", start, end);
  const rows = new Map<string, RowEntry>();
  let at = headEnd;
  for (;;) {
    const lineEnd = bytes.indexOf(0x0a, at);
    const close = bytes.indexOf(rowEnd, at);
    const end = close + rowEnd.length;
    if (close < 0 || !standsAt(bytes, at, rowStart)) return undefined;
    // `"id": {`, so that the row is one object and the next brace at its depth closes it.
    if (bytes[lineEnd - 1] !== 0x7b || bytes[lineEnd - 3] !== 0x3a || bytes[lineEnd - 4] !== 0x22) return undefined;
    const id = parseString(text(at + 4, lineEnd - 3));
    if (id === undefined || rows.has(id)) return undefined;
    const entry = reuse(previous?.rows.get(id), bytes, at, end) ?? decodeEntry(id, bytes, at, lineEnd, end, text);
    if (entry === undefined) return undefined;
    rows.set(id, entry);
    if (bytes[end] !== 0x2c) {
      at = end;
      break;
    }
    if (bytes[end + 1] !== 0x0a) return undefined;
    at = end + 2;
  }
  if (!standsAt(bytes, at, rowsEnd)) return undefined;
  // What is left is the same ledger without rows.
  const rest = decodeDocument(`${text(0, headEnd)}${text(at, bytes.length)}`, undefined);
  return rest.rowObjects === 1 ? { ...rest, snapshot: { ...rest.snapshot, rows } } : undefined;
}

function standsAt(bytes: Buffer, at: number, expected: Buffer): boolean {
  const end = at + expected.length;
  return end <= bytes.length && bytes.compare(expected, 0, expected.length, at, end) === 0;
}

function parseString(literal: string): string | undefined {
  try {
    return stringValue(literal);
  } catch {
    return undefined; // The exact reader will say what is wrong with it.
  }
}

/** The same row in new bytes: it must not keep the old file in memory. */
function reuse(entry: RowEntry | undefined, bytes: Buffer, start: number, end: number): RowEntry | undefined {
  if (entry?.source === undefined) return undefined;
  const { source } = entry;
  if (source.end - source.start !== end - start) return undefined;
  if (bytes.compare(source.bytes, source.start, source.end, start, end) !== 0) return undefined;
  return { row: entry.row, raw: entry.raw, source: { bytes, start, end, isRegular: source.isRegular } };
}

function decodeEntry(
  id: string,
  bytes: Buffer,
  start: number,
  lineEnd: number,
  end: number,
  slice: (start: number, end: number) => string,
): RowEntry | undefined {
  const text = slice(lineEnd - 1, end);
  try {
    const row = regularRow(id, JSON.parse(text), text);
    if (row !== undefined) return { row, raw: undefined, source: { bytes, start, end, isRegular: true } };
    return { ...decodeRow(id, text, checkJson(text)), source: { bytes, start, end, isRegular: false } };
  } catch (error) {
    // Not a row by itself, so the file isn't laid out as it seemed.
    if (error instanceof SyntaxError || error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

function decodeAny(bytes: Buffer, previous: LedgerSnapshot | undefined): Document {
  return decodeDocument(decodeUtf8(bytes), previous);
}

/** Decodes any JSON as Go does: keys fold, later duplicates win, two `assignments` objects merge. */
function decodeDocument(text: string, previous: LedgerSnapshot | undefined): Document {
  const top = checkJson(text);
  const document = {
    sessionName: "",
    version: 0,
    generation: 0n,
    updatedAt: zeroTimestamp,
    clearedGenerations: new Map<string, bigint>(),
    rows: new Map<string, RowEntry>(),
    unknown: new Map<string, string>(),
  };
  const nullRows = new Set<string>();
  let rowObjects = 0;
  const finish = (): Document => ({ snapshot: document, nullRows: [...nullRows], rowObjects });
  if (kindOf(text, top) === "null") return finish();
  if (kindOf(text, top) !== "object") throw mismatch(kindOf(text, top), "", "assignment.AssignmentStore");
  for (const member of members(text, top)) {
    const literal = text.slice(member.start, member.end);
    const kind = kindOf(text, member);
    switch (fold(member.key)) {
      case "session_name":
        if (kind === "string") document.sessionName = stringValue(literal);
        else if (kind !== "null") throw mismatch(kind, "AssignmentStore.session_name", "string");
        break;
      case "assignments":
        rowObjects++;
        if (kind === "object") decodeRows(text, member, document.rows, nullRows, previous);
        else if (kind === "null")
          [document.rows, nullRows].forEach((seen) => {
            seen.clear();
          });
        else throw mismatch(kind, "AssignmentStore.assignments", "map[string]*assignment.Assignment");
        break;
      case "cleared_generations":
        if (kind === "object") decodeCleared(text, member, document.clearedGenerations);
        else if (kind === "null") document.clearedGenerations.clear();
        else throw mismatch(kind, "AssignmentStore.cleared_generations", "map[string]uint64");
        break;
      case "persistence_generation":
        document.generation =
          decodeCount(text, member, "AssignmentStore.persistence_generation") ?? document.generation;
        break;
      case "updated_at":
        if (kind === "null") break;
        if (kind !== "string") throw new FieldError("Time.UnmarshalJSON: input is not a JSON string");
        document.updatedAt = stringValue(literal);
        if (!isTimestamp(document.updatedAt)) throw new FieldError(describeBadTimestamp(document.updatedAt));
        break;
      case "version":
        if (kind === "null") break;
        if (kind !== "number" || !/^-?\d+$/.test(literal) || BigInt.asIntN(64, BigInt(literal)) !== BigInt(literal)) {
          throw mismatch(kind === "number" ? `number ${literal}` : kind, "AssignmentStore.version", "int");
        }
        document.version = Number(literal) + 0;
        break;
      default:
        document.unknown.set(member.key, literal);
    }
  }
  return finish();
}

function decodeRows(
  text: string,
  span: JsonSpan,
  rows: Map<string, RowEntry>,
  nullRows: Set<string>,
  previous: LedgerSnapshot | undefined,
): void {
  for (const member of members(text, span)) {
    if (kindOf(text, member) === "null") {
      nullRows.add(member.key);
      rows.delete(member.key);
      continue;
    }
    nullRows.delete(member.key);
    const decoded = { ...decodeRow(member.key, text, member), source: undefined };
    const before = previous?.rows.get(member.key);
    const unchanged =
      before && encodeRow(member.key, before.row, before.raw) === encodeRow(member.key, decoded.row, decoded.raw);
    rows.set(member.key, unchanged === true ? { ...decoded, row: before.row } : decoded);
  }
}

function decodeCleared(text: string, span: JsonSpan, into: Map<string, bigint>): void {
  for (const member of members(text, span)) {
    into.set(member.key, decodeCount(text, member, "AssignmentStore.cleared_generations") ?? 0n);
  }
}

function decodeCount(text: string, span: JsonSpan, field: string): bigint | undefined {
  const kind = kindOf(text, span);
  if (kind === "null") return undefined;
  const literal = text.slice(span.start, span.end);
  if (kind !== "number") throw mismatch(kind, field, "uint64");
  if (!/^\d+$/.test(literal) || BigInt(literal) > largestGeneration)
    throw mismatch(`number ${literal}`, field, "uint64");
  return BigInt(literal);
}
