import * as assert from "node:assert/strict";
import { attentionIn } from "../../../src/session/attention";
import { LedgerOfRows } from "../../support/ledgerOfRows";

const start = Date.parse("2026-11-22T10:00:00Z");
const minute = 60_000;
const stuckAfter = { assigned: 10, working: 60, claiming: 5, claimed: 0 };

describe("what needs a person", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  /** The reasons by bead, at so many minutes after ten. */
  async function reasons(minutes: number, ...rows: Record<string, unknown>[]): Promise<Record<string, string>> {
    const attention = attentionIn(await ledger.with(...rows), stuckAfter, start + minutes * minute);
    const reasons = attention.rows.flatMap((row) => {
      const reason = attention.reasonOf(row);
      return reason === undefined ? [] : [[row.bead_id, reason] as const];
    });
    assert.equal(attention.count, reasons.length);
    return Object.fromEntries(reasons);
  }

  it("is what failed, for as long as it stands so", async () => {
    assert.deepEqual(await reasons(99_999, { bead_id: "a", status: "failed" }), { a: "failed" });
  });

  it("is what has been in its status for longer than the settings allow, counted from when it came to it", async () => {
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

  it("is never what is finished, unknown, or in a status whose threshold is 0", async () => {
    const rows = ["completed", "reassigned", "pondering", "claimed", "constructor"].map((status) => ({
      bead_id: status,
      status,
    }));
    assert.deepEqual(await reasons(99_999, ...rows), {});
  });

  it("is what ntm hangs at with an error", async () => {
    const failed = { bead_id: "a", status: "claimed", last_dispatch_error: "no such pane", idempotency_key: "k" };
    assert.deepEqual(await reasons(0, failed, { ...failed, bead_id: "b", last_dispatch_error: " " }), { a: "held" });
  });

  it("is a ledger that can't be written", async () => {
    const { count, isLedgerInTrouble } = attentionIn(await ledger.withBytes("{"), stuckAfter, start);
    assert.deepEqual([count, isLedgerInTrouble], [1, true]);
  });

  it("says when to look again", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a" },
      { bead_id: "b", status: "working" },
      { bead_id: "c", status: "failed" },
    );
    const nextAt = (minutes: number): number | undefined =>
      attentionIn(snapshot, stuckAfter, start + minutes * minute).nextAt;
    assert.equal(nextAt(0), start + 10 * minute);
    assert.equal(nextAt(10), start + 60 * minute);
    assert.equal(nextAt(60), undefined);
  });
});
