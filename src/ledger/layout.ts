// A ledger laid out as ntm does: its rows are found by their lines, and those that didn't change aren't parsed again.
import { isAscii, isUtf8 } from "node:buffer";
import { decodeDocument, type Document } from "./document";
import { checkJson, JsonSyntaxError, standsAt, stringValue } from "./json";
import { decodeRow, regularRow } from "./row";
import type { LedgerSnapshot, RowEntry } from "./snapshot";

const rowsHeader = '  "assignments": {\n';
const rowEnd = "\n    }";

/** Decodes a copy laid out as ntm does, finding rows by their lines; `undefined` when anything is laid out otherwise. */
export function decodeRegular(bytes: Buffer, previous: LedgerSnapshot | undefined): Document | undefined {
  if (!isUtf8(bytes)) return undefined;
  // A character for each byte, so that places in the one are places in the other; right as text wherever it is ASCII.
  const plain = bytes.toString("latin1");
  const text = isAscii(bytes)
    ? (start: number, end: number) => plain.slice(start, end)
    : (start: number, end: number) => bytes.toString("utf8", start, end);
  const sessionEnd = plain.indexOf("\n", 2);
  const headEnd = sessionEnd + 1 + rowsHeader.length;
  if (!plain.startsWith(rowsHeader, sessionEnd + 1)) return undefined;
  const rows = new Map<string, RowEntry>();
  let at = headEnd;
  for (;;) {
    const lineEnd = plain.indexOf("\n", at);
    const close = plain.indexOf(rowEnd, at);
    const end = close + rowEnd.length;
    // `    "id": {`, so that the row is one object and the next brace at its depth closes it.
    if (close < 0 || !standsAt('    "', plain, at) || !standsAt('": {\n', plain, lineEnd - 4)) return undefined;
    const id = parseString(text(at + 4, lineEnd - 3));
    if (id === undefined || rows.has(id)) return undefined;
    const entry = reuse(previous?.rows.get(id), bytes, at, end) ?? decodeEntry(id, bytes, at, lineEnd, end, text);
    if (entry === undefined) return undefined;
    // Its own id, for a piece of the text would keep all of the text in memory.
    rows.set(entry.row.bead_id, entry);
    if (plain[end] !== ",") {
      at = end;
      break;
    }
    if (plain[end + 1] !== "\n") return undefined;
    at = end + 2;
  }
  if (!plain.startsWith("\n  }", at)) return undefined;
  // What is left is the same ledger without rows.
  const rest = decodeDocument(`${text(0, headEnd)}${text(at, bytes.length)}`, undefined);
  return rest.rowObjects === 1 ? { ...rest, snapshot: { ...rest.snapshot, rows } } : undefined;
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
    // Such a row may keep pieces of its text, which must not be pieces of the whole.
    const own = bytes.toString("utf8", lineEnd - 1, end);
    const ownId = stringValue(bytes.toString("utf8", start + 4, lineEnd - 3));
    return { ...decodeRow(ownId, own, checkJson(own)), source: { bytes, start, end, isRegular: false } };
  } catch (error) {
    // Not a row by itself, so the file isn't laid out as it seemed.
    if (error instanceof SyntaxError || error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
