// node reader.js STORAGE: reads a ledger over and over, with a new store and with one that follows it, until its input
// ends, and prints how often. Every read must find a whole ledger, none older than the one before.
import * as fs from "node:fs";
import { loadStore, newStore, type AssignmentStore } from "../../../src/assignment";
import { session, sharedBeads } from "../sharedRows";

async function main([storageDir = ""]: readonly string[]): Promise<void> {
  process.stdin.resume();
  const follower = newStore(session, { storageDir });
  let [reads, generation] = [0, 0];
  fs.writeSync(1, "reading\n");
  while (!process.stdin.readableEnded) {
    for (const store of [await loadStore(session, { storageDir }), follower]) {
      await store.load();
      check(store);
      if (store.generation < generation) throw new Error(`generation ${store.generation} after ${generation}`);
      generation = store.generation;
      reads++;
    }
    const { version } = JSON.parse(fs.readFileSync(follower.path, "utf8")) as { version: number };
    if (version !== 1 && version !== 9) throw new Error(`schema ${version}`);
    // Lets the end of the input come through.
    await new Promise((resolve) => setImmediate(resolve));
  }
  fs.writeFileSync(1, JSON.stringify(reads));
}

function check(store: AssignmentStore): void {
  if (store.health.kind !== "ok") throw new Error(JSON.stringify(store.health));
  for (const bead of sharedBeads) if (store.get(bead) === undefined) throw new Error(`${bead} is gone`);
}

void main(process.argv.slice(2));
