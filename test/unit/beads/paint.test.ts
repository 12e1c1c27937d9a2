import "../../support/editorWords";
import * as assert from "node:assert/strict";
import { noFilter } from "../../../src/beads/filter";
import { BeadsGaze } from "../../../src/beads/gaze";
import type { BeadsNode } from "../../../src/beads/nodes";
import { BeadsTree } from "../../../src/beads/tree";
import { attentionIn } from "../../../src/session/attention";
import type { SessionSnapshot } from "../../../src/session/snapshot";
import { Paint } from "../../../src/tree/paint";
import { LedgerOfRows } from "../../support/ledgerOfRows";

const start = Date.parse("2026-11-22T10:12:00Z");
const minute = 60_000;

describe("what is painted anew", () => {
  let ledger: LedgerOfRows;
  let paint: Paint<BeadsNode>;
  let tree: BeadsTree | undefined;
  beforeEach(() => {
    ledger = new LedgerOfRows();
    paint = new Paint();
    tree = undefined;
  });
  afterEach(() => {
    ledger.remove();
  });

  function gazeAt(snapshot: SessionSnapshot, now: number): [BeadsTree, BeadsGaze] {
    tree = new BeadsTree(snapshot, { grouping: "pane", filter: noFilter }, tree);
    const attention = attentionIn(snapshot, { assigned: 60, working: 0, claiming: 0, claimed: 0 }, now);
    return [tree, new BeadsGaze(tree, attention, now)];
  }
  /** As the editor does: everything is asked for, folds last. */
  function paintAll(snapshot: SessionSnapshot, { folds = true, now = start } = {}): void {
    const [grown, gaze] = gazeAt(snapshot, now);
    const visit = (node: BeadsNode | undefined): void => {
      const children = grown.children(node);
      paint.gaveChildren(node, children);
      for (const child of children) {
        paint.gaveItem(child, gaze.face(child) ?? assert.fail(), gaze.basis(child) ?? assert.fail());
        if (child.kind !== "row" && (folds || child.kind !== "finished")) visit(child);
      }
    };
    visit(undefined);
  }
  function outdated(snapshot: SessionSnapshot, now = start): string[] | "everything" {
    const [grown, gaze] = gazeAt(snapshot, now);
    const nodes = paint.outdated(grown, gaze);
    return nodes === "everything" ? nodes : nodes.map(({ id }) => id).sort();
  }

  const a = { bead_id: "a" };
  const b = { bead_id: "b", pane: 2 };
  const c = { bead_id: "c", pane: 2, status: "completed", completed_at: "2026-11-22T10:01:00Z" };

  it("is nothing when nothing changed", async () => {
    const snapshot = await ledger.with(a, b, c);
    paintAll(snapshot);
    assert.deepEqual(outdated(snapshot), []);
    assert.deepEqual(outdated(await ledger.with(a, b, c)), []);
  });

  it("is told once, however long the editor takes to ask for it", async () => {
    paintAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with(a, { ...b, status: "working" }, c)), ["pane:2", "row:b"]);
    assert.deepEqual(outdated(await ledger.with({ ...a, bead_title: "Other" }, { ...b, status: "working" }, c)), [
      "row:a",
    ]);
  });

  it("is a row and its pane when the row's status changed", async () => {
    paintAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with({ ...a, status: "working" }, b, c)), ["pane:1", "row:a"]);
  });

  it("is the row alone when only its own line changed", async () => {
    paintAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with({ ...a, bead_title: "Other" }, b, c)), ["row:a"]);
  });

  it("is the row when only its hover changed", async () => {
    paintAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with({ ...a, claim_actor: "BlueLake" }, b, c)), ["row:a"]);
  });

  it("is a row with all its ancestors when it goes into the fold", async () => {
    paintAll(await ledger.with(a, b, c));
    const done = { ...b, status: "completed", completed_at: "2026-11-22T10:02:00Z" };
    assert.deepEqual(outdated(await ledger.with(a, done, c)), ["finished:pane:2", "pane:2", "row:b"]);
  });

  it("is a pane whose rows changed places, though it counts the same", async () => {
    const [first, second] = [{ bead_id: "1" }, { bead_id: "2", status: "working" }];
    paintAll(await ledger.with(first, second));
    const swapped = await ledger.with({ ...first, status: "working" }, { ...second, status: "assigned" });
    assert.deepEqual(outdated(swapped), ["pane:1", "row:1", "row:2"]);
  });

  it("is a pane that lost a row, and the row no more", async () => {
    paintAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with(a, c)), ["pane:2"]);
  });

  it("is everything when a pane came or went", async () => {
    paintAll(await ledger.with(a));
    assert.equal(outdated(await ledger.with(a, b)), "everything");
  });

  it("is nothing of what the editor never asked for", async () => {
    paintAll(await ledger.with(a, b, c), { folds: false });
    const later = { ...c, completed_at: "2026-11-22T10:02:00Z" };
    assert.deepEqual(outdated(await ledger.with(a, b, later)), []);
    assert.deepEqual(new Paint<BeadsNode>().outdated(...gazeAt(await ledger.with(a), start)), []);
  });

  it("is each row whose age reads differently, as time goes by", async () => {
    const old = { ...a, assigned_at: "2026-11-20T10:00:00Z" };
    const snapshot = await ledger.with(old, b);
    paintAll(snapshot);
    assert.deepEqual(outdated(snapshot, start + minute / 2), []);
    assert.deepEqual(outdated(snapshot, start + minute), ["row:b"]);
  });

  it("is a row that got stuck", async () => {
    const snapshot = await ledger.with(a, { ...b, status: "working" });
    paintAll(snapshot, { now: start + 47 * minute });
    assert.deepEqual(outdated(snapshot, start + 48 * minute), ["row:a", "row:b"]);
    const [, gaze] = gazeAt(snapshot, start + 48 * minute);
    assert.match(gaze.face({ kind: "row", id: "row:a", beadId: "a" })?.description ?? "", /stuck/);
  });

  it("is every row when the ledger can't be written any more: other verbs are offered", async () => {
    paintAll(await ledger.with(a, b));
    const unreadable = await ledger.withBytes("{");
    assert.deepEqual(outdated(unreadable), ["row:a", "row:b"]);
  });
});
