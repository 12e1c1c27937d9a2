// The tracker in the editor: the Ready view, dragging from it, closing beads, and drift. A stand-in answers as `br`.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { BeadsDragAndDrop } from "../../src/views/beads/dragAndDrop";
import { commandId, prefix, viewIds } from "../../src/contributions";
import type { BeadsNode, ReadyNode } from "../../src/nodes";
import { eventually } from "../support/eventually";
import { row } from "../support/foreignSave";
import { printing } from "../support/standInBr";
import { TrackedProject, type TrackedBead } from "../support/trackedProject";
import { rowNode } from "./activated";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";

const in3 = { pane: 3, occupancy_key: "%3", dispatch_target: "%3", agent_type: "claude", agent_name: "BlueLake" };
const working = { status: "working", assigned_at: "2026-03-01T12:00:00Z", started_at: "2026-03-01T12:01:00Z" };
const leased = {
  idempotency_key: "key",
  claim_actor: "me/ntm-key",
  claim_state: "claimed",
  claimed_at: "2026-03-01T12:00:00Z",
  dispatch_state: "sent",
  reservation_state: "reserved",
  reservation_ids: [1],
  reserved_paths: ["a"],
};
const urgent: TrackedBead = { id: "bd-9", title: "Fix the parser", status: "open", priority: 0, labels: ["api"] };
const later: TrackedBead = { id: "bd-7", title: "Write the docs", status: "open", priority: 2, labels: [] };

