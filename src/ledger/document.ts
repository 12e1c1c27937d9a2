// Decodes a ledger in any layout exactly as Go does; slower than `layout.ts`.
import { checkJson, kindOf, members, stringValue, type JsonSpan } from "./json";
import { decodeRow, encodeRow, FieldError, fold, mismatch } from "./row";
import type { LedgerSnapshot, RowEntry } from "./snapshot";
import { describeBadTimestamp, isTimestamp, zeroTimestamp } from "./timestamp";

/** A decoded ledger, before the checks that ntm applies after decoding. */
export interface Document {
  readonly snapshot: LedgerSnapshot;
  readonly nullRows: readonly string[];
  /** How many members named `assignments` there were, nulls included. */
  readonly rowObjects: number;
}

const largestGeneration = 2n ** 64n - 1n;

/** Decodes any JSON as Go does: keys fold, later duplicates win, two `assignments` objects merge. */
export function decodeDocument(text: string, previous: LedgerSnapshot | undefined): Document {
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
