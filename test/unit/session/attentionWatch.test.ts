import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { ActiveSession } from "../../../src/session/activeSession";
import { AttentionWatch } from "../../../src/session/attentionWatch";
import { eventually } from "../../support/eventually";
import { changeAsNtm, emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { SilentLog } from "../../support/silentLog";
import { TemporaryStorage } from "../../support/storage";

const minute = 60_000;

describe("the watch for what needs a person", () => {
  let storage: TemporaryStorage;
  let session: ActiveSession;
  let watch: AttentionWatch;
  let stuckAfter: { assigned: number; working: number; claiming: number; claimed: number };

  beforeEach(() => {
    storage = new TemporaryStorage();
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
    watch = new AttentionWatch(session, () => stuckAfter);
    await session.refresh();
  }

  it("counts with every change of the ledger, before anybody hears of it", async () => {
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

  it("tells when a row gets stuck, though nothing was saved", async () => {
    const soon = new Date(Date.now() - 10 * minute + 100).toISOString();
    await start(row("a", { assigned_at: soon }));
    assert.equal(watch.current.count, 0);
    await eventually(() => {
      assert.equal(watch.current.count, 1);
    });
  });

  it("follows the thresholds", async () => {
    await start(row("a", { assigned_at: new Date(Date.now() - 5 * minute).toISOString() }));
    stuckAfter.assigned = 1;
    watch.refresh();
    assert.deepEqual(watch.current.counts, { failed: 0, held: 0, stuck: 1 });
  });
});
