// The tree in a real editor: what it is made of, and what of it is painted anew when a ledger changes.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import type { BeadsNode } from "../../src/beads/nodes";
import { eventually } from "../support/eventually";
import { changeAsNtm, row } from "../support/foreignSave";
import { activated, type Internals } from "./activated";
import { LedgerStage } from "./ledgerStage";

describe("The beads view", () => {
  let internals: Internals;
  let stage: LedgerStage | undefined;
  let painted: (readonly string[] | "everything")[];
  let listening: vscode.Disposable;

  before(async () => {
    internals = await activated();
    await vscode.commands.executeCommand("ntmAssignments.beads.focus");
    await eventually(() => {
      assert.ok(internals.beads.treeView.visible);
    });
    listening = internals.beads.provider.onDidChangeTreeData((nodes) => {
      painted.push(nodes === undefined ? "everything" : nodes.map(({ id }) => id).sort());
    });
  });
  beforeEach(() => {
    painted = [];
  });
  afterEach(() => {
    stage?.remove();
  });
  after(() => {
    listening.dispose();
  });

  /** As if the editor had asked for the whole tree, as it does for what is unfolded. */
  function paintAll(): void {
    const { provider } = internals.beads;
    for (const root of provider.getChildren()) {
      provider.getTreeItem(root);
      for (const child of provider.getChildren(root)) provider.getTreeItem(child);
    }
    painted = [];
  }

  function lines(): string[] {
    const { provider } = internals.beads;
    const below = (node: BeadsNode | undefined, indent: string): string[] =>
      provider.getChildren(node).flatMap((child) => {
        const { label, description } = provider.getTreeItem(child);
        return [
          `${indent}${typeof label === "string" ? label : ""} | ${String(description)}`,
          ...below(child, `${indent}  `),
        ];
      });
    return below(undefined, "");
  }

  it("has every row of ntm's own ledgers once, under its pane", async () => {
    for (const fixture of ["schema1/plain", "schema9/plain", "schema9/atomic"]) {
      stage = await LedgerStage.ofFixture(internals, fixture);
      const all = Object.keys(stage.read().assignments).sort();
      const shown = [...internals.beads.provider.tree.rowsInOrder()].map(({ beadId }) => beadId).sort();
      assert.deepEqual(shown, all, fixture);
      assert.ok(lines().length > all.length);
      stage.remove();
    }
  });

  it("has items with what a screen reader, a menu and a refresh need", async () => {
    stage = await LedgerStage.ofRows(internals, [row("bd-1", { prompt_sent: "Do it" })]);
    const { provider } = internals.beads;
    const node = provider.tree.nodeOf("bd-1");
    assert.ok(node);
    const item = provider.getTreeItem(node);
    assert.equal(item.id, "row:bd-1");
    assert.match(item.contextValue ?? "", /^assignment\+assigned\+.*has-prompt/);
    assert.match(item.accessibilityInformation?.label ?? "", /^bd-1, Title of bd-1, assigned for/);
    assert.equal(item.tooltip, undefined, "a hover is made when somebody looks");
    const { tooltip } = await provider.resolveTreeItem(item, node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.deepEqual([tooltip.isTrusted ?? false, tooltip.supportHtml ?? false], [false, false]);
    assert.equal(provider.getParent(node)?.id, "pane:1");
  });

  it("paints a foreign change anew, and nothing besides", async () => {
    stage = await LedgerStage.ofRows(internals, [row("a"), row("b"), row("c", { pane: 2 })]);
    paintAll();
    changeAsNtm(stage.primary, ({ assignments }) => (assignments["b"] = row("b", { status: "working" })));
    await stage.shows("b", "working");
    assert.deepEqual(painted, [["pane:1", "row:b"]]);
  });

  it("paints an own change once", async () => {
    stage = await LedgerStage.ofRows(internals, [row("a", { occupancy_key: "%1" }), row("b")]);
    paintAll();
    await internals.session.store?.markWorking("a");
    assert.deepEqual(painted, [["pane:%1", "row:a"]]);
    // By the time a later foreign change is seen, whatever the watcher told of the own one has been seen too.
    changeAsNtm(stage.primary, ({ assignments }) => (assignments["b"] = row("b", { bead_title: "Later" })));
    await eventually(() => {
      assert.equal(painted.length, 2);
    });
    assert.deepEqual(painted[1], ["row:b"]);
  });

  it("keeps what is selected selected, whatever becomes of its row", async () => {
    stage = await LedgerStage.ofRows(internals, [row("a"), row("b"), row("c")]);
    await internals.beads.reveal("b");
    await eventually(() => {
      assert.deepEqual(
        internals.beads.selection.map(({ id }) => id),
        ["row:b"],
      );
    });
    changeAsNtm(stage.primary, ({ assignments }) => {
      assignments["b"] = row("b", { status: "failed" });
      assignments["d"] = row("d", { pane: 0 });
      delete assignments["a"];
    });
    await stage.shows("b", "failed");
    await eventually(() => {
      assert.equal(painted.at(-1), "everything");
      assert.deepEqual(
        internals.beads.selection.map(({ id }) => id),
        ["row:b"],
      );
    });
  });

  it("reveals a finished row, and one that the filter hid", async () => {
    const finished = row("done", { status: "completed", completed_at: "2026-11-22T10:30:00Z" });
    stage = await LedgerStage.ofRows(internals, [row("a"), finished]);
    await internals.beads.reveal("done");
    await eventually(() => {
      assert.deepEqual(
        internals.beads.selection.map(({ id }) => id),
        ["row:done"],
      );
    });
    const shapes = internals.shapes;
    await shapes.setFilter({ text: "nothing like it", statuses: [] });
    assert.deepEqual(lines(), []);
    await internals.beads.reveal("a");
    assert.equal(shapes.shape.filter.text, "");
  });

  describe("on a ledger in trouble", () => {
    const good = [row("a"), row("b", { status: "working" })];

    async function turnedInto(bytes: string, ...more: readonly string[]): Promise<void> {
      stage = await LedgerStage.ofRows(internals, good);
      fs.writeFileSync(stage.primary, bytes);
      fs.writeFileSync(stage.backup, more[0] ?? bytes);
      await eventually(() => {
        assert.notEqual(internals.session.snapshot?.health.kind, "ok");
      });
    }
    function showsTheLastRows(message: RegExp): void {
      assert.match(internals.beads.treeView.message ?? "", message);
      assert.equal(internals.session.snapshot?.rows.length, 2);
      assert.equal(lines().length, 3);
    }

    const unreadable: readonly [what: string, bytes: () => string, message: RegExp][] = [
      ["torn", () => '{"session_name": "s", "assignments": {"a": {"bead', /cut off, or isn't JSON/],
      ["empty", () => "", /cut off, or isn't JSON/],
      ["of 50 MB", () => `{"x": "${"y".repeat(50_000_000)}"}`, /too large/],
      ["another session's", () => '{"session_name":"other","assignments":{},"version":1}', /another session/],
    ];
    for (const [what, bytes, message] of unreadable) {
      it(`that is ${what}: keeps the last rows, and says what is wrong`, async () => {
        await turnedInto(bytes());
        showsTheLastRows(message);
        assert.match(internals.beads.treeView.message ?? "", /the last that could be read/);
      });
    }

    it("of a newer ntm: shows it as far as it can be read", async () => {
      stage = await LedgerStage.ofRows(internals, good);
      changeAsNtm(stage.primary, (content) => {
        content.version = 10;
        content.assignments["a"] = row("a", { bead_title: "From the future" });
      });
      await eventually(() => {
        assert.match(internals.beads.treeView.message ?? "", /newer ntm/);
      });
      assert.ok(lines().some((line) => line.includes("From the future")));
      const node = internals.beads.provider.tree.nodeOf("a");
      assert.ok(node);
      assert.doesNotMatch(internals.beads.provider.getTreeItem(node).contextValue ?? "", /can-/);
    });

    it("that is a folder: says so, and the other sessions still work", async () => {
      stage = await LedgerStage.ofRows(internals, good);
      fs.rmSync(stage.primary);
      fs.rmSync(stage.backup);
      fs.mkdirSync(stage.primary);
      await eventually(() => {
        assert.match(internals.beads.treeView.message ?? "", /isn't a file/);
      });
      stage.remove();
      stage = await LedgerStage.ofRows(internals, [row("elsewhere")]);
      assert.ok(internals.session.snapshot?.get("elsewhere"));
      assert.equal(internals.beads.treeView.message, "");
    });

    it("that is a circle of links: says so", async () => {
      stage = await LedgerStage.ofRows(internals, good);
      fs.rmSync(stage.backup);
      fs.rmSync(stage.primary);
      fs.symlinkSync("assignments.json", stage.primary);
      await eventually(() => {
        assert.match(internals.beads.treeView.message ?? "", /a link/);
      });
    });

    it("that may not be read: says so", async function () {
      if (process.getuid?.() === 0) this.skip(); // Nothing is forbidden to root.
      stage = await LedgerStage.ofRows(internals, good);
      fs.chmodSync(stage.primary, 0);
      fs.chmodSync(stage.backup, 0);
      await eventually(() => {
        assert.match(internals.beads.treeView.message ?? "", /may not be read/);
      });
    });

    it("that vanishes is gone, and is there again when it comes back", async () => {
      stage = await LedgerStage.ofRows(internals, good);
      const { primary } = stage;
      const aside = `${path.dirname(primary)}-aside`;
      fs.renameSync(path.dirname(primary), aside);
      await eventually(() => {
        assert.notEqual(internals.session.snapshot?.path, primary);
      });
      fs.renameSync(aside, path.dirname(primary));
      await eventually(() => {
        assert.equal(internals.session.snapshot?.path, primary);
        assert.equal(internals.session.snapshot.rows.length, 2);
      });
    });
  });

  it("lists a session with an illegal name as that, and goes on", async () => {
    stage = await LedgerStage.ofRows(internals, [row("a")]);
    const folder = path.join(path.dirname(path.dirname(stage.primary)), "not a name");
    fs.cpSync(path.dirname(stage.primary), folder, { recursive: true });
    try {
      await eventually(() => {
        const entry = internals.session.list?.entries.find(({ sessionName }) => sessionName === "not a name");
        assert.deepEqual(entry?.trouble, { kind: "illegal-name" });
      });
      await assert.rejects(internals.session.switchTo("not a name"), /Invalid session name/);
      assert.equal(internals.session.snapshot?.sessionName, stage.sessionName);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
