// A ledger written by another process in the way of ntm, without code of the extension. Rows are kept as text, so that a save of
// 50,000 rows costs the writer little more than writing the bytes.
import * as fs from "node:fs";
import * as path from "node:path";
import { ledgerOf } from "../ledgers";

interface Content {
  readonly session_name: string;
  readonly assignments: Record<string, Record<string, unknown>>;
}

/** A change that the writer made to a row. */
export interface Touched {
  readonly beadId: string;
  readonly status: string;
  readonly retries: number;
}

export class ForeignLedger {
  private readonly rows: Record<string, unknown>[];
  private readonly texts: Buffer[];
  private generation = 7;
  private readonly folder: string;

  constructor(
    private readonly primary: string,
    rows: number,
  ) {
    this.folder = path.dirname(primary);
    const content = JSON.parse(ledgerOf(path.basename(this.folder), rows).toString()) as Content;
    this.rows = Object.values(content.assignments);
    this.texts = this.rows.map(textOf);
  }

  /** Changes a row back and forth between assigned and working; its retries count the changes. */
  touch(number: number): Touched {
    const index = number % this.rows.length;
    const row = this.rows[index]!;
    const status = row["status"] === "working" ? "assigned" : "working";
    const retries = Number(row["retry_count"] ?? 0) + 1;
    this.rows[index] = { ...row, status, retry_count: retries };
    this.texts[index] = textOf(this.rows[index]);
    return { beadId: String(row["bead_id"]), status, retries };
  }

  /** The state of every row. */
  get state(): readonly Touched[] {
    return this.rows.map((row) => ({
      beadId: String(row["bead_id"]),
      status: String(row["status"]),
      retries: Number(row["retry_count"] ?? 0),
    }));
  }

  /**
   * Two temporary files, then the backup, then the primary.
   * @param isDurable whether files and folder are synced, as ntm does
   */
  save(isDurable: boolean): void {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    const bytes = this.encode();
    const copies = [
      { temporary: path.join(this.folder, ".assignments-backup-1.tmp"), copy: `${this.primary}.bak` },
      { temporary: path.join(this.folder, ".assignments-1.tmp"), copy: this.primary },
    ];
    for (const { temporary } of copies) write(temporary, bytes, isDurable);
    for (const { temporary, copy } of copies) {
      fs.renameSync(temporary, copy);
      if (isDurable) sync(this.folder);
    }
  }

  private encode(): Buffer {
    this.generation++;
    const head = `{\n  "session_name": ${JSON.stringify(path.basename(this.folder))},\n  "assignments": {\n`;
    const tail = `\n  },\n  "persistence_generation": ${this.generation},\n  "updated_at": "${new Date().toISOString()}",\n  "version": 9\n}`;
    const parts = this.texts.flatMap((text, index) => (index === 0 ? [text] : [separator, text]));
    return Buffer.concat([Buffer.from(head), ...parts, Buffer.from(tail)]);
  }
}

const separator = Buffer.from(",\n");

function textOf(row: Record<string, unknown>): Buffer {
  const text = JSON.stringify({ [String(row["bead_id"])]: row }, undefined, 2);
  return Buffer.from(text.split("\n").slice(1, -1).join("\n  ").replace(/^/, "  "));
}

function write(file: string, bytes: Buffer, isDurable: boolean): void {
  const descriptor = fs.openSync(file, "w", 0o600);
  fs.writeFileSync(descriptor, bytes);
  if (isDurable) fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}

function sync(folder: string): void {
  const descriptor = fs.openSync(folder, "r");
  fs.fsyncSync(descriptor);
  fs.closeSync(descriptor);
}
