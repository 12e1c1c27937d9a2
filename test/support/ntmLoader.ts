// What ntm's own loaders would say of a ledger: their rules again, shorter, sharing no line with the package.
import * as fs from "node:fs";
import * as path from "node:path";
import type { LedgerContent } from "./foreignSave";

interface Copy {
  readonly bytes: Buffer;
  readonly content: LedgerContent;
}

/** Today's strict load, without its promotion of the backup. @throws {Error} in ntm's words */
export function loadAsNtm(primary: string): LedgerContent | undefined {
  const session = path.basename(path.dirname(primary));
  const first = readCopy(primary, session, "primary");
  const second = readCopy(`${primary}.bak`, session, "backup");
  if (first === undefined) {
    const generation = generationOf(second);
    if (second !== undefined && generation !== 1) throw new Error(`primary is missing, backup is at ${generation}`);
    return second?.content;
  }
  const ahead = generationOf(second) - generationOf(first);
  if (second === undefined || ahead < 0) return first.content;
  if (ahead === 1) return second.content;
  if (ahead > 1) throw new Error(`backup is ${ahead} generations ahead`);
  if (!first.bytes.equals(second.bytes)) throw new Error(`copies diverge at generation ${generationOf(first)}`);
  return first.content;
}

/** The load of February 2026: the primary, or the backup where there is no primary. @throws {SyntaxError} */
export function loadAsOldNtm(primary: string): LedgerContent | undefined {
  const file = [primary, `${primary}.bak`].find((candidate) => fs.existsSync(candidate));
  return file === undefined ? undefined : (JSON.parse(fs.readFileSync(file, "utf8")) as LedgerContent);
}

function readCopy(file: string, session: string, which: string): Copy | undefined {
  if (!fs.existsSync(file)) return undefined;
  const bytes = fs.readFileSync(file);
  const content = JSON.parse(bytes.toString("utf8")) as LedgerContent;
  const { version, persistence_generation: generation = 0 } = content;
  if (content.session_name !== session) throw new Error(`invalid ${which}: session ${content.session_name}`);
  if (version > 9) throw new Error(`invalid ${which}: schema ${version}`);
  if ((version === 9) !== generation > 0)
    throw new Error(`invalid ${which}: schema ${version}, generation ${generation}`);
  for (const [id, row] of Object.entries(content.assignments)) checkRow(`invalid ${which}: ${id}`, row);
  return { bytes, content };
}

function generationOf(copy: Copy | undefined): number {
  return copy === undefined ? -1 : (copy.content.persistence_generation ?? 0);
}

function checkRow(place: string, row: Record<string, unknown> | null): void {
  if (row === null) throw new Error(`${place} is null`);
  const event = row["pending_completion_event_id"] !== undefined;
  if (event !== (row["completion_detected_at"] !== undefined)) throw new Error(`${place}: half an event`);
  if (event && !["completed", "failed"].includes(String(row["status"]))) throw new Error(`${place}: early event`);
}
