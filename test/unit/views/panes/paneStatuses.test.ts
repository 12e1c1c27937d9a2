import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { noKnownPanes, type KnownPanes } from "../../../../src/views/panes/livePanes";
import { knownPanesAfter } from "../../../../src/views/panes/paneStatuses";
import { LedgerOfRows } from "../../../support/ledgerOfRows";
import { firstLookAt, livesAfter, livesOf } from "../../../support/paneLives";
import { created, minute, saying, tmuxPane } from "../../../support/tmuxPanes";
import type { TmuxPane } from "../../../../src/tmux/paneFormat";

const now = firstLookAt + 4 * minute;
const pane = (number: number, fields: Partial<TmuxPane> = {}): TmuxPane =>
  tmuxPane(number, { sessionName: "session", title: `session__cc_${number}`, ...fields });
const inPane = (number: number, bead_id: string, fields: object = {}): Record<string, unknown> => ({
  bead_id,
  pane: number,
  occupancy_key: `%${number}`,
  status: "working",
  assigned_at: new Date(created + minute).toISOString(),
  ...fields,
});

describe("how panes are shown", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  const marks = ({ paneStatuses }: KnownPanes): Record<string, string> =>
    Object.fromEntries([...paneStatuses].map(([id, paneStatus]) => [id, paneStatus.mark(now)]));

  it("says who is free, waits, or has exited, and counts them", async () => {
    const snapshot = await ledger.with(inPane(1, "a"), inPane(2, "b"));
    const panes = [
      pane(1),
      pane(2, saying("waiting permission", firstLookAt)),
      pane(3),
      pane(4, { isDead: true }),
      pane(5, saying("working -", firstLookAt)),
      pane(6, { title: "zsh", command: "zsh" }),
    ];
    const known = knownPanesAfter(noKnownPanes, livesAfter(snapshot, panes, panes), snapshot);
    assert.deepEqual(marks(known), {
      "%2": "waiting for permission · 4m",
      "%3": "free",
      "%4": "agent exited",
      "%5": "working without a bead",
    });
    assert.equal(known.summary, "5 agents: 2 working, 1 waiting, 1 free, 1 exited");
    assert.deepEqual(
      known.withoutRows.map(({ identity }) => identity),
      ["%3", "%4", "%5"],
    );
  });

  it("says who reached a usage limit, and whose work goes on in the background", async () => {
    const snapshot = await ledger.with(inPane(1, "a"), inPane(2, "b"));
    const panes = [
      pane(1, saying(`limit ${now / 1000 + 600}`, firstLookAt)),
      pane(2, saying("idle -", firstLookAt)),
      pane(3, saying("limit -", firstLookAt)),
      pane(4, saying("idle -", firstLookAt)),
      pane(5, saying("idle -", firstLookAt)),
    ];
    const processes = new Map([
      [1002, 1],
      [1004, 3],
      [1005, 0],
    ]);
    const known = knownPanesAfter(noKnownPanes, livesOf(snapshot, panes, processes), snapshot);
    const { "%1": limit, ...others } = marks(known);
    assert.match(limit ?? "", /^usage limit until \d\d:\d\d$/);
    assert.deepEqual(others, {
      "%2": "agent idle, 1 process running",
      "%3": "usage limit reached · 4m",
      "%4": "agent idle, 3 processes running",
      "%5": "free",
    });
    assert.equal(known.summary, "5 agents: 2 working, 2 at a usage limit, 1 free");
    const later = knownPanesAfter(known, livesOf(snapshot, panes, new Map([[1004, 2]])), snapshot);
    assert.equal(later.paneStatuses.get("%4")?.mark(now), "agent idle, 2 processes running");
    assert.equal(later.paneStatuses.get("%3"), known.paneStatuses.get("%3"));
    const ended = known.paneStatuses.get("%1")?.mark(now + 20 * minute);
    assert.match(ended ?? "", /^usage limit ended at \d\d:\d\d$/);
  });

  it("calls no pane free that a bead without a pane ID may be in", async () => {
    const snapshot = await ledger.with({ bead_id: "a", pane: 3, status: "working" });
    const known = knownPanesAfter(noKnownPanes, livesAfter(snapshot, [pane(3), pane(4)]), snapshot);
    assert.deepEqual(marks(known), { "%4": "free" });
  });

  it("calls no pane free whose beads are from an earlier run", async () => {
    const assigned_at = new Date(created - minute).toISOString();
    const snapshot = await ledger.with(inPane(3, "a", { assigned_at }), inPane(9, "b", { assigned_at }));
    const known = knownPanesAfter(noKnownPanes, livesAfter(snapshot, [pane(3)]), snapshot);
    assert.deepEqual(marks(known), { "%3": "earlier run", "%9": "earlier run" });
  });

  it("warns of a closed pane only when it had beads in flight", async () => {
    const snapshot = await ledger.with(inPane(1, "a"), inPane(2, "b", { status: "completed" }), inPane(3, "c"));
    const lives = livesAfter(snapshot, [pane(1), pane(2), pane(3)], [pane(3)], [pane(3)]);
    const { paneStatuses } = knownPanesAfter(noKnownPanes, lives, snapshot);
    assert.deepEqual(
      [...paneStatuses].map(([id, { condition, isWarning }]) => [id, condition, isWarning]),
      [
        ["%1", "gone", true],
        ["%2", "gone", false],
      ],
    );
  });

  it("is the same object when nothing changed, and nothing where nothing is known", async () => {
    const snapshot = await ledger.with(inPane(1, "a"));
    const lives = livesAfter(snapshot, [pane(1), pane(3)]);
    const known = knownPanesAfter(noKnownPanes, lives, snapshot);
    assert.equal(knownPanesAfter(known, lives, snapshot), known);
    const after = await ledger.with(inPane(1, "a", { status: "completed" }));
    const again = knownPanesAfter(known, lives, after);
    assert.equal(again.paneStatuses.get("%3"), known.paneStatuses.get("%3"));
    assert.equal(again.withoutRows, known.withoutRows);
    assert.equal(knownPanesAfter(known, lives, undefined), noKnownPanes);
  });
});
