// Bytes ⇄ snapshot, in Go's JSON, byte for byte. Unchanged rows keep their identity and their bytes.
import { decodeDocument, type Document } from "./document";
import type { LedgerProblem, ProblemCode } from "./health";
import { decodeUtf8, JsonSyntaxError } from "./json";
import { decodeRegular } from "./regularLayout";
import { checkOutbox, encodeRow, encodeString, FieldError, RowError } from "./row";
import { newestSchema, type LedgerSnapshot, type RowEntry } from "./snapshot";
import { compareUtf8 } from "./utf8";

/** A decoded copy. With a fault it must not be written; with both fault and snapshot it can still be shown. */
export interface Decoded {
  readonly snapshot?: LedgerSnapshot;
  readonly fault?: Pick<LedgerProblem, "code" | "message" | "size">;
}

/**
 * Decodes one copy as today's ntm does (`docs/ledger.md`, "Text" and "Rules for rows"). Never throws.
 * @param previous rows with the same bytes are taken from here and keep their identity
 */
export function decodeLedger(bytes: Buffer, sessionName: string, previous?: LedgerSnapshot): Decoded {
  try {
    return check(decodeRegular(bytes, previous) ?? decodeDocument(decodeUtf8(bytes), previous), sessionName);
  } catch (error) {
    if (error instanceof JsonSyntaxError) {
      return { fault: { code: isForeignEncoding(bytes) ? "encoding" : "malformed", message: error.message } };
    }
    if (error instanceof FieldError) return { fault: { code: "invalid-field", message: error.message } };
    throw error;
  }
}

/** Whether the text has a byte order mark or is in UTF-16, by its first bytes: JSON starts with an ASCII character. */
function isForeignEncoding(bytes: Buffer): boolean {
  const [first = 0x20, second = 0x20, third = 0x20] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return true;
  const isMarked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return isMarked || (first === 0) !== (second === 0);
}

/** Encodes a snapshot as ntm does. The rows of the result refer to the new bytes. */
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
