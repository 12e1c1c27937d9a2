// A disk that is really full, at every step of a save, and writes that take only a part of what they were given.
import * as assert from "node:assert/strict";
import fs from "node:fs";
import { loadStore, PersistenceError } from "../../src/assignment";
import { interceptFiles } from "../support/fileOperations";
import { emptyLedger, row } from "../support/foreignSave";
import { loadAsNtm } from "../support/ntmLoader";
import { SmallDisk, whyNoSmallDisk } from "../support/smallDisk";
import { TemporaryStorage } from "../support/storage";
import { saves, place, session, statusesOf } from "./scenarios";

const obstacle = whyNoSmallDisk();
const page = 4096;

describe("a disk without space", () => {
  const define = obstacle === undefined ? it : it.skip;
  for (const schema of [1, 9] as const) {
    define(
      `stops a save at schema ${schema} whole${obstacle === undefined ? "" : ` (skipped: ${obstacle})`}`,
      async () => {
        const disk = new SmallDisk(100 * page);
        try {
          const outcomes = new Set<string>();
          for (let free = 0; free <= 30 * page; free += page) outcomes.add(await saveOnFullDisk(disk, schema, free));
          assert.deepEqual([...outcomes], ["rejected", "fulfilled"]);
        } finally {
          disk.remove();
        }
      },
    );
  }
});

/** The ledger takes ten pages. */
async function saveOnFullDisk(disk: SmallDisk, schema: 1 | 9, free: number): Promise<string> {
  const storage = new TemporaryStorage(disk.path);
  const content = emptyLedger(session, schema);
  content.assignments["a"] = row("a", { bead_title: "x".repeat(10 * page - 400), occupancy_key: "%1" });
  const text = JSON.stringify(content, undefined, 2);
  storage.put(session, text, text);
  const store = await loadStore(session, { storageDir: storage.path });
  await store.save(); // Makes the lock file.
  const before = storage.files(session);
  disk.fill(free);
  let outcome = "fulfilled";
  try {
    await store.markWorking("a");
    assert.equal(statusesOf(loadAsNtm(storage.primary(session)))["a"], "working", `${free} bytes free`);
  } catch (error) {
    if (!(error instanceof PersistenceError)) throw error;
    outcome = "rejected";
    assert.deepEqual(storage.files(session), before, `${free} bytes free: ${error.message}`);
  }
  disk.relieve();
  await store.markFailed("a", "there is space again");
  assert.deepEqual(Object.keys(storage.files(session)), ["assignments.json", "assignments.json.bak"]);
  assert.equal(statusesOf(loadAsNtm(storage.primary(session)))["a"], "failed");
  storage.remove();
  return outcome;
}

describe("a write that takes only a part", () => {
  for (const scenario of saves) {
    it(`is carried on in ${scenario.title}`, async () => {
      const storage = new TemporaryStorage();
      let shortWrites = 0;
      const writeSync = fs.writeSync.bind(fs) as (...args: readonly unknown[]) => number;
      const restore = interceptFiles(({ name, args }, perform) => {
        const [descriptor, bytes, at = 0, length = 0] = args as [number, Uint8Array, number?, number?];
        if (name !== "writeSync" || length < 2) return perform();
        shortWrites++;
        return writeSync(descriptor, bytes, at, length >> 1);
      });
      try {
        place(storage, scenario);
        await scenario.act(await loadStore(session, { storageDir: storage.path }));
      } finally {
        restore();
      }
      assert.ok(shortWrites > 5, "no write was short");
      assert.deepEqual(statusesOf(loadAsNtm(storage.primary(session))), scenario.after);
      const { health } = await loadStore(session, { storageDir: storage.path });
      assert.deepEqual(health, { kind: "ok" });
      storage.remove();
    });
  }
});
