// Two stores on one ledger: what the second one changes is kept, and the first one's stale change is refused.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import {
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidTransitionError,
  loadStore,
  PersistenceError,
  ProblemChangedError,
  type AssignmentStore,
} from "../../../src/assignment";
import { TemporaryStorage } from "../../support/storage";

describe("a store whose view is stale", () => {
  let storage: TemporaryStorage;
  let stale: AssignmentStore;
  let other: AssignmentStore;

  beforeEach(async () => {
    storage = new TemporaryStorage();
    storage.putFixture("plain", "schema9/plain");
    stale = await loadStore("plain", { storageDir: storage.path });
    other = await loadStore("plain", { storageDir: storage.path });
  });
  afterEach(() => {
    storage.remove();
  });

  async function expectConflict(change: Promise<unknown>, operation: string, beadId: string): Promise<void> {
    const before = storage.files("plain");
    await assert.rejects(change, (error) => {
      assert.ok(error instanceof ConcurrentMutationError, String(error));
      const message = `[ASSIGN] Concurrent ${operation} conflict for ${beadId}; reload assignment state`;
      assert.deepEqual([error.operation, error.message], [operation, message]);
      return true;
    });
    assert.deepEqual(storage.files("plain"), before, "the newer row must survive");
    assert.deepEqual(stale.get(beadId), other.get(beadId), "the newer row must be shown");
  }

  it("keeps both changes when they are of different beads", async () => {
    await other.markCompleted("B");
    await stale.markWorking("007");
    const { B, "007": seven } = Object.fromEntries((await reread()).map((row) => [row.bead_id, row.status]));
    assert.deepEqual([B, seven], ["completed", "working"]);
  });

  it("can't remove, reassign or replace a row that changed in any way", async () => {
    await other.markFailed("B", "gave up");
    await expectConflict(stale.remove("B"), "remove", "B");
    await other.markFailed("toString", "gave up");
    await expectConflict(stale.reassign("toString", 1, "codex", "", "%1"), "replace", "toString");
    await other.markFailed("b.1", "gave up");
    await expectConflict(stale.assign("b.1", "t", 1, "codex", "", "", "%1"), "replace", "b.1");
  });

  it("can't create a row that another process created first", async () => {
    await other.assign("new", "theirs", 1, "codex", "", "", "%1");
    await expectConflict(stale.assign("new", "ours", 2, "claude", "", "", "%2"), "create", "new");
  });

  it("can't bring a removed row back by changing it", async () => {
    await other.remove("B");
    await expectConflict(stale.markCompleted("B"), "update removed assignment", "B");
    await assert.rejects(stale.markCompleted("B"), AssignmentNotFoundError);
  });

  it("removes rows that are gone already without an error", async () => {
    await other.remove("B");
    const before = storage.files("plain");
    await stale.remove("B");
    assert.deepEqual(storage.files("plain"), before);
  });

  it("can't change the next assignment of a bead, which has another time", async () => {
    await other.assign("B", "again", 1, "codex", "", "", "%1");
    await expectConflict(stale.markFailed("B", "r"), "update superseded generation", "B");
  });

  it("follows the status on disk within one assignment", async () => {
    await other.markCompleted("B");
    await assert.rejects(stale.markFailed("B", "r"), InvalidTransitionError);
    assert.equal(stale.get("B")?.status, "completed");
    await other.markWorking("007");
    await stale.markCompleted("007");
    assert.equal((await reread()).find((row) => row.bead_id === "007")?.status, "completed");
  });

  it("repairs nothing when the problem isn't the one that was confirmed", async () => {
    const good = fs.readFileSync(storage.primary("plain"));
    fs.writeFileSync(storage.primary("plain"), "{");
    await stale.load();
    const confirmed = stale.health;
    assert.equal(confirmed.kind !== "ok" && confirmed.problem.remedy, "promote-backup");
    fs.writeFileSync(storage.primary("plain"), good);
    fs.writeFileSync(storage.backup("plain"), "{");
    const before = storage.files("plain");
    await assert.rejects(
      stale.repair(confirmed),
      (error) => error instanceof PersistenceError && error.cause instanceof ProblemChangedError,
    );
    assert.deepEqual(storage.files("plain"), before);
    await stale.repair(stale.health);
    assert.equal(stale.health.kind, "ok");
  });

  it("clears nothing when one of the rows changed", async () => {
    await other.markCompleted("B");
    const before = storage.files("plain");
    await assert.rejects(stale.clear(), ConcurrentMutationError);
    assert.deepEqual(storage.files("plain"), before);
    await assert.doesNotReject(stale.clear(), "by now it has seen the change");
  });

  async function reread(): Promise<readonly { bead_id: string; status: string }[]> {
    return (await loadStore("plain", { storageDir: storage.path })).list();
  }
});
