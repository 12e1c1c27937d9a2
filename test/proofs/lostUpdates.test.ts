// Many processes, some of them writing as ntm does, change one ledger at once. Every change that was reported as done is on disk.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { emptyLedger, row } from "../support/foreignSave";
import { loadAsNtm } from "../support/ntmLoader";
import { Program } from "../support/program";
import { TemporaryStorage } from "../support/storage";
import { session, sharedBeads, type DoneChange } from "./sharedRows";

interface Crowd {
  readonly schema: 1 | 9;
  readonly writers: number;
  /** Of each writer. */
  readonly changes: number;
  readonly foreignChanges: number;
}

describe("many processes that change one ledger at once", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  it("lose no update: 8 writers, 200 changes each, and ntm", async () => {
    const done = await work(storage, { schema: 9, writers: 8, changes: 200, foreignChanges: 200 });
    assert.equal(done.length, 1800);
    assertGapless(done, 1);
    assertNothingLost(storage, done);
  });

  it("lose no update at schema 1", async () => {
    const done = await work(storage, { schema: 1, writers: 4, changes: 50, foreignChanges: 0 });
    assert.equal(done.length, 200);
    assertNothingLost(storage, done);
  });

  it("lose no update while ntm upgrades the ledger", async () => {
    const done = await work(storage, { schema: 1, writers: 4, changes: 50, foreignChanges: 20 });
    assert.equal(done.length, 220);
    assert.ok(
      done.some(({ generation }) => generation === 0),
      "the upgrade came before any change",
    );
    assertGapless(done, 0);
    assertNothingLost(storage, done);
  });
});

/** @returns every change that was reported as done to any process */
async function work(storage: TemporaryStorage, crowd: Crowd): Promise<readonly DoneChange[]> {
  const own = Array.from({ length: crowd.writers }, (_, number) => `own-${number}`);
  const ledger = emptyLedger(session, crowd.schema);
  const foreign = crowd.foreignChanges > 0 ? ["foreign"] : [];
  for (const bead of [...own, ...sharedBeads, ...foreign]) {
    ledger.assignments[bead] = row(bead, { occupancy_key: "%1", dispatch_target: "%1" });
  }
  const text = JSON.stringify(ledger, undefined, 2);
  storage.put(session, text, text);

  const reader = new Program("reader", [storage.path]);
  const programs = own.map((bead) => new Program("writer", [storage.path, bead, String(crowd.changes)]));
  for (const bead of foreign) {
    programs.push(new Program("foreignWriter", [storage.primary(session), bead, String(crowd.foreignChanges)]));
  }
  for (const program of [reader, ...programs]) await program.firstLine();
  for (const { process } of programs) process.stdin.end();
  const done = await Promise.all(programs.map((program) => program.result<DoneChange[]>()));
  reader.process.stdin.end();
  assert.ok((await reader.result<number>()) > 0, "the reader read nothing");
  return done.flat();
}

/** Every save is the next generation, and was reported to its process. */
function assertGapless(done: readonly DoneChange[], before: number): void {
  const generations = done.map(({ generation }) => generation).filter((generation) => generation > 0);
  const expected = Array.from(generations, (_, number) => before + 1 + number);
  assert.deepEqual(generations.sort(ascending), expected, "two saves of one generation, or one of none");
}

/** The ledger is the result of all changes, and there are no other files. */
function assertNothingLost(storage: TemporaryStorage, done: readonly DoneChange[]): void {
  const primary = storage.primary(session);
  assert.deepEqual(fs.readFileSync(storage.backup(session)), fs.readFileSync(primary), "the copies differ");
  assert.deepEqual(Object.keys(storage.files(session)), ["assignments.json", "assignments.json.bak"]);
  const { assignments, persistence_generation: generation = 0 } = loadAsNtm(primary)!;
  assert.equal(generation, Math.max(...done.map((change) => change.generation)));
  for (const bead of new Set([...Object.keys(assignments), ...done.map((change) => change.bead)])) {
    const changes = done.filter((change) => change.bead === bead).sort((a, b) => a.generation - b.generation);
    const row = assignments[bead];
    // Below schema 9 the order of changes by different processes isn't known.
    const isOrdered = !sharedBeads.includes(bead) || changes.every((change) => change.generation > 0);
    if (isOrdered) assert.equal(row?.["status"], changes.at(-1)?.status, `the last change of ${bead}`);
    if (row === undefined || bead.endsWith("-passing")) continue;
    const count = (status: string): number => changes.filter((change) => change.status === status).length;
    assert.equal(row["retry_count"] ?? 0, count("assigned"), `retries of ${bead}`);
    assert.equal(count("failed") - count("assigned"), row["status"] === "failed" ? 1 : 0, `failures of ${bead}`);
  }
}

function ascending(a: number, b: number): number {
  return a - b;
}
