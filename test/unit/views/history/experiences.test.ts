import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { hoverMarkdown } from "../../../../src/views/beads/tooltip";
import { attentionIn } from "../../../../src/session/attention";
import type { Assignment } from "../../../../src/assignment";
import type { HistoryEvent } from "../../../../src/history/historyEvent";
import { History } from "../../../../src/history/history";
import type { HistoryChange } from "../../../../src/history/recorder";
import { eventTimeOf } from "../../../../src/history/eventTime";
import { Experiences } from "../../../../src/views/history/experiences";
import { Emitter } from "../../../../src/util/event";
import { eventually } from "../../../support/eventually";
import { LedgerOfRows } from "../../../support/ledgerOfRows";

const start = Date.parse("2026-11-24T09:00:00Z");
const minuteMs = 60_000;

/** A bead that works for so many minutes, and is completed. */
function completed(beadId: string, minutes: number, agentType = "cod"): HistoryEvent[] {
  return (["working", "completed"] as const).map((kind, at) => ({
    kind,
    at: eventTimeOf(start + at * minutes * minuteMs),
    beadId,
    generation: "g",
    pane: "%1",
    paneIndex: 1,
    agentType,
  }));
}

/** Ten beads, of which the ninth worked so long. */
const ten = (minutes: number): HistoryEvent[] =>
  Array.from({ length: 10 }, (_, at) => completed(`bd-${at}`, minutes - 8 + at)).flat();

describe("Experience", () => {
  it("says from when on a row is stuck, for the agents with enough completed beads, and grows", async () => {
    const changed = new Emitter<HistoryChange>();
    const recorder = { history: History.of(completed("x", 500, "claude")), onDidChange: changed.event };
    let count = 0;
    const experiences = new Experiences(recorder, () => count++);
    const events = ten(38);
    recorder.history = recorder.history.with(events);
    changed.fire({ history: recorder.history, added: events });
    await eventually(() => {
      assert.deepEqual(experiences.current, [{ agentType: "codex", minutes: 38, usualMinutes: 39, beads: 10 }]);
    });
    assert.equal(count, 1);
    recorder.history = History.empty;
    changed.fire({ history: History.empty, added: [] });
    await eventually(() => {
      assert.deepEqual(experiences.current, []);
    });
    experiences.dispose();
  });

  describe("in attention", () => {
    let ledger: LedgerOfRows;
    beforeEach(() => (ledger = new LedgerOfRows()));
    afterEach(() => {
      ledger.remove();
    });

    const experience = [{ agentType: "codex", minutes: 38, usualMinutes: 38, beads: 42 }];
    const stuckAfter = { assigned: 10, working: 120, claiming: 5, claimed: 0, experience };
    const rows = ["cod", "claude"].map((agent_type, at) => ({
      bead_id: `b${at}`,
      status: "working",
      agent_type,
      started_at: new Date(start).toISOString(),
    }));

    it("holds for its kind of agent, and the setting for the others", async () => {
      const snapshot = await ledger.with(...rows);
      const reasonAt = (minutes: number): unknown[] => {
        const attention = attentionIn(snapshot, stuckAfter, start + minutes * minuteMs);
        return snapshot.rows.map((row) => attention.reasonOf(row));
      };
      assert.deepEqual(reasonAt(37), [undefined, undefined]);
      assert.deepEqual(reasonAt(38), ["stuck", undefined]);
      assert.deepEqual(reasonAt(120), ["stuck", "stuck"]);
    });

    it("is shown in the hover", async () => {
      const snapshot = await ledger.with(...rows);
      const now = start + 130 * minuteMs;
      const attention = attentionIn(snapshot, stuckAfter, now);
      const [first, second] = snapshot.rows as [Assignment, Assignment];
      const read = (row: Assignment): string =>
        hoverMarkdown(row, attention.problemOf(row), now).replace(/&#(\d+);/g, (_, code: string) =>
          String.fromCharCode(Number(code)),
        );
      assert.match(read(first), /stuck: 90 % of 42 completed beads of Codex CLI took less than 38 min/);
      assert.match(read(second), /Problem: stuck\n/);
    });

    it("that changes has every row examined anew", async () => {
      const snapshot = await ledger.with(...rows);
      const now = start + 60 * minuteMs;
      const before = attentionIn(snapshot, { ...stuckAfter, experience: [] }, now);
      assert.equal(before.count, 0);
      assert.equal(attentionIn(snapshot, stuckAfter, now).count, 1);
    });
  });
});
