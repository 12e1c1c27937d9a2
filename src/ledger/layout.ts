// A ledger laid out as ntm does: its rows are found by their lines, and those that didn't change aren't parsed again.
import { isAscii, isUtf8 } from "node:buffer";
import { decodeDocument, type Document } from "./document";
import { checkJson, JsonSyntaxError, stringValue } from "./json";
import { decodeRow, regularRow } from "./row";
import type { LedgerSnapshot, RowEntry } from "./snapshot";

const rowsHeader = Buffer.from('  "assignments": {\n');
const rowEnd = Buffer.from("\n    }");
const rowStart = Buffer.from('    "');
const rowsEnd = Buffer.from("\n  }");
/** Decodes a copy laid out as ntm does, finding rows by their lines; `undefined` when anything is laid out otherwise. */
export function decodeRegular(bytes: Buffer, previous: LedgerSnapshot | undefined): Document | undefined {
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
  // eslint-disable-next-line no-control-regex -- control characters are what JSON refuses
  if (/^"[^"\\\u0000-\u001f]*"$/.test(literal)) return literal.slice(1, -1);
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
