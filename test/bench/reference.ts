// The reference of the ratios in the table: the plain way to do the same, without any safety.
import * as fs from "node:fs";
import * as path from "node:path";

interface PlainLedger {
  readonly assignments: Record<string, Record<string, unknown>>;
}

/** Reads one copy and parses it. */
export function plainLoad(file: string): unknown {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}

/** Reads, parses, changes a row, and writes two copies with fsync and rename. */
export function plainTransition(file: string, beadId: string): void {
  const ledger = plainLoad(file) as PlainLedger;
  const row = ledger.assignments[beadId];
  if (row) row["status"] = row["status"] === "failed" ? "assigned" : "failed";
  plainSave(file, ledger);
}

export function plainSave(file: string, ledger: unknown): void {
  const text = JSON.stringify(ledger, null, 2);
  for (const copy of [`${file}.bak`, file]) {
    const temporary = `${copy}.tmp`;
    const descriptor = fs.openSync(temporary, "w", 0o600);
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
    fs.closeSync(descriptor);
    fs.renameSync(temporary, copy);
    const folder = fs.openSync(path.dirname(copy), "r");
    fs.fsyncSync(folder);
    fs.closeSync(folder);
  }
}
