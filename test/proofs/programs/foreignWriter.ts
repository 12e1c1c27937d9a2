// node foreignWriter.js PRIMARY BEAD CHANGES: changes a ledger as ntm does, without any code of the package: takes the
// same flock, reads both copies strictly, and publishes the next generation. A ledger of schema 1 it upgrades first.
import * as fs from "node:fs";
import { waitForParent } from "../../support/waitForParent";
import { lockAsForeigner } from "../../support/foreignLock";
import { saveAsNtm, type LedgerContent } from "../../support/foreignSave";
import { loadAsNtm } from "../../support/ntmLoader";
import { sharedBeads, type DoneChange } from "../sharedRows";

async function main([primary = "", own = "", changes = ""]: readonly string[]): Promise<void> {
  const done: DoneChange[] = [];
  await waitForParent("ready");
  // Together with the others, not before them.
  while (!fs.readFileSync(primary, "utf8").includes("retry_count")) await pause();
  while (done.length < Number(changes)) {
    const bead = done.length % 2 === 0 ? own : sharedBeads[(done.length >> 1) % sharedBeads.length]!;
    const release = lockAsForeigner(`${primary}.lock`);
    try {
      const content = loadAsNtm(primary)!;
      const status = advance(content, bead);
      const generation = (content.persistence_generation ?? 0) + 1;
      saveAsNtm(primary, { ...content, persistence_generation: generation, version: 9 });
      done.push({ generation, bead, status });
    } finally {
      release();
    }
    // Other processes poll for the lock: without a pause this one would take it again at once.
    await pause();
  }
  fs.writeFileSync(1, JSON.stringify(done));
}

async function pause(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
}

const next: Readonly<Record<string, string>> = { assigned: "working", working: "failed", failed: "assigned" };

function advance({ assignments }: LedgerContent, bead: string): string {
  const row = assignments[bead]!;
  const status = next[String(row["status"])]!;
  row["status"] = status;
  if (status === "assigned") row["retry_count"] = Number(row["retry_count"] ?? 0) + 1;
  return status;
}

void main(process.argv.slice(2));
