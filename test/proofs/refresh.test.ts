import "../support/vscodeStub";
import * as assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { inOrder, type Assignment } from "../../src/assignment";
import { noFilter } from "../../src/views/beads/filter";
import { BeadsPresenter } from "../../src/views/beads/presenter";
import type { BeadsNode } from "../../src/nodes";
import { BeadsTree, type TreeOptions } from "../../src/views/beads/beadsTree";
import { attentionIn, noAttention } from "../../src/session/attention";
import { rowsWithNewStatus } from "../../src/session/statusChanges";
import type { SessionSnapshot } from "../../src/session/sessionSnapshot";
import { RenderedTree } from "../../src/views/tree/renderedTree";
import type { TreeItemPresentation } from "../../src/views/tree/treeItem";
import { row } from "../support/foreignSave";
import { LedgerOfRows } from "../support/ledgerOfRows";
import { SeededRandom } from "../support/seededRandom";

const minute = 60_000;
const start = Date.parse("2026-11-22T10:00:00Z");
const timeAt = (minutes: number): string => new Date(start + minutes * minute).toISOString().replace(".000Z", "Z");
const paneKeys = [undefined, "%1", "%2", "%10", "%77"];
const agents = ["claude", "cc", "codex", "my-plugin"];
const statuses = ["assigned", "working", "failed", "completed", "reassigned", "claiming", "claimed", "pondering"];
const treeOptions: readonly TreeOptions[] = (["pane", "status", "agent", "attention"] as const).flatMap((grouping) =>
  [noFilter, { text: "", statuses: ["working", "failed"] }, { text: "title of b1", statuses: [] }].map((filter) => ({
    grouping,
    filter,
  })),
);

type Fields = Record<string, unknown> & { readonly bead_id: string };

describe("A refresh", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  for (const seed of [1, 2]) {
    it(`shows what a tree that is built anew shows, and fires only nodes whose item or children differ (seed ${seed})`, async () => {
      const dice = new SeededRandom(seed);
      const rows = new Map<string, Fields>();
      const screen = new Screen();
      let [shape, minutes, snapshot] = [treeOptions[0]!, 0, await ledger.with()];
      let stuckAfter = { assigned: 10, working: 30, claiming: 5, claimed: 0 };
      for (let step = 0; step < 300; step++) {
        for (let edits = dice.below(4); edits > 0; edits--) change(rows, dice, minutes);
        if (dice.below(12) === 0) shape = dice.oneOf(treeOptions);
        if (dice.below(15) === 0) stuckAfter = { ...stuckAfter, working: dice.below(60), claimed: dice.below(3) * 9 };
        if (dice.below(3) === 0) minutes += dice.below(8) === 0 ? -30 : dice.below(9);
        const before = snapshot;
        const fields = dice.below(20) === 0 ? dice.shuffled([...rows.values()]) : [...rows.values()];
        const isUnreadable = dice.below(25) === 0;
        snapshot = isUnreadable ? await ledger.withBytes("{") : await ledger.with(...fields);
        if (!isUnreadable) expectRows(snapshot, rows, before);
        assert.deepEqual(rowsWithNewStatus(before, snapshot), changedStatuses(before, snapshot));
        // Views don't see every one of them.
        const attention = attentionIn(snapshot, stuckAfter, start + minutes * minute);
        if (dice.below(4) > 0) screen.refresh(snapshot, shape, attention);
        if (dice.below(6) === 0) screen.tick(minutes);
      }
    }).timeout(20_000);
  }
});

function change(rows: Map<string, Fields>, dice: SeededRandom, minutes: number): void {
  const known = rows.size === 0 ? undefined : dice.oneOf([...rows.values()]);
  if (known === undefined || dice.below(4) === 0) {
    const beadId = `b${dice.below(40)}`;
    const pane = dice.below(3);
    const agent_type = dice.oneOf(agents);
    rows.set(beadId, { bead_id: beadId, pane, agent_type, assigned_at: timeAt(minutes), ...placed(dice) });
    return;
  }
  const { bead_id: beadId } = known;
  switch (dice.below(8)) {
    case 0:
      rows.delete(beadId);
      return;
    case 1:
      rows.set(beadId, { ...known, ...placed(dice), pane: dice.below(3) });
      return;
    case 2:
      rows.set(beadId, { ...known, bead_title: `Title of ${dice.below(99)}` });
      return;
    case 3:
      rows.set(beadId, { ...known, assigned_at: timeAt(minutes - dice.below(90)) });
      return;
    default: {
      const at = timeAt(minutes - dice.below(20));
      const times = { started_at: at, completed_at: at, failed_at: at, claim_started_at: at, claimed_at: at };
      const error = dice.below(4) === 0 ? { last_dispatch_error: "no such pane" } : {};
      rows.set(beadId, { ...known, status: dice.oneOf(statuses), ...times, ...error });
    }
  }
}

function placed(dice: SeededRandom): Record<string, unknown> {
  const key = dice.oneOf(paneKeys);
  return { occupancy_key: key, dispatch_target: key };
}

