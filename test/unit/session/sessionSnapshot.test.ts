import * as assert from "node:assert/strict";
import { LedgerOfRows } from "../../support/ledgerOfRows";

describe("a snapshot", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  it("doesn't change when the next one is created", async () => {
    const before = await ledger.with({ bead_id: "a" });
    const after = await ledger.with({ bead_id: "a", status: "working" }, { bead_id: "b" });
    assert.deepEqual([before.rows.length, before.get("a")?.status, before.stats.total], [1, "assigned", 1]);
    assert.deepEqual([after.rows.length, after.get("a")?.status, after.generation], [2, "working", 2]);
  });

  it("finds rows under IDs that are properties of every object, and only existing ones", async () => {
    const snapshot = await ledger.with({ bead_id: "__proto__" }, { bead_id: "constructor", pane: 2 });
    assert.equal(snapshot.get("__proto__")?.bead_id, "__proto__");
    assert.equal(snapshot.get("toString"), undefined);
  });

  it("has the panes in order, and distinguishes two with the same index", async () => {
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

  it("keeps the panes whose rows and ambiguity didn't change", async () => {
    const rows = [
      { bead_id: "a", pane: 1, occupancy_key: "%1" },
      { bead_id: "b", pane: 2, occupancy_key: "%2" },
      { bead_id: "c", pane: 3, occupancy_key: "%3" },
    ];
    const before = new Map((await ledger.with(...rows)).panes.map((pane) => [pane.identity, pane]));
    const changed = { bead_id: "a", pane: 1, occupancy_key: "%1", status: "working" } as const;
    const another = { bead_id: "d", pane: 3, occupancy_key: "%4" };
    const after = (await ledger.with(changed, ...rows.slice(1), another)).panes;
    assert.deepEqual(
      after.map((pane) => [pane.identity, pane === before.get(pane.identity), pane.isAmbiguous, pane.rows[0]?.status]),
      [
        ["%1", false, false, "working"],
        ["%2", true, false, "assigned"],
        ["%3", false, true, "assigned"],
        ["%4", false, true, "assigned"],
      ],
    );
  });

  it("of a ledger that could never be read has no rows", async () => {
    const snapshot = await ledger.withBytes("nonsense");
    assert.deepEqual([snapshot.health.kind, snapshot.isStale, snapshot.rows], ["unreadable", false, []]);
  });

  it("of a deleted ledger keeps no rows: deleted isn't unreadable", async () => {
    await ledger.with({ bead_id: "a" });
    const snapshot = await ledger.removed();
    assert.deepEqual([snapshot.exists, snapshot.isStale, snapshot.rows], [false, false, []]);
  });
});
