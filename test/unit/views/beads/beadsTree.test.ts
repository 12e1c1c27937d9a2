import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { noFilter, type Filter } from "../../../../src/views/beads/filter";
import { BeadsPresenter } from "../../../../src/views/beads/presenter";
import type { BeadsNode, Grouping } from "../../../../src/nodes";
import { BeadsTree } from "../../../../src/views/beads/beadsTree";
import { attentionIn, noAttention } from "../../../../src/session/attention";
import type { Pane } from "../../../../src/session/sessionPane";
import type { SessionSnapshot } from "../../../../src/session/sessionSnapshot";
import type { PaneStatus } from "../../../../src/views/panes/livePanes";
import { treeText } from "../../../support/treeText";
import { LedgerOfRows } from "../../../support/ledgerOfRows";

/** Twelve minutes after the rows were assigned. */
const now = Date.parse("2026-11-22T10:12:00Z");

describe("the tree of beads", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  const grow = (
    snapshot: SessionSnapshot,
    { grouping = "pane", filter = noFilter, before }: { grouping?: Grouping; filter?: Filter; before?: BeadsTree } = {},
  ): BeadsTree => new BeadsTree(snapshot, { grouping, filter }, before);
  const drawn = (tree: BeadsTree): string[] => {
    const presenter = new BeadsPresenter(tree, noAttention, now, () => true);
    return treeText<BeadsNode>(tree, (node) => presenter.presentation(node));
  };

  it("has a node for each pane: rows in flight first, those that need attention before others, finished ones collapsed", async () => {
    const snapshot = await ledger.with(
      { bead_id: "f", status: "claiming" },
      { bead_id: "e", status: "claimed" },
      { bead_id: "d", status: "assigned" },
      { bead_id: "c", status: "working", started_at: "2026-11-22T10:05:00Z" },
      { bead_id: "b", status: "failed", failed_at: "2026-11-22T10:11:00Z", fail_reason: "no tests" },
      { bead_id: "a", status: "completed", completed_at: "2026-11-22T10:10:00Z" },
      { bead_id: "z", pane: 2, agent_type: "codex", agent_name: "GreenCastle" },
    );
    assert.deepEqual(drawn(grow(snapshot)), [
      "Pane 1 · claude: 1 failed · 1 working · 1 assigned · 1 claimed · 1 claiming",
      "  b: 1m · no tests · Title of b",
      "  c: 7m · Title of c",
      "  d: 12m · Title of d",
      "  e: waiting for prompt · Title of e",
      "  f: claiming · Title of f",
      "  Finished (1)",
      "    a: 2m · Title of a",
      "Pane 2 · codex: 1 assigned · GreenCastle",
      "  z: 12m · Title of z",
    ]);
  });

  it("distinguishes panes by their tmux ID, and shows it where the index is ambiguous", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a", occupancy_key: "%10", agent_name: "Ten" },
      { bead_id: "b", occupancy_key: "%9", agent_name: "Nine" },
      { bead_id: "c", dispatch_target: "%8", pane: 7 },
    );
    assert.deepEqual(drawn(grow(snapshot)), [
      "Pane 7 · claude: 1 assigned",
      "  c: 12m · Title of c",
      "Pane 1 (%9) · claude: 1 assigned · Nine",
      "  b: 12m · Title of b",
      "Pane 1 (%10) · claude: 1 assigned · Ten",
      "  a: 12m · Title of a",
    ]);
  });

  it("names a pane after the agent that works there now", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a", agent_type: "cc", agent_name: "New", assigned_at: "2026-11-22T10:01:00Z" },
      { bead_id: "b", agent_type: "gmi", agent_name: "Old", assigned_at: "2026-11-22T10:00:00Z" },
      { bead_id: "c", status: "completed", agent_name: "Done", assigned_at: "2026-11-22T10:02:00Z" },
    );
    assert.equal(drawn(grow(snapshot))[0], "Pane 1 · claude: 2 assigned · New");
  });

  it("shows an unknown status as it is, after the others", async () => {
    const snapshot = await ledger.with({ bead_id: "a", status: "pondering" }, { bead_id: "b", status: "claiming" });
    assert.deepEqual(drawn(grow(snapshot)), [
      "Pane 1 · claude: 1 claiming · 1 pondering",
      "  b: claiming · Title of b",
      "  a: pondering · Title of a",
    ]);
  });

  it("shows the newest finished row first, and doesn't count a row being cleared as finished", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a", status: "completed", completed_at: "2026-11-22T10:01:00Z" },
      { bead_id: "b", status: "reassigned", completed_at: "2026-11-22T10:03:00Z" },
      { bead_id: "c", status: "completed", completed_at: "2026-11-22T10:02:00Z" },
      { bead_id: "d", status: "completed", completed_at: "2026-11-22T10:02:00Z", clear_state: "reservation_releasing" },
    );
    assert.deepEqual(drawn(grow(snapshot)), [
      "Pane 1 · claude: 1 completed",
      "  d: clearing · Title of d",
      "  Finished (3)",
      "    b: 9m · Title of b",
      "    c: 10m · Title of c",
      "    a: 11m · Title of a",
    ]);
  });

  it("groups by status, and by agent under one name for all its aliases", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a", agent_type: "cc" },
      { bead_id: "b", agent_type: "Claude-Code", status: "working", started_at: "2026-11-22T10:00:00Z" },
      { bead_id: "c", agent_type: "my-plugin", status: "completed", completed_at: "2026-11-22T10:00:00Z" },
    );
    assert.deepEqual(drawn(grow(snapshot, { grouping: "status" })), [
      "Working: 1",
      "  b: 12m · Pane 1 · claude · Title of b",
      "Assigned: 1",
      "  a: 12m · Pane 1 · claude · Title of a",
      "Completed: 1",
      "  c: 12m · Pane 1 · my-plugin · Title of c",
    ]);
    assert.deepEqual(drawn(grow(snapshot, { grouping: "agent" })), [
      "Claude Code: 1 working · 1 assigned",
      "  b: 12m · Pane 1 · claude · Title of b",
      "  a: 12m · Pane 1 · claude · Title of a",
      "my-plugin",
      "  Finished (1)",
      "    c: 12m · Pane 1 · my-plugin · Title of c",
    ]);
  });

  it("groups by what rows ask of the user, with the panes of agents that wait or have nothing to do", async () => {
    const snapshot = await ledger.with(
      { bead_id: "a", status: "working", started_at: "2026-11-22T10:00:00Z" },
      { bead_id: "b", status: "failed", failed_at: "2026-11-22T10:11:00Z", pane: 2 },
      { bead_id: "c", status: "working", started_at: "2026-11-22T08:00:00Z", pane: 3 },
      { bead_id: "d", pane: 3 },
      { bead_id: "e", status: "completed", completed_at: "2026-11-22T10:02:00Z", occupancy_key: "%4", pane: 4 },
      { bead_id: "f", status: "claimed", pane: 5 },
      { bead_id: "g", status: "failed", failed_at: "2026-11-22T10:01:00Z", pane: 6, fail_reason: "later" },
    );
    const attention = attentionIn(
      snapshot,
      { assigned: 0, working: 60, claiming: 0, claimed: 0 },
      now,
      undefined,
      ({ bead_id: beadId }) => (beadId === "g" ? Infinity : undefined),
    );
    const status = (condition: "free" | "waiting" | "busy"): PaneStatus => ({
      condition,
      isWarning: condition === "waiting",
      mark: () => condition,
      advice: "",
    });
    const unassigned = (index: number): Pane => ({
      identity: `%${index}`,
      paneId: `%${index}`,
      index,
      isAmbiguous: false,
      agentType: "codex",
      agentName: undefined,
      rows: [],
    });
    const paneStatuses = new Map([
      ["%4", status("free")],
      ["%7", status("waiting")],
      ["%8", status("free")],
      ["%9", status("busy")],
    ]);
    const panes = { paneStatuses, withoutRows: [7, 8, 9].map(unassigned) };
    const tree = new BeadsTree(snapshot, { grouping: "attention", filter: noFilter }, undefined, { panes, attention });
    const presenter = new BeadsPresenter(tree, attention, now, () => true);
    assert.deepEqual(
      treeText<BeadsNode>(tree, (node) => presenter.presentation(node)),
      [
        "Needs Attention: 3",
        "  b: 1m · Pane 2 · claude · Title of b",
        "  c: 2h stuck · Pane 3 · claude · Title of c",
        "  Pane 7 · codex: waiting",
        "Working: 1",
        "  a: 12m · Pane 1 · claude · Title of a",
        "Waiting to Start: 2",
        "  d: 12m · Pane 3 · claude · Title of d",
        "  f: waiting for prompt · Pane 5 · claude · Title of f",
        "Idle: 2",
        "  Pane 4 · claude: free",
        "  Pane 8 · codex: free",
        "Snoozed: 1",
        "  g: 11m · later · snoozed · Pane 6 · claude · Title of g",
        "Finished: 1",
        "  e: 10m · Pane 4 · claude · Title of e",
      ],
    );
    for (const root of tree.roots) for (const child of tree.children(root)) assert.equal(tree.parent(child), root);
  });

  it("omits rows hidden by the filter, and counts them", async () => {
    const snapshot = await ledger.with(
      { bead_id: "bd-1", bead_title: "Fix the parser" },
      { bead_id: "bd-2", bead_title: "Fix the lexer", status: "working" },
      { bead_id: "bd-3", pane: 2, bead_title: "Fix the parser again", status: "failed" },
    );
    const byText = grow(snapshot, { filter: { text: "PARSER fix", statuses: [] } });
    assert.deepEqual(
      drawn(byText).filter((line) => line.startsWith("  ")),
      ["  bd-1: 12m · Fix the parser", "  bd-3: Fix the parser again"],
    );
    assert.equal(byText.hiddenCount, 1);
    const byStatus = grow(snapshot, { filter: { text: "", statuses: ["working", "failed"] } });
    assert.deepEqual(byStatus.hiddenCount, 1);
    assert.equal(byStatus.nodeOf("bd-1"), undefined);
    assert.equal(grow(snapshot, { filter: { text: "nowhere", statuses: [] } }).roots.length, 0);
  });

  it("has each row exactly once, for any grouping and any ledger", async () => {
    for (const fixture of ["schema9/plain", "schema9/atomic"]) {
      const snapshot = await ledger.of(fixture);
      const all = snapshot.rows.map((row) => row.bead_id).sort();
      for (const grouping of ["pane", "status", "agent", "attention"] as const) {
        const tree = grow(snapshot, { grouping });
        assert.deepEqual([...tree.rowsInOrder()].map(({ beadId }) => beadId).sort(), all, `${fixture} by ${grouping}`);
        for (const node of tree.rowsInOrder()) {
          const parent = tree.parent(node);
          assert.ok(parent !== undefined && tree.children(parent).includes(node), `the parent of ${node.beadId}`);
        }
      }
    }
  });

  it("keeps nodes the same objects from tree to tree when their rows move", async () => {
    const before = grow(await ledger.with({ bead_id: "a" }, { bead_id: "b", status: "completed" }));
    const after = grow(
      await ledger.with({ bead_id: "a", status: "completed" }, { bead_id: "b", status: "completed" }, { bead_id: "c" }),
      { before },
    );
    assert.equal(after.roots[0], before.roots[0]);
    assert.equal(after.nodeOf("a"), before.nodeOf("a"));
    const [a, b] = [before.nodeOf("a"), before.nodeOf("b")];
    assert.ok(a !== undefined && b !== undefined);
    assert.equal(before.parent(a)?.kind, "pane");
    assert.equal(after.parent(a)?.kind, "finished");
    assert.equal(after.parent(b), before.parent(b));
  });
});
