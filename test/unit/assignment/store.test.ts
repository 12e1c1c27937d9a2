// What a store returns and fires: lists, counters, events, and what it doesn't touch.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  AssignmentNotFoundError,
  InvalidSessionNameError,
  InvalidTransitionError,
  loadStore,
  newStore,
  paneIdentity,
  storageDir,
  validTransitions,
  type AssignmentStore,
  type Change,
} from "../../../src/assignment";
import { ledgerFixtures } from "../../support/project";
import { TemporaryStorage } from "../../support/storage";

describe("Store", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  async function load(session: string, fixture: string): Promise<AssignmentStore> {
    storage.putFixture(session, fixture);
    return loadStore(session, { storageDir: storage.path });
  }

  for (const fixture of ["schema1/plain", "schema9/plain", "schema9/atomic"]) {
    it(`counts ${fixture} as ntm does`, async () => {
      const store = await load(path.basename(fixture), fixture);
      const file = path.join(ledgerFixtures, fixture, "stats.json");
      const expected = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, number>;
      const stats = store.stats();
      for (const [name, count] of Object.entries(expected))
        assert.equal(stats[name as keyof typeof stats], count, name);
      const { total, ...rest } = stats;
      assert.equal(total, store.list().length);
      assert.equal(
        Object.values(rest).reduce((sum, count) => sum + count),
        total,
      );
    });
  }

  it("lists by pane, then time, then bead", async () => {
    const store = newStore("s", { storageDir: storage.path, now: () => "2026-01-01T00:00:00Z" });
    await store.assign("late", "", 2, "codex", "", "");
    await store.assign("b", "", 10, "codex", "", "");
    await store.assign("a", "", 10, "codex", "", "");
    await store.assign("placed-10", "", 0, "codex", "", "", "%10");
    await store.assign("placed-9", "", 0, "codex", "", "", "%9");
    const expected = ["late", "a", "b", "placed-9", "placed-10"];
    assert.deepEqual(
      store.list().map((row) => row.bead_id),
      expected,
    );
    assert.deepEqual(store.list().map(paneIdentity), ["2", "10", "10", "%9", "%10"]);
    assert.deepEqual(
      store.listByPane(10).map((row) => row.bead_id),
      ["a", "b"],
    );
  });

  it("counts rows in flight as active, at schema 9 only", async () => {
    const active = (await load("atomic", "schema9/atomic")).listActive().map((row) => row.bead_id);
    assert.ok(active.includes("at-claiming") && active.includes("at-claimed") && active.includes("at-clear-barrier"));
    assert.ok(!active.includes("at-completed") && !active.includes("at-failed"));
    const legacy = await load("plain", "schema1/plain");
    assert.deepEqual(new Set(legacy.listActive().map((row) => row.status)), new Set(["assigned", "working"]));
  });

  it("hands out rows themselves, and copies only from getAll", async () => {
    const store = await load("plain", "schema9/plain");
    assert.equal(
      store.get("10"),
      store.list().find((row) => row.bead_id === "10"),
    );
    const copy = store.getAll().find((row) => row.bead_id === "10");
    assert.notEqual(copy, store.get("10"));
    assert.deepEqual(copy, store.get("10"));
    assert.equal(store.get("nope"), undefined);
  });

  it("notifies listeners of changes by any process, and of nothing else", async () => {
    const store = await load("plain", "schema9/plain");
    const other = await loadStore("plain", { storageDir: storage.path });
    let calls = 0;
    const stop = store.subscribe(() => calls++);
    await store.load();
    assert.equal(calls, 0, "nothing changed");
    await store.markWorking("007");
    assert.equal(calls, 1, "own change");
    await store.load();
    assert.equal(calls, 1, "own save read again");
    await other.load();
    const untouched = store.get("a");
    await other.markCompleted("B");
    await store.load();
    assert.equal(calls, 2, "another's change");
    assert.equal(store.get("B")?.status, "completed");
    assert.equal(store.get("a"), untouched);
    stop();
    await store.markCompleted("007");
    assert.equal(calls, 2, "unsubscribed");
  });

  it("reading makes nothing, and neither does refusing", async () => {
    const store = await loadStore("nowhere", { storageDir: path.join(storage.path, "not-there") });
    assert.deepEqual([store.exists, store.health.kind, store.version, store.generation], [false, "ok", 1, 0]);
    await assert.rejects(store.markWorking("b"), AssignmentNotFoundError);
    await store.remove("b");
    assert.deepEqual(fs.readdirSync(storage.path), []);
  });

  it("makes schema 1 ledgers, and grows them as they are", async () => {
    const store = newStore("s", { storageDir: storage.path });
    await store.assign("b", "Title", 3, "codex", "BlueLake", "Do it");
    assert.deepEqual([store.version, store.generation], [1, 0]);
    await store.markWorking("b");
    await store.markFailed("b", "");
    assert.equal(store.get("b")?.fail_reason, undefined);
    const retried = await store.retry("b");
    assert.deepEqual([retried.status, retried.retry_count, retried.failed_at], ["assigned", 1, undefined]);
    assert.equal(store.get("b"), retried);
    await store.clear();
    assert.match(fs.readFileSync(storage.primary("s"), "utf8"), /"assignments": \{\},/);
  });

  it("applies many changes in one save, each with its own result", async () => {
    const store = await load("plain", "schema9/plain");
    const before = store.generation;
    const results = await store.apply([
      { kind: "markCompleted", beadId: "B" },
      { kind: "markWorking", beadId: "a" },
      { kind: "markFailed", beadId: "bd-10", reason: "gave up" },
      { kind: "remove", beadId: "nope" },
      { kind: "remove", beadId: "9" },
    ]);
    assert.equal(store.generation, before + 1);
    assert.deepEqual(
      results.map(({ error }) => error?.constructor),
      [undefined, InvalidTransitionError, undefined, undefined, undefined],
    );
    assert.deepEqual(
      [store.get("B")?.status, store.get("bd-10")?.fail_reason, store.get("9")],
      ["completed", "gave up", undefined],
    );
    const refused = await store.apply([{ kind: "markWorking", beadId: "a" }]);
    assert.ok(refused[0]?.error instanceof InvalidTransitionError);
    assert.equal(store.generation, before + 1, "nothing to save");
  });

  it("puts a removed row back as it was, once", async () => {
    const store = await load("plain", "schema9/plain");
    const row = store.get("10") ?? assert.fail();
    await store.remove("10");
    await store.apply([{ kind: "restore", beadId: "10", row }]);
    assert.deepEqual(store.get("10"), row);
    const [again] = await store.apply([{ kind: "restore", beadId: "10", row }]);
    assert.equal(again?.error?.message, "[ASSIGN] Concurrent create conflict for 10; reload assignment state");
  });

  it("assigns a bead that was seen to have no row only while it has none, also after another read", async () => {
    const store = await load("plain", "schema9/plain");
    const target = { pane: 1, paneId: "%1", agentType: "codex", agentName: "", beadTitle: "", prompt: "" };
    const assign = { kind: "assign", beadId: "new", observed: null, ...target } as const;
    const other = await loadStore("plain", { storageDir: storage.path });
    const theirs = await other.assign("new", "Theirs", 2, "codex", "", "", "%2");
    await store.load();
    const [refused] = await store.apply([assign]);
    assert.equal(refused?.error?.message, "[ASSIGN] Concurrent create conflict for new; reload assignment state");
    assert.deepEqual(store.get("new"), theirs);
    await store.remove("new");
    const [done] = await store.apply([assign]);
    assert.equal(done?.error, undefined);
  });

  it("refuses what is no change, before it touches the disk", async () => {
    const store = newStore("s", { storageDir: storage.path });
    const assign = {
      kind: "assign",
      beadId: "b",
      beadTitle: "",
      prompt: "",
      pane: 1,
      agentType: "codex",
      agentName: "",
    };
    const refused: [change: object, message: RegExp][] = [
      [{ ...assign, pane: 1.5 }, /^Invalid assign: pane: expected a whole number$/],
      [{ ...assign, pane: "1" }, /^Invalid assign: pane: expected a whole number$/],
      [{ ...assign, paneId: "%01" }, /^Invalid assign: paneId: expected a tmux pane id such as %3$/],
      [{ ...assign, paneId: null }, /^Invalid assign: paneId: expected a tmux pane id such as %3$/],
      [{ ...assign, beadId: "" }, /^Invalid assign: beadId: expected an id$/],
      [{ ...assign, agentName: undefined }, /^Invalid assign: agentName: /],
      [{ ...assign, kind: "reassign", agentType: 1 }, /^Invalid reassign: agentType: /],
      [
        { kind: "updateStatus", beadId: "b", newStatus: "done" },
        /^Invalid updateStatus: newStatus: expected a status$/,
      ],
      [{ kind: "updateStatus", beadId: "b", newStatus: "toString" }, /^Invalid updateStatus: newStatus: /],
      [{ kind: "markFailed", beadId: "b" }, /^Invalid markFailed: reason: /],
      [{ kind: "remove" }, /^Invalid remove: beadId: /],
      [{ kind: "restore", beadId: "b", row: null }, /^Invalid restore: row: /],
      [{ kind: "restore", beadId: "b", row: { bead_id: "b" } }, /^Invalid restore: row\.status: /],
      [{ kind: "restore", beadId: "b", row: { bead_id: "a", status: "failed" } }, /^Invalid restore: row\.bead_id: /],
      [{ kind: "toString", beadId: "b" }, /^Not a change: toString$/],
      [{ beadId: "b" }, /^Not a change: undefined$/],
    ];
    for (const [change, message] of refused) {
      await assert.rejects(store.apply([change as Change]), { name: "TypeError", message });
    }
    assert.deepEqual(fs.readdirSync(storage.path), []);
  });

  it("takes only names that tmux takes", () => {
    for (const name of ["", ".", "..", "a/b", "a\\b", "a\0b", "a:b", "a.b", "ü", "-x/../y"]) {
      assert.throws(() => newStore(name, { storageDir: storage.path }), InvalidSessionNameError, JSON.stringify(name));
    }
    assert.equal(newStore("a_b-C--1", { storageDir: storage.path }).path, storage.primary("a_b-C--1"));
  });

  it("knows where ntm keeps its sessions", () => {
    const { HOME } = process.env;
    try {
      process.env["HOME"] = "/somewhere";
      assert.equal(storageDir(), path.join("/somewhere", ".ntm", "sessions"));
      delete process.env["HOME"];
      assert.match(storageDir(), /ntm[/\\]sessions$/);
    } finally {
      process.env["HOME"] = HOME;
    }
  });

  it("says which transitions schema 1 knows", () => {
    assert.deepEqual(validTransitions, {
      assigned: ["working", "failed"],
      working: ["completed", "failed", "reassigned"],
      failed: ["assigned"],
      completed: [],
      reassigned: [],
    });
  });
});
