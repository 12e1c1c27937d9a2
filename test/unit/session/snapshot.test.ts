import * as assert from "node:assert/strict";
import { LedgerOfRows } from "../../support/ledgerOfRows";

describe("a snapshot", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  it("stays as it was when the next one is taken", async () => {
    const before = await ledger.with({ bead_id: "a" });
    const after = await ledger.with({ bead_id: "a", status: "working" }, { bead_id: "b" });
    assert.deepEqual([before.rows.length, before.get("a")?.status, before.stats.total], [1, "assigned", 1]);
    assert.deepEqual([after.rows.length, after.get("a")?.status, after.generation], [2, "working", 2]);
  });

  it("finds rows under ids that every object has, and only real ones", async () => {
    const snapshot = await ledger.with({ bead_id: "__proto__" }, { bead_id: "constructor", pane: 2 });
    assert.equal(snapshot.get("__proto__")?.bead_id, "__proto__");
    assert.equal(snapshot.get("toString"), undefined);
  });

  it("knows the panes in their order, with two of the same index as two", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a", pane: 1, occupancy_key: "%11" },
      { bead_id: "b", pane: 1, occupancy_key: "%9" },
      { bead_id: "c", pane: 3 },
      { bead_id: "d", pane: 1, occupancy_key: "%9" },
    );
    assert.deepEqual(
      snapshot.panes.map(({ identity, index, isAmbiguous, rows }) => [identity, index, isAmbiguous, rows.length]),
      [
        ["3", 3, false, 1],
        ["%9", 1, true, 2],
        ["%11", 1, true, 1],
      ],
    );
  });

  it("of a ledger that never could be read has no rows to keep", async () => {
    const snapshot = await ledger.withBytes("nonsense");
    assert.deepEqual([snapshot.health.kind, snapshot.isStale, snapshot.rows], ["unreadable", false, []]);
  });

  it("of a ledger that is gone keeps nothing: gone is not unreadable", async () => {
    await ledger.with({ bead_id: "a" });
    const snapshot = await ledger.removed();
    assert.deepEqual([snapshot.exists, snapshot.isStale, snapshot.rows], [false, false, []]);
  });
});