/** All rows are there, in order, and unchanged ones are the same objects as before. */
function expectRows(snapshot: SessionSnapshot, rows: ReadonlyMap<string, Fields>, before: SessionSnapshot): void {
  assert.deepEqual(snapshot.rows, inOrder([...snapshot.rows].reverse()));
  const shown = Object.fromEntries(snapshot.rows.map((one) => [one.bead_id, one]));
  const saved = [...rows].map(([beadId, fields]) => [beadId, JSON.parse(JSON.stringify(row(beadId, fields)))] as const);
  assert.deepEqual(shown, Object.fromEntries(saved));
  for (const one of snapshot.rows) {
    assert.equal(snapshot.get(one.bead_id), one);
    const former = before.get(one.bead_id);
    // Rows are dropped once the ledger can't be read.
    if (!before.isStale && JSON.stringify(former) === JSON.stringify(one)) assert.equal(one, former);
  }
}

function changedStatuses(before: SessionSnapshot, after: SessionSnapshot): Assignment[] {
  if (!before.exists || after.isStale) return [];
  const timeOf = ({ status, assigned_at, completed_at, failed_at }: Assignment): unknown =>
    ({ assigned: assigned_at, completed: completed_at, failed: failed_at })[status as string];
  return after.rows.filter((is) => {
    const was = before.rows.find(({ bead_id }) => bead_id === is.bead_id);
    return was?.status !== is.status || timeOf(was) !== timeOf(is);
  });
}

/** An editor that requests only the nodes of change events; everything is expanded. */
class Screen {
  private readonly renderedTree = new RenderedTree<BeadsNode>();
  private readonly shown = new Map<string, { presentation: TreeItemPresentation; children: readonly BeadsNode[] }>();
  private tree: BeadsTree | undefined;
  private attention = noAttention;
  private now = start;

  refresh(snapshot: SessionSnapshot, shape: TreeOptions, attention: typeof noAttention): void {
    const before = this.tree;
    this.attention = attention;
    this.tree = new BeadsTree(snapshot, shape, before);
    this.rerender();
    if (before !== undefined) expectKept(before, this.tree);
  }

  tick(minutes: number): void {
    this.now = start + minutes * minute;
    if (this.tree !== undefined) this.rerender();
  }

  private rerender(): void {
    const tree = this.tree!;
    const presenter = new BeadsPresenter(tree, this.attention, this.now, () => true);
    const outdated = this.shown.size === 0 ? "everything" : this.renderedTree.outdated(tree, presenter);
    if (outdated === "everything") {
      this.shown.clear();
      this.show(undefined, tree, presenter);
    } else {
      for (const node of outdated) {
        const before = this.shown.get(node.id);
        this.show(node, tree, presenter);
        const after = this.shown.get(node.id);
        assert.ok(
          node.kind === "row" || !isDeepStrictEqual(before, after),
          `${node.id} was fired, and looks as it did before`,
        );
      }
    }
    const fresh = new BeadsTree(tree.snapshot, tree.options);
    assert.deepEqual(
      this.drawn(undefined),
      drawn(fresh, new BeadsPresenter(fresh, this.attention, this.now, () => true)),
    );
    assert.equal(tree.hiddenCount, fresh.hiddenCount);
    for (const { bead_id: beadId } of tree.snapshot!.rows) {
      const [node, freshNode] = [tree.nodeOf(beadId), fresh.nodeOf(beadId)];
      assert.deepEqual(node && tree.parent(node), freshNode && fresh.parent(freshNode));
    }
  }

  private show(node: BeadsNode | undefined, tree: BeadsTree, presenter: BeadsPresenter): void {
    const children = tree.children(node);
    this.renderedTree.didRenderChildren(node, children);
    const presentation =
      node === undefined ? noStatus : (presenter.presentation(node) ?? assert.fail(`${node.id} has no presentation`));
    if (node !== undefined)
      this.renderedTree.didRenderItem(node, presentation, presenter.inputs(node) ?? assert.fail());
    const former = this.shown.get(node?.id ?? "")?.children;
    this.shown.set(node?.id ?? "", { presentation, children });
    for (const child of children) if (former?.includes(child) !== true) this.show(child, tree, presenter);
  }

  private drawn(node: BeadsNode | undefined): unknown {
    const { presentation, children } = this.shown.get(node?.id ?? "") ?? assert.fail(`${node?.id} isn't shown`);
    return { presentation, children: children.map((child) => this.drawn(child)) };
  }
}

const noStatus: TreeItemPresentation = {
  label: "",
  description: "",
  icon: "",
  color: undefined,
  contextValue: "",
  accessibilityLabel: "",
};

function drawn(tree: BeadsTree, presenter: BeadsPresenter, node?: BeadsNode): unknown {
  const children = tree.children(node).map((child) => drawn(tree, presenter, child));
  return { presentation: node === undefined ? noStatus : presenter.presentation(node), children };
}

/** A bead's node is the same object wherever its row moved. */
function expectKept(before: BeadsTree, after: BeadsTree): void {
  for (const { bead_id: beadId } of after.snapshot!.rows) {
    const node = before.snapshot?.get(beadId) === undefined ? undefined : before.nodeOf(beadId);
    if (node !== undefined && after.nodeOf(beadId) !== undefined) assert.equal(after.nodeOf(beadId), node);
  }
  const roots = new Map(before.roots.map((root) => [root.id, root]));
  for (const root of after.roots) assert.equal(roots.get(root.id) ?? root, root);
}