describe("The tracker", () => {
  const host = useHost();
  const projects: TrackedProject[] = [];

  afterEach(async () => {
    for (const project of projects.splice(0)) project.remove();
    await vscode.workspace.getConfiguration(prefix).update("programs.br", undefined, vscode.ConfigurationTarget.Global);
  });

  async function track({ sessionName }: LedgerStage): Promise<TrackedProject> {
    const project = new TrackedProject(os.homedir(), sessionName);
    projects.push(project);
    const { program } = project.br;
    await vscode.workspace.getConfiguration(prefix).update("programs.br", program, vscode.ConfigurationTarget.Global);
    return project;
  }

  /** The lines of the Ready view, which is shown for it. */
  async function shows(...expected: readonly string[]): Promise<readonly ReadyNode[]> {
    await vscode.commands.executeCommand(`${viewIds.ready}.focus`);
    const { provider } = host.internals.ready;
    await eventually(() => {
      const items = provider.getChildren().map((node) => provider.getTreeItem(node));
      assert.deepEqual(
        items.map(({ label, description }) => (typeof label === "string" ? `${label} ${String(description)}` : label)),
        expected,
      );
    });
    return provider.getChildren();
  }

  describe("in the Ready view", () => {
    it("lists what is ready, in its own order, and again when its file changes", async () => {
      const project = await track(await host.show([row("bd-1", { ...in3 })]));
      project.says({ ready: [later, urgent] });
      await shows("P2 bd-7 Write the docs", "P0 bd-9 Fix the parser · api");
      project.says({ ready: [urgent] });
      await shows("P0 bd-9 Fix the parser · api");
    });

    it("says where the tracker is when it isn't the project's own", async () => {
      const project = await track(await host.show([row("bd-1", { ...in3 })]));
      project.says({ ready: [urgent] });
      await shows("P0 bd-9 Fix the parser · api");
      const { treeView } = host.internals.ready;
      assert.equal(treeView.description, "");
      const folder = path.join(os.homedir(), "shared", ".beads");
      const where = printing({ path: folder, jsonl_path: path.join(folder, "issues.jsonl"), prefix: "bd" });
      project.br.does(`case "$1" in where) ${where};; *) ${printing([later])};; esac`);
      fs.writeFileSync(path.join(project.beadsFolder, "redirect"), folder);
      await shows("P2 bd-7 Write the docs");
      assert.equal(treeView.description, path.join("~", "shared", ".beads"));
    });

    it("says why there is nothing, and keeps no beads of before", async () => {
      const project = await track(await host.show([row("bd-1", { ...in3 })]));
      project.says({ ready: [urgent] });
      await shows("P0 bd-9 Fix the parser · api");
      const { tracker } = host.internals.tracker;
      const becomes = async (kind: string): Promise<void> => {
        await vscode.commands.executeCommand(commandId("refresh"));
        await eventually(() => {
          assert.equal(tracker.current.ready?.kind, kind);
        });
        if (kind !== "ready") await shows();
      };
      project.br.does("echo 'database is locked' >&2; exit 3");
      await becomes("refused");
      assert.equal(host.internals.ready.treeView.message, "database is locked");
      project.br.does("echo hello");
      await becomes("bad-output");
      assert.equal(host.internals.ready.treeView.message, "");
      fs.rmSync(project.br.program);
      await becomes("no-br");
      fs.rmSync(project.beadsFolder, { recursive: true });
      await becomes("no-beads-folder");
    });

    it("doesn't delay the ledger while br is slow", async () => {
      const stage = await host.show([row("bd-1", { ...in3 })]);
      const project = await track(stage);
      project.says({ ready: [urgent] });
      await shows("P0 bd-9 Fix the parser · api");
      project.br.does("sleep 4");
      const calls = project.br.calls.length;
      const start = performance.now();
      await vscode.commands.executeCommand(commandId("refresh"));
      assert.ok(performance.now() - start < 2000, "the refresh waited for the tracker");
      await eventually(() => {
        assert.ok(project.br.calls.length > calls, "the tracker was asked");
      });
    });

    it("copies the IDs of its beads", async () => {
      const project = await track(await host.show([row("bd-1", { ...in3 })]));
      project.says({ ready: [later, urgent] });
      const nodes = await shows("P2 bd-7 Write the docs", "P0 bd-9 Fix the parser · api");
      await vscode.commands.executeCommand(commandId("copyBeadId"), nodes[0], nodes);
      assert.equal(await vscode.env.clipboard.readText(), "bd-7\nbd-9");
    });
  });

  describe("gives beads to panes", () => {
    const pane3: BeadsNode = { kind: "pane", id: "pane:%3", identity: "%3" };

    async function dragOnto(target: BeadsNode, nodes: readonly ReadyNode[]): Promise<readonly unknown[]> {
      const dropped: unknown[] = [];
      const controller = new BeadsDragAndDrop(host.internals.session, {
        drop: () => Promise.reject(new Error("These beads aren't in the ledger.")),
        dropReady: (beadIds, pane) => {
          dropped.push([beadIds, pane]);
          return Promise.resolve();
        },
      });
      const dataTransfer = new vscode.DataTransfer();
      host.internals.ready.dragAndDropController.handleDrag(nodes, dataTransfer);
      assert.ok(controller.dropMimeTypes.some((type) => dataTransfer.get(type) !== undefined));
      await controller.handleDrop(target, dataTransfer);
      return dropped;
    }

    it("that they are dragged onto", async () => {
      const project = await track(await host.show([row("bd-1", { ...in3 })]));
      project.says({ ready: [urgent] });
      const nodes = await shows("P0 bd-9 Fix the parser · api");
      assert.deepEqual(await dragOnto(pane3, nodes), [[["bd-9"], "%3"]]);
      assert.deepEqual(await dragOnto({ kind: "status", id: "s", status: "failed" }, nodes), []);
    });

    it("with the title that the tracker knows", async () => {
      const stage = await host.show([row("bd-1", { status: "completed", ...in3 })], 1);
      const project = await track(stage);
      project.says({ ready: [urgent] });
      const [node] = await shows("P0 bd-9 Fix the parser · api");
      for (const answer of ["Pane 3 · Claude Code", "Claude Code", ""]) host.dialogs.next(answer);
      await vscode.commands.executeCommand(commandId("assign"), node);
      const { bead_title, pane } = stage.row("bd-9") ?? {};
      assert.deepEqual({ bead_title, pane }, { bead_title: "Fix the parser", pane: 3 });
    });
  });

  describe("closes the bead of a row", () => {
    const closing = (script: string): string =>
      `if [ "$1" = show ]; then\n${printing([{ id: "bd-1", status: "open" }])}else\n${script}\nfi`;

    it("with a reason, and says what ntm does next", async () => {
      const project = await track(await host.show([row("bd-1", { ...working, ...in3, ...leased })]));
      project.br.does(closing(printing([{ id: "bd-1" }])));
      host.dialogs.next("tests pass");
      await vscode.commands.executeCommand(commandId("closeBead"), rowNode("bd-1"));
      const [question, said] = host.dialogs.asked;
      assert.equal(question?.text, "Close bd-1 in the Tracker");
      assert.match(said?.text ?? "", /^bd-1 is closed in the tracker\. While “ntm assign --watch” is running/);
      const call = project.br.calls.find(({ args }) => args[0] === "close");
      assert.deepEqual(call?.args, ["close", "--json", "--reason=tests pass", "--", "bd-1"]);
      assert.equal(fs.realpathSync(call.cwd), fs.realpathSync(project.folder));
    });

    it("and says so when the tracker's file wasn't updated", async () => {
      const project = await track(await host.show([row("bd-1", { ...working, ...in3, ...leased })]));
      const warning = { warning: { code: "AUTO_FLUSH_FAILED", error: "I/O error: no space left" } };
      project.br.does(closing(`${printing([{ id: "bd-1" }])}(${printing(warning)}) >&2`));
      host.dialogs.next("");
      await vscode.commands.executeCommand(commandId("closeBead"), rowNode("bd-1"));
      assert.deepEqual(
        host.dialogs.asked.slice(1).map(({ text }) => text),
        [
          "bd-1 is closed in the tracker, but the tracker's file wasn't updated: “I/O error: no space left”. " +
            "Until “br sync --flush-only” succeeds, others may not see it.",
        ],
      );
    });

    it("of several rows, and says how many also when the tracker's file wasn't updated", async () => {
      const rows = ["bd-1", "bd-2"].map((id) => row(id, { ...working, ...in3, ...leased }));
      const project = await track(await host.show(rows));
      const warning = printing({ warning: { code: "AUTO_FLUSH_FAILED", error: "no space left" } });
      project.br.does(
        `for id; do :; done; status=open; [ "$1" = show ] || { status=closed; (${warning}) >&2; }\n` +
          `echo "[{\\"id\\":\\"$id\\",\\"status\\":\\"$status\\"}]"`,
      );
      host.dialogs.next("");
      const [first, second] = [rowNode("bd-1"), rowNode("bd-2")];
      await vscode.commands.executeCommand(commandId("closeBead"), first, [first, second]);
      const said = host.dialogs.asked.slice(1).map(({ text }) => text);
      assert.equal(said.length, 2);
      assert.match(said[0] ?? "", /^bd-2 is closed in the tracker, but the tracker's file wasn't updated/);
      assert.match(said[1] ?? "", /^2 beads were closed in the tracker\./);
    });

    it("not when the question is canceled", async () => {
      const project = await track(await host.show([row("bd-1", { ...working, ...in3, ...leased })]));
      await vscode.commands.executeCommand(commandId("closeBead"), rowNode("bd-1"));
      assert.deepEqual(
        project.br.calls.filter(({ args }) => args[0] === "close"),
        [],
      );
    });

    it("or says in the tracker's own words why not", async () => {
      const project = await track(await host.show([row("bd-1", { ...working, ...in3, ...leased })]));
      project.br.does(closing(`${printing({ error: { message: "blocked by: bd-2" } })}exit 4`));
      host.dialogs.next("");
      await vscode.commands.executeCommand(commandId("closeBead"), rowNode("bd-1"));
      assert.equal(
        host.dialogs.asked.at(-1)?.text,
        "The tracker refused to close bd-1: “blocked by: bd-2”. Nothing was changed.",
      );
    });

    it("and is what is offered when a lease keeps a row from being completed", async () => {
      await host.show([row("bd-1", { ...working, ...in3, ...leased })]);
      await vscode.commands.executeCommand(commandId("markCompleted"), rowNode("bd-1"));
      assert.deepEqual(host.dialogs.only().choices, ["Close Bead…"]);
    });
  });

  it("marks the row of a bead that was closed there, with details in the hover", async () => {
    const project = await track(await host.show([row("bd-1", { ...working, ...in3 })]));
    const issue = { id: "bd-1", title: "One", status: "in_progress", priority: 1, labels: ["api"] };
    project.write([issue]);
    const { attention, session } = host.internals;
    const reason = (): string | undefined => {
      const shown = session.snapshot?.get("bd-1");
      return shown && attention.current.problemsOf(shown).find(({ reason }) => reason !== "stuck")?.reason;
    };
    const tooltip = (): string => {
      const { provider } = host.internals.beads;
      const node = provider.tree.nodeOf("bd-1");
      assert.ok(node !== undefined);
      const item = provider.resolveTreeItem(new vscode.TreeItem(""), node);
      return (item.tooltip as vscode.MarkdownString).value.replaceAll(/&#(\d+);/g, (_, code) =>
        String.fromCharCode(Number(code)),
      );
    };
    await eventually(() => {
      assert.match(tooltip(), /Tracker: in_progress · P1 · api/);
    });
    assert.equal(reason(), undefined);
    const closedAt = new Date(Date.now() - 360_000).toISOString();
    project.write([{ ...issue, status: "closed", closed_at: closedAt, close_reason: "done elsewhere" }]);
    await eventually(() => {
      assert.equal(reason(), "closed-in-tracker");
    });
    assert.match(tooltip(), /closed in the tracker 6m ago[^]*Reason: done elsewhere/);
    project.write([issue]);
    await eventually(() => {
      assert.equal(reason(), undefined);
    });
  });
});
