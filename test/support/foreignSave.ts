// Saves a ledger the way other programs do, without any code of ours.
import * as fs from "node:fs";
import * as path from "node:path";

/** As much of a ledger as tests look into. */
export interface LedgerContent {
  session_name: string;
  assignments: Record<string, Record<string, unknown>>;
  persistence_generation?: number;
  updated_at: string;
  version: number;
}

/** Today's ntm: both copies by temporary file and rename, the backup first. */
export function saveAsNtm(primary: string, content: LedgerContent): void {
  const text = JSON.stringify(content, undefined, 2);
  for (const [copy, name] of [
    [`${primary}.bak`, ".assignments-backup-1.tmp"],
    [primary, ".assignments-1.tmp"],
  ] as const) {
    const temporary = path.join(path.dirname(primary), name);
    fs.writeFileSync(temporary, text);
    fs.renameSync(temporary, copy);
  }
}

/** The release of February 2026: the last save becomes the backup, so that for an instant there is no primary. */
export function saveAsOldNtm(primary: string, content: LedgerContent): void {
  fs.writeFileSync(`${primary}.tmp`, JSON.stringify(content, undefined, 2));
  if (fs.existsSync(primary)) fs.renameSync(primary, `${primary}.bak`);
  fs.renameSync(`${primary}.tmp`, primary);
}

/** Another process's change: reads the ledger, edits it, and saves it as the next generation. */
export function changeAsNtm(primary: string, edit: (content: LedgerContent) => void): void {
  const content = JSON.parse(fs.readFileSync(primary, "utf8")) as LedgerContent;
  edit(content);
  if (content.persistence_generation !== undefined) content.persistence_generation++;
  saveAsNtm(primary, content);
}

export function emptyLedger(sessionName: string, schema: 1 | 9 = 9): LedgerContent {
  // Without a prototype, for a bead may be called `__proto__`.
  const assignments = Object.create(null) as LedgerContent["assignments"];
  const content = { session_name: sessionName, assignments, updated_at: "2026-11-22T10:00:00Z", version: schema };
  return schema === 9 ? { ...content, persistence_generation: 1 } : content;
}

/** A plain row with what every row must have. */
export function row(beadId: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    bead_id: beadId,
    bead_title: `Title of ${beadId}`,
    pane: 1,
    agent_type: "claude",
    status: "assigned",
    assigned_at: "2026-11-22T10:00:00Z",
    ...fields,
  };
}
