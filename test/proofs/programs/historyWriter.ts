// node historyWriter.js FOLDER WINDOW: adds events to a journal as fast as it can, until it is killed. Each line tells how
// many are on disk, and is printed once the journal said so.
import * as fs from "node:fs";
import { Journal } from "../../../src/history/journal";
import { eventTimeOf } from "../../../src/history/eventTime";

async function main([folder = "", beadId = ""]: readonly string[]): Promise<void> {
  const journal = new Journal(folder, { storageDir: "/sessions", sessionName: "atlas" });
  await journal.open();
  const common = { kind: "working", beadId, generation: "g", pane: "%1", paneIndex: 1, agentType: "cc" } as const;
  const before = journal.history.ofBead(beadId).length;
  const start = Date.now() - 3_600_000;
  for (let count = before; ; count += 10) {
    journal.add(Array.from({ length: 10 }, (_, at) => ({ ...common, at: eventTimeOf(start + count + at) })));
    await journal.flush();
    fs.writeSync(1, `${count + 10}\n`);
  }
}

void main(process.argv.slice(2));
