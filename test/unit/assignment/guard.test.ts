// Which steps a hand may take on which rows: every stage of ntm's own atomic rows, and plain rows with and without a pane.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import {
  AssignmentHeldError,
  holdOf,
  isTransitionValid,
  loadStore,
  rowHold,
  type Assignment,
  type Transition,
} from "../../../src/assignment";
import { TemporaryStorage } from "../../support/storage";

const steps: readonly Transition[] = [
  "markWorking",
  "markCompleted",
  "markFailed",
  "retry",
  "reassign",
  "remove",
  "assign",
];

describe("Guard", () => {
  let storage: TemporaryStorage;
  beforeEach(() => {
    storage = new TemporaryStorage();
    storage.putFixture("atomic", "schema9/atomic");
  });
  afterEach(() => {
    storage.remove();
  });

  /** For each of ntm's stages: what ntm is doing with the row, and the steps that are not held for all that. */
  const stages: Record<string, [hold: string | undefined, free: Transition[]]> = {
    "at-intent": ["in-flight claim", []],
    "at-claiming": ["in-flight claim", []],
    "at-claim-unknown": ["in-flight claim", []],
    "at-claim-conflict": [undefined, ["markWorking", "markCompleted", "markFailed", "remove"]],
    "at-claimed": ["in-flight reserve", []],
    "at-reserving": ["in-flight reserve", []],
    "at-reservation-failed": ["in-flight reserve", []],
    "at-reserved": ["in-flight dispatch", []],
    "at-sending": ["in-flight dispatch", []],
    "at-dispatch-failed": ["in-flight dispatch", []],
    "at-sent": ["leased", ["markWorking"]],
    "at-working": ["leased", ["markWorking"]],
    "at-unreserved": [undefined, ["markWorking", "markCompleted", "markFailed"]],
    "at-clear-barrier": ["clearing", []],
    "at-terminal-barrier": ["clearing", []],
    "at-completed-plain": ["leased", ["markWorking"]],
    "at-completed": ["outbox", []],
    "at-failed": ["outbox", []],
  };

  it("every stage has its hold and its free steps", async () => {
    const store = await loadStore("atomic", { storageDir: storage.path });
    const found = store.list().map((row) => {
      const hold = rowHold(row);
      const name = hold?.code === "in-flight" ? `${hold.code} ${hold.stage}` : hold?.code;
      return [row.bead_id, [name, steps.filter((step) => holdOf(row, step, 9, "%1") === undefined)]];
    });
    assert.deepEqual(Object.fromEntries(found), stages);
  });

  it("the outcome of a dispatch may be recorded for a row that is sending its prompt, and for no other", async () => {
    const store = await loadStore("atomic", { storageDir: storage.path });
    const resolvable = store.list().filter((row) => {
      return isTransitionValid(row.status, "resolveDispatch", 9) && holdOf(row, "resolveDispatch", 9) === undefined;
    });
    assert.deepEqual(
      resolvable.map((row) => row.bead_id),
      ["at-sending"],
    );
  });

  it("a hold carries the facts that a sentence about it needs", async () => {
    const store = await loadStore("atomic", { storageDir: storage.path });
    const holdFor = (id: string): unknown => rowHold(store.get(id) ?? assert.fail(id));
    assert.deepEqual(holdFor("at-sent"), { code: "leased", files: 1, until: "2026-02-20T06:31:05.0000001Z" });
    assert.deepEqual(holdFor("at-sending"), {
      code: "in-flight",
      stage: "dispatch",
      since: "2026-02-09T16:04:19.203193667Z",
      attempts: 1,
    });
    assert.deepEqual(holdFor("at-dispatch-failed"), {
      code: "in-flight",
      stage: "dispatch",
      isWaiting: true,
      since: "2026-02-22T06:08:16Z",
      attempts: 1,
      error: "tmux: no such pane",
    });
    assert.deepEqual(holdFor("at-claim-unknown"), {
      code: "in-flight",
      stage: "claim",
      since: "2026-02-21T18:24:01.181Z",
      attempts: 1,
      error: "br timed out",
    });
  });

  it("what is held is refused by the store, and the file stays", async () => {
    const store = await loadStore("atomic", { storageDir: storage.path });
    const before = storage.files("atomic");
    for (const row of store.list()) {
      const { bead_id: id } = row;
      const calls: Record<Transition, () => Promise<unknown>> = {
        markWorking: () => store.markWorking(id),
        markCompleted: () => store.markCompleted(id),
        markFailed: () => store.markFailed(id, "r"),
        retry: () => store.retry(id),
        reassign: () => store.reassign(id, 1, "codex", "", "%1"),
        resolveDispatch: () => store.resolveDispatch(id, "lost"),
        remove: () => store.remove(id),
        assign: () => store.assign(id, "", 1, "codex", "", "", "%1"),
      };
      for (const step of steps) {
        if (holdOf(row, step, 9, "%1") !== undefined)
          await assert.rejects(calls[step], AssignmentHeldError, `${id} ${step}`);
      }
    }
    assert.deepEqual(storage.files("atomic"), before);
  });

  it("an atomic row goes by its own lock, and removing it counts as a clear", async () => {
    const store = await loadStore("atomic", { storageDir: storage.path });
    await store.remove("at-claim-conflict");
    await store.markCompleted("at-unreserved");
    await store.remove("at-unreserved");
    const locks = fs.readdirSync(`${storage.path}/atomic`).filter((name) => name.includes(".atomic-bead-"));
    assert.equal(locks.length, 2);
    const written = JSON.parse(fs.readFileSync(storage.primary("atomic"), "utf8")) as Record<string, unknown>;
    assert.deepEqual(written["cleared_generations"], { "at-claim-conflict": 1, "at-unreserved": 1 });
    assert.equal(written["persistence_generation"], 114);
  });

  it("no step leaves an active row without a pane in a schema 9 ledger", async () => {
    const unplaced: Assignment = {
      bead_id: "b",
      bead_title: "",
      pane: 1,
      agent_type: "codex",
      status: "failed",
      assigned_at: "2026-01-01T00:00:00Z",
    };
    const working: Assignment = { ...unplaced, status: "working" };
    assert.equal(holdOf(unplaced, "retry", 9)?.code, "unplaced");
    assert.equal(holdOf({ ...unplaced, occupancy_key: "%3" }, "retry", 9), undefined);
    assert.equal(holdOf({ ...unplaced, occupancy_key: "3", dispatch_target: "%3" }, "retry", 9)?.code, "unplaced");
    assert.equal(holdOf(unplaced, "retry", 1), undefined);
    assert.equal(holdOf(working, "reassign", 9)?.code, "unplaced");
    assert.equal(holdOf(working, "reassign", 9, "%1"), undefined);
    assert.equal(holdOf(working, "markCompleted", 9), undefined);

    storage.putFixture("plain", "schema9/plain");
    const store = await loadStore("plain", { storageDir: storage.path });
    await assert.rejects(store.retry("10"), AssignmentHeldError);
    await assert.rejects(store.assign("new", "", 1, "codex", "", ""), AssignmentHeldError);
    await assert.rejects(store.reassign("B", 1, "codex", ""), AssignmentHeldError);
    const row = await store.assign("new", "", 1, "codex", "", "", "%7");
    assert.deepEqual([row.occupancy_key, row.dispatch_target], ["%7", "%7"]);
  });
});
