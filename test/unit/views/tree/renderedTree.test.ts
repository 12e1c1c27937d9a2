import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { noFilter } from "../../../../src/views/beads/filter";
import { BeadsPresenter } from "../../../../src/views/beads/presenter";
import type { BeadsNode } from "../../../../src/nodes";
import { BeadsTree } from "../../../../src/views/beads/beadsTree";
import { attentionIn } from "../../../../src/session/attention";
import type { SessionSnapshot } from "../../../../src/session/sessionSnapshot";
import { RenderedTree } from "../../../../src/views/tree/renderedTree";
import { LedgerOfRows } from "../../../support/ledgerOfRows";

const start = Date.parse("2026-11-22T10:12:00Z");
const minute = 60_000;

describe("the outdated nodes", () => {
  let ledger: LedgerOfRows;
  let rendered: RenderedTree<BeadsNode>;
  let tree: BeadsTree | undefined;
  beforeEach(() => {
    ledger = new LedgerOfRows();
    rendered = new RenderedTree();
    tree = undefined;
  });
  afterEach(() => {
    ledger.remove();
  });

  function present(snapshot: SessionSnapshot, now: number): [BeadsTree, BeadsPresenter] {
    tree = new BeadsTree(snapshot, { grouping: "pane", filter: noFilter }, tree);
    const attention = attentionIn(snapshot, { assigned: 60, working: 0, claiming: 0, claimed: 0 }, now);
    return [tree, new BeadsPresenter(tree, attention, now, () => true)];
  }
  /** Requests everything, as the editor does, finished rows last. */
  function renderAll(snapshot: SessionSnapshot, { folds = true, now = start } = {}): void {
    const [current, presenter] = present(snapshot, now);
    const visit = (node: BeadsNode | undefined): void => {
      const children = current.children(node);
      rendered.didRenderChildren(node, children);
      for (const child of children) {
        rendered.didRenderItem(
          child,
          presenter.presentation(child) ?? assert.fail(),
          presenter.inputs(child) ?? assert.fail(),
        );
        if (child.kind !== "row" && (folds || child.kind !== "finished")) visit(child);
      }
    };
    visit(undefined);
  }
  function outdated(snapshot: SessionSnapshot, now = start): string[] | "everything" {
    const [current, presenter] = present(snapshot, now);
    const nodes = rendered.outdated(current, presenter);
    return nodes === "everything" ? nodes : nodes.map(({ id }) => id).sort();
  }

  const a = { bead_id: "a" };
  const b = { bead_id: "b", pane: 2 };
  const c = { bead_id: "c", pane: 2, status: "completed", completed_at: "2026-11-22T10:01:00Z" };

  it("are none if nothing changed", async () => {
    const snapshot = await ledger.with(a, b, c);
    renderAll(snapshot);
    assert.deepEqual(outdated(snapshot), []);
    assert.deepEqual(outdated(await ledger.with(a, b, c)), []);
  });

  it("are returned once, however long the editor takes to request them", async () => {
    renderAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with(a, { ...b, status: "working" }, c)), ["pane:2", "row:b"]);
    assert.deepEqual(outdated(await ledger.with({ ...a, bead_title: "Other" }, { ...b, status: "working" }, c)), [
      "row:a",
    ]);
  });

  it("are a row and its pane if the row's status changed", async () => {
    renderAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with({ ...a, status: "working" }, b, c)), ["pane:1", "row:a"]);
  });

  it("are only the row if only its own presentation changed", async () => {
    renderAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with({ ...a, bead_title: "Other" }, b, c)), ["row:a"]);
  });

  it("are the row if only its hover changed", async () => {
    renderAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with({ ...a, claim_actor: "BlueLake" }, b, c)), ["row:a"]);
  });

  it("are a row and all its ancestors when it is finished", async () => {
    renderAll(await ledger.with(a, b, c));
    const done = { ...b, status: "completed", completed_at: "2026-11-22T10:02:00Z" };
    assert.deepEqual(outdated(await ledger.with(a, done, c)), ["finished:pane:2", "pane:2", "row:b"]);
  });

  it("are a pane whose rows changed their order, with the same counts", async () => {
    const [first, second] = [{ bead_id: "1" }, { bead_id: "2", status: "working" }];
    renderAll(await ledger.with(first, second));
    const swapped = await ledger.with({ ...first, status: "working" }, { ...second, status: "assigned" });
    assert.deepEqual(outdated(swapped), ["pane:1", "row:1", "row:2"]);
  });

  it("are a pane that lost a row, without the row", async () => {
    renderAll(await ledger.with(a, b, c));
    assert.deepEqual(outdated(await ledger.with(a, c)), ["pane:2"]);
  });

  it("are everything when a pane was added or removed", async () => {
    renderAll(await ledger.with(a));
    assert.equal(outdated(await ledger.with(a, b)), "everything");
  });

  it("include nothing that the editor never requested", async () => {
    renderAll(await ledger.with(a, b, c), { folds: false });
    const later = { ...c, completed_at: "2026-11-22T10:02:00Z" };
    assert.deepEqual(outdated(await ledger.with(a, b, later)), []);
    assert.deepEqual(new RenderedTree<BeadsNode>().outdated(...present(await ledger.with(a), start)), []);
  });

  it("are the rows whose age changed as time passes", async () => {
    const old = { ...a, assigned_at: "2026-11-20T10:00:00Z" };
    const snapshot = await ledger.with(old, b);
    renderAll(snapshot);
    assert.deepEqual(outdated(snapshot, start + minute / 2), []);
    assert.deepEqual(outdated(snapshot, start + minute), ["row:b"]);
  });

  it("include a row that became stuck", async () => {
    const snapshot = await ledger.with(a, { ...b, status: "working", started_at: "2026-11-22T10:00:00Z" });
    renderAll(snapshot, { now: start + 47 * minute });
    assert.deepEqual(outdated(snapshot, start + 48 * minute), ["row:a", "row:b"]);
    const [, presenter] = present(snapshot, start + 48 * minute);
    assert.match(presenter.presentation({ kind: "row", id: "row:a", beadId: "a" })?.description ?? "", /stuck/);
  });

  it("are all rows when the ledger becomes read-only, which changes the commands offered", async () => {
    renderAll(await ledger.with(a, b));
    const unreadable = await ledger.withBytes("{");
    assert.deepEqual(outdated(unreadable), ["row:a", "row:b"]);
  });
});
