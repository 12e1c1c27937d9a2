import * as assert from "node:assert/strict";
import { attentionIn } from "../../../src/session/attention";
import { LedgerOfRows } from "../../support/ledgerOfRows";

const start = Date.parse("2026-11-22T10:00:00Z");
const minute = 60_000;
const stuckAfter = { assigned: 10, working: 60, claiming: 5, claimed: 0 };

describe("attention", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  /** The reasons by bead, this many minutes after 10:00. */
  async function reasons(minutes: number, ...rows: Record<string, unknown>[]): Promise<Record<string, string>> {
    const snapshot = await ledger.with(...rows);
    const attention = attentionIn(snapshot, stuckAfter, start + minutes * minute);
    const reasons = snapshot.rows.flatMap((row) => {
      const reason = attention.reasonOf(row);
      return reason === undefined ? [] : [[row.bead_id, reason] as const];
    });
    assert.equal(attention.count, reasons.length);
    return Object.fromEntries(reasons);
  }

  it("is needed by a failed row, while it is failed", async () => {
    assert.deepEqual(await reasons(99_999, { bead_id: "a", status: "failed" }), { a: "failed" });
  });

  it("is needed by a row that has had its status for longer than its threshold", async () => {
    const rows = [
      { bead_id: "a" },
      { bead_id: "b", status: "working", started_at: "2026-11-22T10:30:00Z" },
      { bead_id: "c", status: "claiming", claim_started_at: "2026-11-22T10:04:00Z" },
    ];
    assert.deepEqual(await reasons(8, ...rows), {});
    assert.deepEqual(await reasons(9, ...rows), { c: "stuck" });
    assert.deepEqual(await reasons(10, ...rows), { a: "stuck", c: "stuck" });
    assert.deepEqual(await reasons(90, ...rows), { a: "stuck", b: "stuck", c: "stuck" });
  });

  it("is never needed by a finished row, an unknown status, or a status whose threshold is 0", async () => {
    const rows = ["completed", "reassigned", "pondering", "claimed", "constructor"].map((status) => ({
      bead_id: status,
      status,
    }));
    assert.deepEqual(await reasons(99_999, ...rows), {});
  });

  it("is needed by a row that ntm can't complete because of an error", async () => {
    const failed = { bead_id: "a", status: "claimed", last_dispatch_error: "no such pane", idempotency_key: "k" };
    assert.deepEqual(await reasons(0, failed, { ...failed, bead_id: "b", last_dispatch_error: " " }), { a: "held" });
  });

  it("names the most urgent rows first, of one reason in list order, without snoozed ones", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a" },
      { bead_id: "b", status: "failed" },
      { bead_id: "c", status: "failed", pane: 2 },
      { bead_id: "d", status: "failed", pane: 3 },
      { bead_id: "e", status: "completed" },
    );
    const attention = attentionIn(snapshot, stuckAfter, start + 99 * minute, undefined, ({ bead_id: beadId }) =>
      beadId === "b" ? Infinity : undefined,
    );
    const urgent = (most: number): string[] => attention.mostUrgent(most).map(({ row }) => row.bead_id);
    assert.deepEqual([urgent(9), urgent(2), urgent(1)], [["c", "d", "a"], ["c", "d"], ["c"]]);
  });

  it("is needed by a ledger that can't be written", async () => {
    const { count, isLedgerInTrouble } = attentionIn(await ledger.withBytes("{"), stuckAfter, start);
    assert.deepEqual([count, isLedgerInTrouble], [1, true]);
  });

  it("has the time of the next check", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a" },
      { bead_id: "b", status: "working", started_at: "2026-11-22T10:00:00Z" },
      { bead_id: "c", status: "failed" },
    );
    const nextAt = (minutes: number): number | undefined =>
      attentionIn(snapshot, stuckAfter, start + minutes * minute).nextAt;
    assert.equal(nextAt(0), start + 10 * minute);
    assert.equal(nextAt(10), start + 60 * minute);
    assert.equal(nextAt(60), undefined);
  });
});
