import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { ActiveSession } from "../../../src/session/activeSession";
import { AttentionTracker } from "../../../src/session/attentionTracker";
import { eventually } from "../../support/eventually";
import { changeAsNtm, emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { SilentLog } from "../../support/silentLog";
import { TemporaryStorage } from "../../support/storage";

const minute = 60_000;

describe("the attention tracker", () => {
  let storage: TemporaryStorage;
  let session: ActiveSession;
  let watch: AttentionTracker;
  let computations: number;
  let clockAheadMs: number;
  let stuckAfter: { assigned: number; working: number; claiming: number; claimed: number };

  beforeEach(() => {
    storage = new TemporaryStorage();
    computations = 0;
    clockAheadMs = 0;
    stuckAfter = { assigned: 10, working: 10, claiming: 0, claimed: 0 };
  });
  afterEach(() => {
    watch.dispose();
    session.dispose();
    storage.remove();
  });

  async function start(...rows: Record<string, unknown>[]): Promise<void> {
    const content = emptyLedger("s");
    for (const one of rows) content.assignments[String(one["bead_id"])] = one;
    fs.mkdirSync(path.join(storage.path, "s"));
    saveAsNtm(storage.primary("s"), content);
    session = new ActiveSession({
      storageFolder: () => storage.path,
      workspaceFolders: () => [],
      pin: { get: () => undefined, set: () => Promise.resolve() },
      log: new SilentLog(),
    });
    watch = new AttentionTracker(
      session,
      () => {
        computations++;
        return stuckAfter;
      },
      undefined,
      () => Date.now() + clockAheadMs,
    );
    await session.refresh();
  }

  it("updates with every change of the ledger, before its listeners are called", async () => {
    await start(row("a", { assigned_at: new Date().toISOString() }));
    assert.equal(watch.current.count, 0);
    const counts: number[] = [];
    watch.onDidChange(({ count }) => counts.push(count));
    changeAsNtm(storage.primary("s"), ({ assignments }) => (assignments["b"] = row("b", { status: "failed" })));
    await eventually(() => {
      assert.deepEqual(counts, [1]);
    });
    assert.equal(watch.current.count, 1);
  });

  it("is computed once, and fires once, when a change of the session has several sources set their signals", async () => {
    await start(row("a"), row("b"));
    session.onDidChange(() => {
      watch.setSignals("panes", new Map([["a", [{ reason: "agent-exited" }]]]));
      watch.setSignals("dispatch", new Map([["b", [{ reason: "stranded" }]]]));
    });
    const fired: unknown[] = [];
    watch.onDidChange(({ counts }) => fired.push(counts));
    computations = 0;
    changeAsNtm(storage.primary("s"), ({ assignments }) => (assignments["c"] = row("c", { status: "failed" })));
    await eventually(() => {
      assert.deepEqual(fired, [{ "agent-exited": 1, stranded: 1, failed: 1 }]);
    });
    assert.equal(computations, 1);
  });

  it("is about the session's current snapshot before its listeners are called", async () => {
    await start(row("a"));
    const counts: number[] = [];
    session.onDidChange(() => counts.push(watch.current.counts.failed ?? 0));
    changeAsNtm(storage.primary("s"), ({ assignments }) => (assignments["b"] = row("b", { status: "failed" })));
    await eventually(() => {
      assert.deepEqual(counts, [1]);
    });
  });

  it("keeps the signals the same object until a source has others, so that views find nothing changed", async () => {
    await start(row("a"));
    watch.setSignals("panes", new Map([["a", [{ reason: "waiting" }]]]));
    const { signals } = watch.current;
    changeAsNtm(storage.primary("s"), ({ assignments }) => (assignments["b"] = row("b")));
    await session.refresh();
    assert.equal(session.snapshot?.rows.length, 2);
    assert.equal(watch.current.signals, signals);
    watch.setSignals("panes", new Map());
    assert.equal(watch.current.signals.size, 0);
  });

  it("fires no more once it is disposed of", async () => {
    await start(row("a", { assigned_at: new Date().toISOString() }));
    let fired = 0;
    watch.onDidChange(() => fired++);
    watch.refresh();
    watch.dispose();
    computations = 0;
    await Promise.resolve();
    assert.deepEqual([fired, computations], [0, 0]);
  });

  it("fires when a row becomes stuck, without a save", async () => {
    await start(row("a", { assigned_at: new Date(Date.now() - minute).toISOString() }));
    assert.equal(watch.current.count, 0);
    // The timer is set by a clock that is about to strike; the test itself may take as long as it likes.
    clockAheadMs = 9 * minute - 50;
    watch.refresh();
    await eventually(() => {
      assert.equal(watch.current.count, 1);
    });
  });

  it("follows the thresholds", async () => {
    await start(row("a", { assigned_at: new Date(Date.now() - 5 * minute).toISOString() }));
    stuckAfter.assigned = 1;
    watch.refresh();
    assert.deepEqual(watch.current.counts, { stuck: 1 });
  });
});
