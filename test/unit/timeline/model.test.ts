import * as assert from "node:assert/strict";
import type { Assignment } from "../../../src/assignment";
import type { EventKind, HistoryEvent } from "../../../src/history/historyEvent";
import { History } from "../../../src/history/history";
import { recordedAssignments } from "../../../src/history/recordedAssignment";
import { generationOf } from "../../../src/history/rowEvents";
import { eventTimeOf } from "../../../src/history/eventTime";
import { timelineData, type TimelineContent } from "../../../src/timeline/model";
import { longestText, readMessageToWebview } from "../../../src/timeline/messages";
import { row } from "../../support/foreignSave";

const start = Date.parse("2026-11-24T09:00:00Z");
const minuteMs = 60_000;

function event(minute: number, kind: EventKind, beadId: string, fields: Partial<HistoryEvent> = {}): HistoryEvent {
  const common = { generation: "g1", pane: "%1", paneIndex: 1, agentType: "cod", agentName: "BlueLake" };
  return { kind, at: eventTimeOf(start + minute * minuteMs), beadId, ...common, ...fields };
}

function timeline(events: readonly HistoryEvent[], content: Partial<TimelineContent> = {}) {
  return timelineData({
    sessionName: "atlas",
    assignments: recordedAssignments(History.of(events)),
    panes: [],
    rowOf: () => undefined,
    generationOf,
    reasonOf: () => undefined,
    kindOf: (agentType) => agentType,
    words: { pane: (index) => `Pane ${index}`, agent: (agentType) => agentType, removed: "removed" },
    now: start + 120 * minuteMs,
    ...content,
  });
}

describe("The timeline of a session", () => {
  it("has a bar for each assignment, by stages, with how it ended and why", () => {
    const { bars, lanes } = timeline([
      event(0, "claiming", "a"),
      event(1, "claimed", "a"),
      event(2, "sending", "a"),
      event(3, "assigned", "a"),
      event(4, "working", "a"),
      event(9, "failed", "a", { reason: "tests fail", retryCount: 2 }),
      event(20, "replaced", "a", { isObserved: true }),
      event(20, "assigned", "a", { generation: "g2", pane: "%2", paneIndex: 2 }),
      event(30, "removed", "a", { generation: "g2", pane: "%2", paneIndex: 2, isObserved: true }),
    ]);
    const [first, next] = bars;
    assert.deepEqual(
      first?.stages.map(({ stage, start: from, end }) => [
        stage,
        (from - start) / minuteMs,
        ((end ?? 0) - start) / minuteMs,
      ]),
      [
        ["claim", 0, 2],
        ["dispatch", 2, 3],
        ["assigned", 3, 4],
        ["working", 4, 9],
      ],
    );
    assert.deepEqual([first.outcome, first.reason, first.retries], ["failed", "tests fail", 2]);
    assert.deepEqual([next?.outcome, next?.reason], ["given-up", "removed"]);
    assert.deepEqual(lanes.map(({ id, label, agent }) => [id, label, agent]), [
      ["%1", "Pane 1", "cod · BlueLake"],
      ["%2", "Pane 2", "cod · BlueLake"],
    ]); // prettier-ignore
  });

  it("has the lanes in the tree's order, and after them those that only the past has", () => {
    const events = ["%9", "%1", "%5"].map((pane, at) => event(at, "assigned", `b${at}`, { pane }));
    const pane = (identity: string) => ({ identity, index: 0, agentType: "cc", agentName: undefined });
    const { lanes } = timeline(events, { panes: [pane("%1"), pane("%7"), pane("%9")] });
    assert.deepEqual(lanes.map(({ id }) => id), ["%1", "%9", "%5"]); // prettier-ignore
  });

  it("shows what is known of the bead's row now, but of no earlier assignment", () => {
    const events = [
      event(0, "assigned", "a"),
      event(1, "replaced", "a", { isObserved: true }),
      event(1, "assigned", "a", { generation: "key" }),
    ];
    const now = row("a", { idempotency_key: "key", bead_title: "Title" }) as unknown as Assignment;
    const reasons = { stranded: "stranded", "pane-gone": "agent-exited", stuck: "open" } as const;
    for (const [reason, outcome] of Object.entries(reasons)) {
      const { bars } = timeline(events, { rowOf: () => now, reasonOf: () => reason as keyof typeof reasons });
      assert.deepEqual(bars.map((bar) => bar.outcome), ["given-up", outcome]); // prettier-ignore
      assert.deepEqual(bars.map(({ title }) => title), ["Title", "Title"]); // prettier-ignore
    }
  });

  it("claims no stage for a status that this version doesn't know", () => {
    const { bars } = timeline([event(0, "assigned", "a"), event(5, "other", "a"), event(9, "working", "a")]);
    assert.deepEqual(bars[0]?.stages.map(({ stage }) => stage), ["assigned", "working"]); // prettier-ignore
    assert.deepEqual(timeline([event(0, "other", "a")]).bars, []);
    assert.deepEqual(timeline([event(0, "completed", "a")]).bars, [], "nobody knows when it began");
  });

  it("says nothing in numbers where there are too few beads", () => {
    const { statistics } = timeline([event(0, "working", "a"), event(9, "completed", "a")]);
    assert.deepEqual(statistics, { throughput: undefined, failures: undefined, completionTimes: [] });
    const many = Array.from({ length: 12 }, (_, at) => [
      event(at, "working", `b${at}`),
      event(at + 10, "completed", `b${at}`),
    ]);
    const known = timeline(many.flat()).statistics;
    assert.deepEqual(known.completionTimes, [
      { agent: "cod", medianMs: 10 * minuteMs, p90Ms: 10 * minuteMs, beads: 12 },
    ]);
    assert.equal(known.throughput?.beads, 12);
  });

  it("is taken by the page, whatever is in a ledger", () => {
    const title = "x".repeat(longestText * 2);
    const hostile = row("a", { bead_title: title, assigned_at: "g1" }) as unknown as Assignment;
    const data = timeline([event(0, "assigned", "a"), event(-9e5, "working", "b")], {
      rowOf: () => hostile,
      sessionName: title,
      words: { pane: () => title, agent: () => title, removed: title },
    });
    assert.ok(readMessageToWebview({ type: "update", data }) !== undefined);
  });
});
