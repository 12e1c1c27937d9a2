// Decodes a ledger in ntm's own layout: rows are found by their lines, and unchanged ones aren't parsed again.
import { isAscii, isUtf8 } from "node:buffer";
import { decodeDocument, type Document } from "./document";
import { checkJson, JsonSyntaxError, matchesAt, stringValue } from "./json";
import { decodeRow, regularRow } from "./row";
import type { LedgerSnapshot, RowEntry } from "./snapshot";

const rowsHeader = '  "assignments": {\n';
const rowEnd = "\n    }";

/** Decodes a copy in ntm's layout by its lines; `undefined` if the layout differs anywhere. */
export function decodeRegular(bytes: Buffer, previous: LedgerSnapshot | undefined): Document | undefined {
  if (!isUtf8(bytes)) return undefined;
  const file = new LedgerText(bytes, previous !== undefined);
  const sessionEnd = file.indexOf("\n", 2);
  const headEnd = sessionEnd + 1 + rowsHeader.length;
  if (!file.hasAt(rowsHeader, sessionEnd + 1)) return undefined;
  const rows = new Map<string, RowEntry>();
  const known = new KnownRows(previous);
  let at = headEnd;
  for (;;) {
    const [id, entry] = known.next(bytes, at) ?? decodeEntryAt(file, at, known) ?? [];
    if (id === undefined || entry?.source === undefined || rows.has(id)) return undefined;
    // The row's own id: a slice of the text would keep the whole text in memory.
    rows.set(entry.row.bead_id, entry);
    const { end } = entry.source;
    if (bytes[end] !== comma) {
      at = end;
      break;
    }
    if (bytes[end + 1] !== newline) return undefined;
    at = end + 2;
  }
  if (!file.hasAt("\n  }", at)) return undefined;
  // The rest is the same ledger without rows.
  const rest = decodeDocument(`${file.slice(0, headEnd)}${file.slice(at, bytes.length)}`, undefined);
  return rest.rowObjects === 1 ? { ...rest, snapshot: { ...rest.snapshot, rows } } : undefined;
}

const comma = 0x2c;
const newline = 0x0a;

/** The text of a file by the offsets of its bytes. */
class LedgerText {
  /** One character per byte. Not made where few rows are searched for: it takes as long as comparing all the others. */
  private readonly plain: string | undefined;
  private readonly isAscii: boolean;

  constructor(
    readonly bytes: Buffer,
    isMostlyKnown: boolean,
  ) {
    this.plain = isMostlyKnown ? undefined : bytes.toString("latin1");
    this.isAscii = isAscii(bytes);
  }

  indexOf(part: string, from: number): number {
    return this.plain?.indexOf(part, from) ?? this.bytes.indexOf(part, from, "latin1");
  }

  hasAt(part: string, at: number): boolean {
    if (this.plain !== undefined) return matchesAt(part, this.plain, at);
    return at >= 0 && this.bytes.toString("latin1", at, at + part.length) === part;
  }

  slice(start: number, end: number): string {
    if (this.plain !== undefined && this.isAscii) return this.plain.slice(start, end);
    return this.bytes.toString("utf8", start, end);
  }
}

/** The rows of the previous snapshot, in its order: of two files by the same writer, most have the same bytes in the same order. */
class KnownRows {
  private readonly entries: readonly (readonly [id: string, entry: RowEntry])[];
  private position = 0;
  private indexes: ReadonlyMap<string, number> | undefined;

  constructor(private readonly previous: LedgerSnapshot | undefined) {
    this.entries = previous === undefined ? [] : [...previous.rows];
  }

  /** The next row, if its bytes are here. Equal bytes are the same row: nothing of it needs to be searched for or parsed. */
  next(bytes: Buffer, at: number): readonly [id: string, entry: RowEntry] | undefined {
    const [id, entry] = this.entries[this.position] ?? [];
    if (id === undefined || entry?.source === undefined) return undefined;
    const same = reuse(entry, bytes, at, at + entry.source.end - entry.source.start);
    if (same === undefined) return undefined;
    this.position++;
    return [id, same];
  }

  /** A row that was found by its id, wherever it is. The next one is the one after it. */
  find(id: string): RowEntry | undefined {
    const entry = this.previous?.rows.get(id);
    if (entry === undefined) return undefined;
    if (this.entries[this.position]?.[0] !== id) this.position = this.indexOf(id);
    this.position++;
    return entry;
  }

  private indexOf(id: string): number {
    this.indexes ??= new Map(this.entries.map(([id], index) => [id, index]));
    return this.indexes.get(id) ?? this.position;
  }
}

/** The row whose first line begins here. */
function decodeEntryAt(
  file: LedgerText,
  at: number,
  known: KnownRows,
): readonly [id: string, entry: RowEntry] | undefined {
  const lineEnd = file.indexOf("\n", at);
  const close = file.indexOf(rowEnd, at);
  const end = close + rowEnd.length;
  // `    "id": {`: the row is one object, closed by the next brace at its depth.
  if (close < 0 || !file.hasAt('    "', at) || !file.hasAt('": {\n', lineEnd - 4)) return undefined;
  const id = parseString(file.slice(at + 4, lineEnd - 3));
  if (id === undefined) return undefined;
  const entry = reuse(known.find(id), file.bytes, at, end) ?? decodeEntry(id, file, at, lineEnd, end);
  return entry && [id, entry];
}

function parseString(literal: string): string | undefined {
  // eslint-disable-next-line no-control-regex -- control characters are what JSON refuses
  if (/^"[^"\\\u0000-\u001f]*"$/.test(literal)) return literal.slice(1, -1);
  try {
    return stringValue(literal);
  } catch {
    return undefined; // The exact reader reports what is wrong.
  }
}

/** The same row in the new bytes; keeping the old source would keep the old file in memory. */
function reuse(entry: RowEntry | undefined, bytes: Buffer, start: number, end: number): RowEntry | undefined {
  if (entry?.source === undefined) return undefined;
  const { source } = entry;
  if (source.end - source.start !== end - start || end > bytes.length) return undefined;
  if (bytes.compare(source.bytes, source.start, source.end, start, end) !== 0) return undefined;
  return { row: entry.row, raw: entry.raw, source: { bytes, start, end, isRegular: source.isRegular } };
}

function decodeEntry(id: string, file: LedgerText, start: number, lineEnd: number, end: number): RowEntry | undefined {
  const { bytes } = file;
  const text = file.slice(lineEnd - 1, end);
  try {
    const row = regularRow(id, JSON.parse(text), text);
    if (row !== undefined) return { row, raw: undefined, source: { bytes, start, end, isRegular: true } };
    // Such a row may keep slices of its text, which must not be slices of the whole file.
    const own = bytes.toString("utf8", lineEnd - 1, end);
    const ownId = stringValue(bytes.toString("utf8", start + 4, lineEnd - 3));
    return { ...decodeRow(ownId, own, checkJson(own)), source: { bytes, start, end, isRegular: false } };
  } catch (error) {
    // Not a row by itself, so the file doesn't have ntm's layout.
    if (error instanceof SyntaxError || error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}
