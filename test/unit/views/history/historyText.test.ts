import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { previousOwners, previousOwnersLine, hoverMarkdown } from "../../../../src/views/beads/tooltip";
import { detailsText } from "../../../../src/views/beads/rowDetails";
import type { Assignment } from "../../../../src/assignment";
import type { EventKind, HistoryEvent } from "../../../../src/history/historyEvent";
import { History } from "../../../../src/history/history";
import { milliseconds } from "../../../../src/history/eventTime";
import { historyText } from "../../../../src/views/history/historyDocuments";
import { timelineStrings } from "../../../../src/messages/timeline";
import { englishStrings } from "../../../../src/timeline/strings";
import { row } from "../../../support/foreignSave";

const now = Date.parse("2026-11-24T12:00:00Z");

function event(time: string, kind: EventKind, fields: Partial<HistoryEvent> = {}): HistoryEvent {
  const common = {
    beadId: "bd-1",
    generation: "g1",
    pane: "%3",
    paneIndex: 3,
    agentType: "cod",
    agentName: "BlueLake",
  };
  return { kind, at: `2026-11-24T${time}:00.000000000Z`, ...common, ...fields };
}

const second = { generation: "g2", pane: "%4", paneIndex: 4, agentType: "cc", agentName: "RedStone" };
const events = [
  event("09:00", "assigned"),
  event("09:05", "working"),
  event("10:00", "failed", { reason: "tests fail" }),
  event("10:30", "replaced", { isObserved: true }),
  event("10:30", "assigned", second),
  event("11:00", "replaced", { ...second, isObserved: true }),
  event("11:00", "assigned", { generation: "g3" }),
];
const current = row("bd-1", { idempotency_key: "g3", assigned_at: "2026-11-24T11:00:00Z" }) as unknown as Assignment;

describe("Previous owners", () => {
  it("are listed with why the bead was given up, the latest first", () => {
    assert.deepEqual(previousOwners(current, events, now), [
      "Pane 4 (%4) · Claude Code · RedStone, reassigned 1 hour ago or earlier",
      "Pane 3 (%3) · Codex CLI · BlueLake, failed 2 hours ago: tests fail",
    ]);
  });

  it("are one line in the hover, and all of them in the details", () => {
    const markdown = hoverMarkdown(current, undefined, now, { events });
    assert.match(markdown, /Before&#58; Pane 4 .*RedStone.*and 1 earlier/);
    assert.match(
      detailsText(current, undefined, now, { events }),
      /Previous owners:\n {2}Pane 4.*\n {2}Pane 3.*tests fail/,
    );
    assert.equal(previousOwnersLine([]), "");
    assert.doesNotMatch(hoverMarkdown(current, undefined, now), /Before/);
  });

  it("can say nothing that a hover renders", () => {
    const hostile = events.map((one) => ({ ...one, reason: "[x](command:y) <b>", agentName: "**bold**" }));
    const markdown = hoverMarkdown(current, undefined, now, { events: hostile });
    assert.doesNotMatch(markdown.replace(/\[Show Details\]\(.*\)/, ""), /[<>[\]]|\*\*bold/);
  });
});

describe("The history as a text", () => {
  const history = History.of([...events, event("11:30", "completed", { beadId: "bd-2", pane: "%4", paneIndex: 4 })]);
  const text = (topic: object): string =>
    historyText({ sessionName: "atlas", ...topic }, history, (beadId) => `Title of ${beadId}`);

  it("of a bead has its owners, each with what happened", () => {
    const [heading, , ...lines] = text({ beadId: "bd-1" }).split("\n");
    assert.equal(heading, "bd-1 Title of bd-1");
    assert.deepEqual(
      lines.filter((line) => line.startsWith("Pane")),
      [
        "Pane 3 (%3) · Codex CLI · BlueLake",
        "Pane 4 (%4) · Claude Code · RedStone",
        "Pane 3 (%3) · Codex CLI · BlueLake",
      ],
    );
    assert.ok(lines.some((line) => line.endsWith("failed: tests fail")));
    assert.ok(lines.some((line) => /or earlier\s+replaced by another assignment$/.test(line)));
  });

  it("of a pane, or of a period, has what happened there and then", () => {
    assert.match(text({ pane: "%4" }), /^Pane %4 of atlas\n[^]*bd-1 assigned[^]*bd-2 completed/);
    const from = milliseconds("2026-11-24T11:00:00Z");
    const lines = text({ from, to: now }).trim().split("\n").slice(2);
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? "", /bd-2 completed/);
  });

  it("says when there is nothing", () => {
    assert.match(text({ beadId: "other" }), /Nothing has been recorded/);
  });

  it("has one line for each event, whatever is in it", () => {
    const hostile = History.of([event("09:00", "failed", { reason: "a\nb\u2028c", agentName: "x\ny" })]);
    assert.equal(historyText({ sessionName: "s", beadId: "bd-1" }, hostile, () => undefined).split("\n").length, 5);
  });
});

describe("The timeline's strings", () => {
  it("are the ones that its page is tested with", () => {
    assert.deepEqual(timelineStrings(), englishStrings);
  });
});
