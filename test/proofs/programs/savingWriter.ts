// node savingWriter.js STORAGE: changes one row as fast as it can, until it is killed. Each line tells how many changes
// the row has seen, and is printed once the store said that the change was done.
import * as fs from "node:fs";
import { loadStore, type Assignment, type AssignmentStore } from "../../../src/assignment";
import { session } from "../scenarios";
import { changesOf } from "../changesOf";

async function main([storageDir = ""]: readonly string[]): Promise<void> {
  const store = await loadStore(session, { storageDir });
  await store.save(); // The first change loads modules, which takes longer than a save; a kill during that time would hit no save.
  const report = (row: Assignment): void => {
    fs.writeSync(1, `${changesOf(row)}\n`);
  };
  for (let row = store.get("a")!; ; row = await next(store, row)) report(row);
}

async function next(store: AssignmentStore, { status }: Assignment): Promise<Assignment> {
  if (status === "assigned") return store.markWorking("a");
  return status === "working" ? store.markFailed("a", "again") : store.retry("a");
}

void main(process.argv.slice(2));
