// The tree in a real editor: its content, and which nodes are refreshed when a ledger changes.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { commandId } from "../../src/contributions";
import { noFilter } from "../../src/views/beads/filter";
import type { BeadsNode } from "../../src/nodes";
import { eventually } from "../support/eventually";
import { changeAsNtm, row } from "../support/foreignSave";
import { unprivileged } from "../support/unprivileged";
import { activated } from "./activated";
import { useHost } from "./hostTest";

describe("The beads view", () => {
  const host = useHost();
  let refreshed: (readonly string[] | "everything")[];
  let subscription: vscode.Disposable;

  before(async () => {
    const { beads } = await activated();
    await vscode.commands.executeCommand("ntmAssignments.beads.focus");
    await eventually(() => {
      assert.ok(beads.treeView.visible);
    });
    subscription = beads.provider.onDidChangeTreeData((nodes) => {
      refreshed.push(nodes === undefined ? "everything" : nodes.map(({ id }) => id).sort());
    });
  });
  beforeEach(() => {
    refreshed = [];
  });
  after(() => {
    subscription.dispose();
  });

  /** As if the editor had asked for the whole tree, as it does for what is expanded. */
  function renderAll(): void {
    const { provider } = host.internals.beads;
    for (const root of provider.getChildren()) {
      provider.getTreeItem(root);
      for (const child of provider.getChildren(root)) provider.getTreeItem(child);
    }
    refreshed = [];
  }

  function lines(): string[] {
    const { provider } = host.internals.beads;
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
      const stage = await host.showFixture(fixture);
      const all = Object.keys(stage.read().assignments).sort();
      const shown = [...host.internals.beads.provider.tree.rowsInOrder()].map(({ beadId }) => beadId).sort();
      assert.deepEqual(shown, all, fixture);
      assert.ok(lines().length > all.length);
    }
  });

  it("has items with what a screen reader, a menu and a refresh need", async () => {
    await host.show([row("bd-1", { prompt_sent: "Do it" })]);
    const { provider } = host.internals.beads;
    const node = provider.tree.nodeOf("bd-1");
    assert.ok(node);
    const item = provider.getTreeItem(node);
    assert.equal(item.id, "row:bd-1");
    assert.match(item.contextValue ?? "", /^assignment\+assigned\+.*has-prompt/);
    assert.match(item.accessibilityInformation?.label ?? "", /^bd-1, Title of bd-1, assigned for/);
    assert.equal(item.tooltip, undefined, "a hover is made when somebody looks");
    const { tooltip } = provider.resolveTreeItem(item, node);
    assert.ok(tooltip instanceof vscode.MarkdownString);
    assert.deepEqual(tooltip.isTrusted, { enabledCommands: [commandId("showDetails")] });
    assert.equal(tooltip.supportHtml ?? false, false);
    assert.equal(provider.getParent(node)?.id, "pane:1");
  });

  it("refreshes what a foreign change affects, and nothing else", async () => {
    const stage = await host.show([row("a"), row("b"), row("c", { pane: 2 })]);
    renderAll();
    changeAsNtm(stage.primary, ({ assignments }) => (assignments["b"] = row("b", { status: "working" })));
    await stage.shows("b", "working");
    await eventually(() => {
      assert.deepEqual(refreshed, [["pane:1", "row:b"]]);
    });
  });

  it("paints an own change once", async () => {
    const stage = await host.show([row("a", { occupancy_key: "%1" }), row("b")]);
    renderAll();
    await host.internals.session.store?.markWorking("a");
    await eventually(() => {
      assert.deepEqual(refreshed, [["pane:%1", "row:a"]]);
    });
    // When the later foreign change has been seen, every watcher event of the own change has been handled, too.
    changeAsNtm(stage.primary, ({ assignments }) => (assignments["b"] = row("b", { bead_title: "Later" })));
    await eventually(() => {
      assert.equal(refreshed.length, 2);
    });
    assert.deepEqual(refreshed[1], ["row:b"]);
  });

  it("keeps the selection when the selected row changes or is removed", async () => {
    const stage = await host.show([row("a"), row("b"), row("c")]);
    await host.internals.beads.reveal("b");
    await eventually(() => {
      assert.deepEqual(
        host.internals.beads.selection.map(({ id }) => id),
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
      assert.equal(refreshed.at(-1), "everything");
      assert.deepEqual(
        host.internals.beads.selection.map(({ id }) => id),
        ["row:b"],
      );
    });
  });

  it("reveals a finished row, and one that the filter hid", async () => {
    const finished = row("done", { status: "completed", completed_at: "2026-11-22T10:30:00Z" });
    await host.show([row("a"), finished]);
    await host.internals.beads.reveal("done");
    await eventually(() => {
      assert.deepEqual(
        host.internals.beads.selection.map(({ id }) => id),
        ["row:done"],
      );
    });
    const treeOptions = host.internals.treeOptions;
    await treeOptions.setFilter({ text: "nothing like it", statuses: [] });
    assert.deepEqual(lines(), []);
    await host.internals.beads.reveal("a");
    assert.equal(treeOptions.options.filter.text, "");
  });

  describe("on a ledger with a problem", () => {
    const good = [row("a"), row("b", { status: "working" })];

    async function turnedInto(bytes: string, ...more: readonly string[]): Promise<void> {
      const stage = await host.show(good);
      fs.writeFileSync(stage.primary, bytes);
      fs.writeFileSync(stage.backup, more[0] ?? bytes);
      await eventually(() => {
        assert.notEqual(host.internals.session.snapshot?.health.kind, "ok");
      });
    }
    function showsTheLastRows(message: RegExp): void {
      assert.match(host.internals.beads.treeView.message ?? "", message);
      assert.equal(host.internals.session.snapshot?.rows.length, 2);
      assert.equal(lines().length, 3);
    }

    const unreadable: readonly [what: string, bytes: () => string, message: RegExp][] = [
      ["torn", () => '{"session_name": "s", "assignments": {"a": {"bead', /incomplete or not valid JSON/],
      ["empty", () => "", /incomplete or not valid JSON/],
      [
        "of 50 MB",
        () => `{"x": "${"y".repeat(50_000_000)}"}`,
        /has 50 MB\. .* ntm keeps using it, so leave it where it is\./,
      ],
      ["another session's", () => '{"session_name":"other","assignments":{},"version":1}', /another session/],
    ];
    for (const [what, bytes, message] of unreadable) {
      it(`that is ${what}: keeps the last rows, and says what is wrong`, async () => {
        await turnedInto(bytes());
        showsTheLastRows(message);
        assert.match(host.internals.beads.treeView.message ?? "", /the last that could be read/);
      });
    }

    it("of a newer ntm: shows it as far as it can be read", async () => {
      const stage = await host.show(good);
      changeAsNtm(stage.primary, (content) => {
        content.version = 10;
        content.assignments["a"] = row("a", { bead_title: "From the future" });
      });
      await eventually(() => {
        assert.match(host.internals.beads.treeView.message ?? "", /newer version of ntm/);
      });
      assert.ok(lines().some((line) => line.includes("From the future")));
      const node = host.internals.beads.provider.tree.nodeOf("a");
      assert.ok(node);
      assert.doesNotMatch(host.internals.beads.provider.getTreeItem(node).contextValue ?? "", /can-/);
    });

    it("that is a folder: says so, and the other sessions still work", async () => {
      const stage = await host.show(good);
      fs.rmSync(stage.primary);
      fs.rmSync(stage.backup);
      fs.mkdirSync(stage.primary);
      await eventually(() => {
        assert.match(host.internals.beads.treeView.message ?? "", /isn't a file/);
      });
      await host.show([row("elsewhere")]);
      assert.ok(host.internals.session.snapshot?.get("elsewhere"));
      assert.equal(host.internals.beads.treeView.message, "");
    });

    it("that is a circle of links: says so", async () => {
      const stage = await host.show(good);
      fs.rmSync(stage.backup);
      fs.rmSync(stage.primary);
      fs.symlinkSync("assignments.json", stage.primary);
      await eventually(() => {
        assert.match(host.internals.beads.treeView.message ?? "", /a symbolic link/);
      });
    });

    it("that may not be read: says so", async () => {
      const stage = await host.show(good);
      await unprivileged(os.homedir(), async () => {
        fs.chmodSync(stage.primary, 0);
        fs.chmodSync(stage.backup, 0);
        await eventually(() => {
          assert.match(host.internals.beads.treeView.message ?? "", /have permission to read/);
        });
      });
    });

    it("that vanishes is gone, and is there again when it comes back", async () => {
      const stage = await host.show(good);
      const { primary } = stage;
      const aside = `${path.dirname(primary)}-aside`;
      fs.renameSync(path.dirname(primary), aside);
      await eventually(() => {
        assert.notEqual(host.internals.session.snapshot?.path, primary);
      });
      fs.renameSync(aside, path.dirname(primary));
      await eventually(() => {
        assert.equal(host.internals.session.snapshot?.path, primary);
        assert.equal(host.internals.session.snapshot.rows.length, 2);
      });
    });
  });

  it("shows what needs attention alone when the filter asks for it", async () => {
    const { beads, treeOptions } = host.internals;
    const stage = await host.show([
      row("bd-1", { status: "working", assigned_at: new Date().toISOString(), started_at: new Date().toISOString() }),
      row("bd-2", { status: "failed", fail_reason: "tests fail" }),
    ]);
    const shownRows = (): string[] =>
      [...beads.provider.tree.roots]
        .flatMap((root) => beads.provider.getChildren(root))
        .flatMap((node) => (node.kind === "row" ? [node.beadId] : []));
    assert.deepEqual(shownRows().sort(), ["bd-1", "bd-2"]);
    host.dialogs.next("$(warning) needs attention");
    await vscode.commands.executeCommand(commandId("filterStatus"));
    assert.deepEqual(shownRows(), ["bd-2"]);
    assert.match(beads.treeView.description ?? "", /needs attention/);
    // It is asked anew with every change.
    changeAsNtm(stage.primary, ({ assignments }) => {
      assignments["bd-1"] = { ...assignments["bd-1"], status: "failed", failed_at: new Date().toISOString() };
    });
    await eventually(() => {
      assert.deepEqual(shownRows().sort(), ["bd-1", "bd-2"]);
    });
    await treeOptions.setFilter(noFilter);
  });

  it("lists a session with an illegal name as that, and goes on", async () => {
    const stage = await host.show([row("a")]);
    const folder = path.join(path.dirname(path.dirname(stage.primary)), "not a name");
    fs.cpSync(path.dirname(stage.primary), folder, { recursive: true });
    try {
      await eventually(() => {
        const entry = host.internals.session.list?.entries.find(({ sessionName }) => sessionName === "not a name");
        assert.deepEqual(entry?.problem, { kind: "illegal-name" });
      });
      await assert.rejects(host.internals.session.switchTo("not a name"), /Invalid session name/);
      assert.equal(host.internals.session.snapshot?.sessionName, stage.sessionName);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
