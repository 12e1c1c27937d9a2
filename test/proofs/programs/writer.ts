// node writer.js STORAGE BEAD CHANGES: makes that many changes of its own row, of rows that all writers share, and of
// rows that come and go, and prints what the store said was done.
import * as fs from "node:fs";
import { InvalidTransitionError, loadStore, type AssignmentStore } from "../../../src/assignment";
import { waitForParent } from "../../support/waitForParent";
import { session, sharedBeads, type DoneChange } from "../sharedRows";

async function main([storageDir = "", own = "", changes = ""]: readonly string[]): Promise<void> {
  const store = await loadStore(session, { storageDir, lockTimeoutMs: 60_000 });
  const done: DoneChange[] = [];
  await waitForParent("ready");
  for (let number = 0; done.length < Number(changes); number++) {
    const bead =
      number % 3 === 2 ? sharedBeads[number % sharedBeads.length]! : number % 10 > 7 ? `${own}-passing` : own;
    try {
      const status = await advance(store, bead);
      done.push({ generation: store.generation, bead, ...(status !== undefined && { status }) });
    } catch (error) {
      // Another writer was quicker.
      if (!sharedBeads.includes(bead) || !(error instanceof InvalidTransitionError)) throw error;
    }
  }
  fs.writeFileSync(1, JSON.stringify(done));
}

/** @returns the row's status after the change; `undefined` when it was removed */
async function advance(store: AssignmentStore, bead: string): Promise<string | undefined> {
  const status = store.get(bead)?.status;
  if (bead.endsWith("-passing")) {
    if (status === undefined) return (await store.assign(bead, "Comes and goes", 1, "codex", "", "", "%1")).status;
    await store.remove(bead);
    return undefined;
  }
  if (status === "assigned") return (await store.markWorking(bead)).status;
  return (await (status === "working" ? store.markFailed(bead, "to be tried again") : store.retry(bead))).status;
}

void main(process.argv.slice(2));
