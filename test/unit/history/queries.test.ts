import * as assert from "node:assert/strict";
import { eventTimeOf } from "../../../src/history/eventTime";
import { eventsAsCsv } from "../../../src/history/csv";
import { stuckByExperience, workingTimes } from "../../../src/history/durations";
import type { EventKind, HistoryEvent } from "../../../src/history/historyEvent";
import { History } from "../../../src/history/history";
import { assignmentsOfBead, recordedAssignments } from "../../../src/history/recordedAssignment";
import { since, statistics } from "../../../src/history/statistics";

const start = Date.parse("2026-11-24T09:00:00Z");
const minuteMs = 60_000;

/** An event so many minutes after nine. */
function event(minute: number, kind: EventKind, beadId: string, fields: Partial<HistoryEvent> = {}): HistoryEvent {
  const common = { generation: "g1", pane: "%1", paneIndex: 1, agentType: "cc" };
  return { kind, at: eventTimeOf(start + minute * minuteMs), beadId, ...common, ...fields };
}

/** A bead that works from one minute to another, and is completed. */
function completed(beadId: string, from: number, to: number, fields: Partial<HistoryEvent> = {}): HistoryEvent[] {
  return [
    event(from, "assigned", beadId, fields),
    event(from, "working", beadId, fields),
    event(to, "completed", beadId, fields),
  ];
}

const minutes = (moment: number | undefined): number | undefined => moment && (moment - start) / minuteMs;

describe("The history of a bead", () => {
  it("shows who had it, when it was at which stage, and why it failed", () => {
    const history = History.of([
      event(0, "claiming", "a"),
      event(1, "claimed", "a"),
      event(2, "sending", "a"),
      event(2, "dispatch-failed", "a", { reason: "busy" }),
      event(3, "sending", "a"),
      event(4, "assigned", "a"),
      event(5, "working", "a"),
      event(9, "failed", "a", { reason: "tests fail" }),
      event(12, "replaced", "a", { isObserved: true }),
      event(12, "assigned", "a", { generation: "g2", pane: "%2", agentType: "cod" }),
    ]);
    const [first, second] = assignmentsOfBead(history.ofBead("a"));
    assert.deepEqual(
      first?.stages.map(({ stage, start: from, end }) => [stage, minutes(from), minutes(end)]),
      [
        ["claim", 0, 2],
        ["dispatch", 2, 4],
        ["assigned", 4, 5],
        ["working", 5, 9],
      ],
    );
    assert.deepEqual(first.end, {
      outcome: "failed",
      at: start + 9 * minuteMs,
      isObserved: false,
      reason: "tests fail",
    });
    assert.deepEqual(first.marks, [{ kind: "dispatch-failed", at: start + 2 * minuteMs, reason: "busy" }]);
    assert.deepEqual([second?.pane, second?.end], ["%2", undefined]);
  });

  it("marks failures that were retried, and ends in what took the bead away", () => {
    const history = History.of([
      event(0, "assigned", "a"),
      event(1, "failed", "a", { reason: "once" }),
      event(2, "retried", "a", { isObserved: true, retryCount: 1 }),
      event(3, "removed", "a", { isObserved: true }),
    ]);
    const [only] = assignmentsOfBead(history.ofBead("a"));
    assert.deepEqual(
      only?.marks.map(({ kind }) => kind),
      ["failed", "retried"],
    );
    assert.deepEqual([only.end?.outcome, only.end?.isObserved, only.retryCount], ["removed", true, 1]);
  });
});

describe("changes since a time", () => {
  it("counts each bead by its status", () => {
    const history = History.of([
      ...completed("before", 0, 1),
      ...completed("a", 0, 3),
      event(2, "failed", "b"),
      event(3, "failed", "c"),
      event(4, "retried", "c"),
      event(5, "removed", "a", { isObserved: true }),
    ]);
    const { completed: done, failed, events } = since(history, start + minuteMs);
    assert.deepEqual([done, failed, events.length], [1, 1, 5]);
  });
});

describe("Statistics", () => {
  const same = (agentType: string): string => agentType;
  const many = (count: number, lasts: (at: number) => number): HistoryEvent[] =>
    Array.from({ length: count }, (_, at) => completed(`bd-${at}`, at, at + lasts(at))).flat();

  it("say nothing where there are too few beads", () => {
    const assignments = recordedAssignments(History.of(many(2, () => 10)));
    const { throughput, failures, agents } = statistics(assignments, { start, end: start + 120 * minuteMs }, same);
    assert.deepEqual([throughput, failures], [undefined, undefined]);
    assert.deepEqual(agents, [{ kind: "cc", completed: 2, median: undefined, p90: undefined }]);
    assert.equal(stuckByExperience(workingTimes(recordedAssignments(History.of(many(9, () => 10))))), undefined);
  });

  it("come with the beads they rest on", () => {
    const assignments = recordedAssignments(
      History.of([...many(20, (at) => at + 1), ...["x", "y", "z"].map((id) => event(5, "failed", id))]),
    );
    const { throughput, failures, agents } = statistics(assignments, { start, end: start + 120 * minuteMs }, same);
    assert.deepEqual(
      [throughput, failures],
      [
        { value: 10, beads: 20 },
        { value: 1.5, beads: 3 },
      ],
    );
    const { median, p90 } = agents[0]!;
    assert.deepEqual(
      [median, p90],
      [
        { value: 10 * minuteMs, beads: 20 },
        { value: 18 * minuteMs, beads: 20 },
      ],
    );
  });

  it("count time in which a pane worked on two beads once", () => {
    const events = [...completed("a", 0, 20), ...completed("b", 10, 30), ...completed("c", 30, 45, { pane: "%2" })];
    const { panes } = statistics(recordedAssignments(History.of(events)), { start, end: start + 60 * minuteMs }, same);
    assert.deepEqual(
      [...panes],
      [
        ["%1", { value: 0.5, beads: 2 }],
        ["%2", { value: 0.5, beads: 1 }],
      ],
    );
  });

  it("call stuck what takes longer than nine in ten, but nothing below 15 minutes", () => {
    const limit = (lasts: (at: number) => number) =>
      stuckByExperience(workingTimes(recordedAssignments(History.of(many(10, lasts)))));
    const [slow, quick] = [limit((at) => 20 + at), limit(() => 1)];
    assert.deepEqual(slow, { limitMs: 28 * minuteMs, usualMs: 28 * minuteMs, beads: 10 });
    assert.deepEqual(quick, { limitMs: 15 * minuteMs, usualMs: minuteMs, beads: 10 });
  });
});

describe("CSV", () => {
  it("quotes what needs it, and leaves no formula", () => {
    const hostile = ['=HYPERLINK("http://x")', "+1", "-1", "@x", "\tx", "\rx", 'a "b", c', "two\nlines", "plain"];
    const csv = eventsAsCsv(hostile.map((reason) => event(0, "failed", "a", { reason })));
    const reasons = csv
      .split("\r\n")
      .slice(1, -1)
      .map((line) => line.split(",0,")[1]);
    assert.deepEqual(reasons, [
      `"'=HYPERLINK(""http://x"")"`,
      "'+1",
      "'-1",
      "'@x",
      "'\tx",
      `"'\rx"`,
      '"a ""b"", c"',
      '"two\nlines"',
      "plain",
    ]);
    assert.equal(csv.split("\r\n")[0]?.split(",").length, 11);
  });
});
