// Assigning, reassigning, and drag and drop onto a pane.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { BeadsDragAndDrop } from "../../src/views/beads/dragAndDrop";
import type { BeadsNode } from "../../src/nodes";
import { noKnownPanes } from "../../src/views/panes/livePanes";
import { commandId, prefix } from "../../src/contributions";
import { changeAsNtm, row } from "../support/foreignSave";
import { rowNode } from "./activated";
import { useHost } from "./hostTest";

const in3 = { pane: 3, occupancy_key: "%3", dispatch_target: "%3", agent_type: "claude", agent_name: "BlueLake" };
const in4 = { pane: 4, occupancy_key: "%4", dispatch_target: "%4", agent_type: "cod", agent_name: "RedStone" };
const atomic = { idempotency_key: "key", dispatch_state: "sent" };

describe("Placing beads", () => {
  const host = useHost();

  describe("Reassign", () => {
    const reassign = (beadId: string): Thenable<unknown> =>
      vscode.commands.executeCommand(commandId("reassign"), rowNode(beadId));

    it("offers the panes that the ledger knows, and asks nothing that it knows", async () => {
      const ledger = await host.show([
        row("bd-1", { status: "working", prompt_sent: "p", ...in3 }),
        row("bd-2", { status: "completed", ...in4 }),
      ]);
      host.dialogs.next("Pane 4 · Codex CLI");
      await reassign("bd-1");
      const [pick, said] = host.dialogs.asked;
      assert.deepEqual(pick?.choices, ["Pane 4 · Codex CLI"], "it is in pane 3 already");
      assert.deepEqual(
        [said?.text, said?.choices],
        ["Reassigned bd-1 to pane 4. Its agent hasn't been told.", ["Undo", "Go to Pane"]],
      );
      const { status, pane, agent_type, agent_name, occupancy_key } = ledger.row("bd-1") ?? {};
      assert.deepEqual(
        { status, pane, agent_type, agent_name, occupancy_key },
        { status: "assigned", pane: 4, agent_type: "codex", agent_name: "RedStone", occupancy_key: "%4" },
      );
    });

    it("leaves panes without an id out where ntm would stumble over them, and only there", async () => {
      const rows = [
        row("bd-1", { status: "working", ...in3 }),
        row("bd-2", { status: "completed", pane: 7 }),
        row("bd-3", { status: "completed", ...in4 }),
      ];
      await host.show(rows, 9);
      await reassign("bd-1");
      assert.deepEqual(host.dialogs.only().choices, ["Pane 4 · Codex CLI"]);
      await host.show(rows, 1);
      await reassign("bd-1");
      assert.equal(host.dialogs.only().choices.length, 2);
    });
  });

  describe("Assign", () => {
    const assign = (node?: BeadsNode): Thenable<unknown> => vscode.commands.executeCommand(commandId("assign"), node);

    it("asks for bead, title, pane and prompt in a ledger of old ntm, and shows the new row", async () => {
      const ledger = await host.show([row("bd-1", { status: "completed", ...in3 })], 1);
      for (const answer of ["bd-2", "Fix the parser", "Pane 3 · Claude Code", "do it"]) host.dialogs.next(answer);
      await assign();
      assert.deepEqual(
        host.dialogs.asked.map(({ kind }) => kind),
        ["input", "input", "pick", "input", "information"],
      );
      assert.equal(host.dialogs.asked.at(-1)?.text, "Assigned bd-2 to pane 3. Its agent hasn't been told.");
      const { status, bead_title, pane, agent_type, agent_name, occupancy_key, prompt_sent } = ledger.row("bd-2") ?? {};
      assert.deepEqual(
        { status, bead_title, pane, agent_type, agent_name, occupancy_key, prompt_sent },
        {
          status: "assigned",
          bead_title: "Fix the parser",
          pane: 3,
          agent_type: "claude",
          agent_name: "BlueLake",
          occupancy_key: "%3",
          prompt_sent: "do it",
        },
      );
    });

    it("doesn't ask for the pane on which it was called", async () => {
      const ledger = await host.show([row("bd-1", { status: "completed", ...in3 })], 1);
      for (const answer of ["bd-2", "", ""]) host.dialogs.next(answer);
      await assign({ kind: "pane", id: "pane:%3", identity: "%3" });
      assert.equal(ledger.row("bd-2")?.["occupancy_key"], "%3");
    });

    it("asks for another pane when that one has no id, and ntm would stumble over it", async () => {
      const ledger = await host.show([row("bd-1", { status: "completed", pane: 7 })]);
      host.dialogs.next("bd-2");
      await assign({ kind: "pane", id: "pane:7", identity: "7" });
      assert.equal(host.dialogs.asked.at(-1)?.kind, "pick");
      assert.equal(ledger.row("bd-2"), undefined);
    });

    it("asks before it replaces a finished row, and takes no for an answer", async () => {
      const ledger = await host.show([row("bd-1", { status: "completed", retry_count: 3, ...in3 })], 1);
      const answers = ["bd-1", "Pane 3 · Claude Code", ""];
      for (const answer of answers) host.dialogs.next(answer);
      await assign();
      assert.equal(host.dialogs.asked.at(-1)?.text, "bd-1 is already completed. Assign it again?");
      assert.equal(ledger.row("bd-1")?.["status"], "completed");
      for (const answer of [...answers, "Assign Again"]) host.dialogs.next(answer);
      await assign();
      const { status, retry_count } = ledger.row("bd-1") ?? {};
      assert.deepEqual([status, retry_count], ["assigned", undefined]);
    });

    it("doesn't replace what another process assigned while it asked", async () => {
      const ledger = await host.show([row("bd-1", { status: "completed", ...in3 })], 1);
      for (const answer of ["bd-2", "Mine", "Pane 3 · Claude Code"]) host.dialogs.next(answer);
      host.dialogs.next(() => {
        changeAsNtm(ledger.primary, (content) => {
          content.assignments["bd-2"] = row("bd-2", { bead_title: "Theirs", ...in4 });
        });
        return "";
      });
      await assign();
      assert.match(host.dialogs.asked.at(-1)?.text ?? "", /^Another process just assigned bd-2\./);
      assert.equal(ledger.row("bd-2")?.["bead_title"], "Theirs");
    });

    it("asks for two things in a ledger of today's ntm, and leaves the rest to it", async () => {
      const ledger = await host.show([row("bd-1", { status: "completed", ...in3, ...atomic })]);
      for (const answer of ["bd-1", "Pane 3 · Claude Code", "Assign Again", "Copy ntm Command"])
        host.dialogs.next(answer);
      await assign();
      const line = `ntm assign ${ledger.sessionName} '--pane=%3' --beads=bd-1`;
      assert.match(host.dialogs.asked.at(-1)?.text ?? "", /^Only ntm can do this, and /);
      assert.equal(await vscode.env.clipboard.readText(), line);
      assert.equal(ledger.row("bd-1")?.["status"], "completed");
    });
  });

  describe("Dragging", () => {
    const drop = async (dragged: readonly BeadsNode[], target: BeadsNode): Promise<readonly unknown[]> => {
      const dropped: unknown[] = [];
      const controller = new BeadsDragAndDrop(host.internals.session, {
        drop: (beadIds, pane) => {
          dropped.push([beadIds, pane]);
          return Promise.resolve();
        },
        dropReady: () => Promise.reject(new Error("These beads are in the ledger.")),
      });
      const dataTransfer = new vscode.DataTransfer();
      controller.handleDrag(dragged, dataTransfer);
      await controller.handleDrop(target, dataTransfer);
      return dropped;
    };
    const pane4: BeadsNode = { kind: "pane", id: "pane:%4", identity: "%4" };

    it("takes beads to a pane, to a row in it, or to its finished ones", async () => {
      await host.show([row("bd-1", { status: "working", ...in3 }), row("bd-2", { ...in4 })]);
      const expected = [[["bd-1"], "%4"]];
      assert.deepEqual(await drop([rowNode("bd-1")], pane4), expected);
      assert.deepEqual(await drop([rowNode("bd-1")], rowNode("bd-2")), expected);
      assert.deepEqual(await drop([rowNode("bd-1")], { kind: "finished", id: "f", group: pane4 }), expected);
    });

    it("means nothing elsewhere, and takes nothing but beads", async () => {
      await host.show([row("bd-1", { status: "working", ...in3 })]);
      assert.deepEqual(await drop([rowNode("bd-1")], { kind: "status", id: "s", status: "failed" }), []);
      assert.deepEqual(await drop([pane4], pane4), []);
    });

    describe("to a pane whose agent has exited", () => {
      /** Pane 4, as it is known after tmux was asked. */
      const agentExited = (): void => {
        const status = { condition: "agent-exited", isWarning: true } as const;
        const said = { mark: () => "agent exited", advice: "Start the agent again." };
        host.internals.panes.show({ ...noKnownPanes, paneStatuses: new Map([["%4", { ...status, ...said }]]) });
      };

      it("asks before a bead is reassigned, and takes no for an answer", async () => {
        const stage = await host.show([row("bd-1", { status: "working", ...in3 }), row("bd-2", { ...in4 })], 1);
        const { drops } = host.internals;
        agentExited();
        await drops.drop(["bd-1"], "%4");
        const { text, detail, choices } = host.dialogs.only();
        assert.equal(text, "Reassign bd-1 to pane 4 (agent exited)?");
        assert.match(detail ?? "", /^Start the agent again\.\n\nThis resets the start time/);
        assert.deepEqual(choices, ["Reassign"], "which is asked each time");
        assert.equal(stage.row("bd-1")?.["status"], "working");
        agentExited();
        host.dialogs.next("Reassign");
        await drops.drop(["bd-1"], "%4");
        assert.deepEqual([stage.row("bd-1")?.["pane"], stage.row("bd-1")?.["status"]], [4, "assigned"]);
      });

      it("asks before a ready bead is assigned, and takes no for an answer", async () => {
        const stage = await host.show([row("bd-2", { ...in4 })], 1);
        const { drops } = host.internals;
        agentExited();
        await drops.dropReady(["bd-9"], "%4");
        assert.equal(host.dialogs.only().text, "Assign bd-9 to pane 4 (agent exited)?");
        assert.equal(stage.row("bd-9"), undefined);
        agentExited();
        host.dialogs.next("Assign");
        await drops.dropReady(["bd-9"], "%4");
        assert.equal(stage.row("bd-9")?.["pane"], 4);
      });
    });

    it("asks once, until the user wants no more questions", async () => {
      const stage = await host.show([row("bd-1", { status: "working", ...in3 }), row("bd-2", { ...in4 })], 1);
      const { drops } = host.internals;
      host.internals.panes.show(noKnownPanes);
      await drops.drop(["bd-1"], "%4");
      assert.deepEqual(host.dialogs.only().choices, ["Reassign", "Reassign and Don't Ask Again"]);
      assert.equal(stage.row("bd-1")?.["pane"], 3);
      try {
        host.dialogs.next("Reassign and Don't Ask Again");
        await drops.drop(["bd-1"], "%4");
        assert.equal(stage.row("bd-1")?.["pane"], 4);
        host.dialogs.asked.splice(0);
        await drops.dropReady(["bd-9"], "%4");
        assert.equal(stage.row("bd-9")?.["pane"], 4);
        assert.equal(host.dialogs.only().text, "Assigned bd-9 to pane 4. Its agent hasn't been told.");
      } finally {
        await vscode.workspace.getConfiguration(prefix).update("confirmDragAndDrop", undefined, true);
      }
    });

    it("takes the step before, for a bead that failed or hasn't begun, and undoes both", async () => {
      for (const [status, note] of [
        ["failed", /It failed, and is retried first\./],
        ["assigned", /It is marked as working first\./],
      ] as const) {
        const stage = await host.show([row("bd-1", { status, retry_count: 1, ...in3 }), row("bd-2", { ...in4 })]);
        const before = stage.row("bd-1");
        const generation = stage.read().persistence_generation ?? 0;
        host.dialogs.next("Reassign");
        await host.internals.drops.drop(["bd-1"], "%4");
        const [question, done] = host.dialogs.asked.splice(0);
        assert.match(question?.detail ?? "", note);
        assert.equal(done?.text, "Reassigned bd-1 to pane 4. Its agent hasn't been told.");
        const { pane, status: after, retry_count: retries } = stage.row("bd-1") ?? {};
        assert.deepEqual([pane, after, retries], [4, "assigned", status === "failed" ? 2 : 1]);
        assert.equal(stage.read().persistence_generation, generation + 1, "with one save");
        await vscode.commands.executeCommand(commandId("undo"));
        assert.deepEqual(stage.row("bd-1"), before);
      }
    });
  });
});
