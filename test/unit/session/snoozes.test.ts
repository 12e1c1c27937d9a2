import * as assert from "node:assert/strict";
import { attentionIn, type Attention } from "../../../src/session/attention";
import { Snoozes } from "../../../src/session/snoozes";
import type { SessionSnapshot } from "../../../src/session/sessionSnapshot";
import { LedgerOfRows } from "../../support/ledgerOfRows";

const minuteMs = 60_000;
const start = Date.parse("2026-11-22T10:00:00Z");
const stuckAfter = { assigned: 15, working: 120, claiming: 5, claimed: 10 };
const failed = { bead_id: "f", status: "failed", failed_at: "2026-11-22T09:59:00Z", fail_reason: "exit 1" };
const working = { bead_id: "w", status: "working", started_at: "2026-11-22T07:00:00Z" };

describe("snoozed rows", () => {
  let ledger: LedgerOfRows;
  let kept: Map<string, unknown>;
  let now: number;
  let snoozes: Snoozes;
  const reopen = (): Snoozes =>
    new Snoozes(
      {
        get: (key) => kept.get(key),
        update: (key, value) => {
          kept.set(key, JSON.parse(JSON.stringify(value)));
          return Promise.resolve();
        },
      },
      () => now,
    );
  beforeEach(() => {
    ledger = new LedgerOfRows();
    kept = new Map();
    now = start;
    snoozes = reopen();
  });
  afterEach(() => {
    ledger.remove();
  });

  const attention = (snapshot: SessionSnapshot): Attention =>
    attentionIn(snapshot, stuckAfter, now, undefined, (row, problems) =>
      snoozes.endOf(snapshot.path, row, problems, now),
    );
  const snooze = async (snapshot: SessionSnapshot, minutes: number | undefined): Promise<void> =>
    snoozes.snooze(
      snapshot.path,
      snapshot.rows.map((row) => ({ row, problems: attention(snapshot).problemsOf(row) })),
      minutes,
    );

  it("don't count, but still have their problem", async () => {
    const snapshot = await ledger.with(failed, working);
    assert.deepEqual(attention(snapshot).counts, { failed: 1, stuck: 1 });
    await snooze(snapshot, 15);
    const { counts, count, snoozedCount } = attention(snapshot);
    assert.deepEqual([counts, count, snoozedCount], [{}, 0, 2]);
    for (const row of snapshot.rows) {
      assert.equal(attention(snapshot).reasonOf(row), undefined);
      assert.equal(attention(snapshot).problemOf(row)?.snoozedUntil, start + 15 * minuteMs);
    }
  });

  it("need attention again when the time is over, which is when attention is computed next", async () => {
    const snapshot = await ledger.with(failed);
    await snooze(snapshot, 15);
    assert.equal(attention(snapshot).nextAt, start + 15 * minuteMs);
    now = start + 15 * minuteMs - 1;
    assert.equal(attention(snapshot).count, 0);
    now++;
    assert.equal(attention(snapshot).count, 1);
  });

  it("need attention again when they change", async () => {
    await snooze(await ledger.with(working), undefined);
    now = start + 1000 * minuteMs;
    const lease = { reserved_paths: ["a"], reservation_expires_at: "2026-11-23T10:00:00Z" };
    assert.equal(attention(await ledger.with({ ...working, ...lease })).count, 0, "nothing that the user sees");
    const restarted = { ...working, started_at: "2026-11-22T08:00:00Z" };
    assert.equal(attention(await ledger.with(restarted)).count, 1);
  });

  it("need attention again with a new problem, also before the time is over", async () => {
    const assigned = { bead_id: "w", assigned_at: "2026-11-22T09:00:00Z" };
    await snooze(await ledger.with(assigned), 60);
    const then = await ledger.with({ ...assigned, status: "failed", failed_at: "2026-11-22T10:00:30Z" });
    assert.deepEqual(attention(then).counts, { failed: 1 });
  });

  it("need attention again when an agent waits for something else", async () => {
    const snapshot = await ledger.with(working);
    const [row] = snapshot.rows;
    assert.ok(row);
    const first = [{ reason: "waiting" as const, since: start - 1000 }];
    await snoozes.snooze(snapshot.path, [{ row, problems: first }], 60);
    assert.notEqual(snoozes.endOf(snapshot.path, row, first, now), undefined);
    assert.equal(snoozes.endOf(snapshot.path, row, [{ reason: "waiting", since: start }], now), undefined);
  });

  it("are those of one session", async () => {
    const snapshot = await ledger.with(failed);
    await snooze(snapshot, 60);
    const [row] = snapshot.rows;
    assert.ok(row);
    assert.equal(snoozes.endOf("/another/assignments.json", row, [{ reason: "failed" }], now), undefined);
  });

  it("are kept, and taken back by the user", async () => {
    const snapshot = await ledger.with(failed, working);
    await snooze(snapshot, undefined);
    snoozes = reopen();
    assert.equal(attention(snapshot).snoozedCount, 2);
    let fired = 0;
    snoozes.onDidChange(() => fired++);
    await snoozes.end(snapshot.path, ["f"]);
    assert.deepEqual([attention(snapshot).counts, fired], [{ failed: 1 }, 1]);
    snoozes = reopen();
    assert.deepEqual(attention(snapshot).counts, { failed: 1 });
  });

  it("survive anything that was kept", async () => {
    const snapshot = await ledger.with(failed);
    for (const value of [null, 1, "x", {}, [1], [[1, 2]], [["a"]], [["a", null]], [["a", { reasons: 1, until: 2 }]]]) {
      kept.set("beads.snoozes", value);
      snoozes = reopen();
      assert.equal(attention(snapshot).count, 1);
      await snooze(snapshot, 15);
      assert.equal(attention(snapshot).count, 0);
    }
  });
});
