// Commands that change rows, as run from menus, keys and the palette, and the result on disk.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { commandId, commands, type CommandName } from "../../src/contributions";
import { changeAsNtm, row } from "../support/foreignSave";
import { eventually } from "../support/eventually";
import { rowNode } from "./activated";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";

const placed = { occupancy_key: "%3", dispatch_target: "%3" };
const atomic = { ...placed, idempotency_key: "key", claim_state: "claimed", dispatch_state: "sent" };

/** Runs a command as a context menu does: on one row, or on a row and the selection that it is a part of. */
async function run(name: CommandName, ...beadIds: readonly string[]): Promise<void> {
  const nodes = beadIds.map(rowNode);
  await vscode.commands.executeCommand(commandId(name), nodes[0], nodes.length > 1 ? nodes : undefined);
}

describe("Row commands", () => {
  const host = useHost();

  /** Rows have a pane ID unless they say otherwise, as those that ntm writes. */
  const show = (...rows: readonly Record<string, unknown>[]): Promise<LedgerStage> =>
    host.show(rows.map((fields) => ({ ...placed, ...fields })));

  it("are all registered", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const name of Object.keys(commands) as CommandName[]) assert.ok(registered.has(commandId(name)), name);
  });

  describe("that move a row along", () => {
    it("mark as working and as completed without a question, in both copies, and offer to undo it", async () => {
      const ledger = await show(row("bd-1"));
      await run("markWorking", "bd-1");
      assert.equal(ledger.row("bd-1")?.["status"], "working");
      assert.deepEqual(
        [host.dialogs.asked[0]?.text, host.dialogs.only().choices],
        ["Marked bd-1 as working.", ["Undo"]],
      );
      await run("markCompleted", "bd-1");
      assert.equal(ledger.row("bd-1")?.["status"], "completed");
      assert.deepEqual(fs.readFileSync(ledger.primary), fs.readFileSync(ledger.backup));
      assert.equal(ledger.read().persistence_generation, 3);
      assert.deepEqual([host.dialogs.asked[0]?.text, host.dialogs.only().choices], ["Completed bd-1.", ["Undo"]]);
      await ledger.shows("bd-1", "completed");
    });

    it("can be undone, the latest change first, as long as the row is what the change made of it", async () => {
      const ledger = await show(row("bd-1", { future_field: { a: [1] } }), row("bd-2", { status: "working" }));
      const before = ledger.row("bd-1");
      await run("markWorking", "bd-1");
      await run("markCompleted", "bd-2");
      host.dialogs.asked.splice(0);
      await run("undo");
      assert.deepEqual([ledger.row("bd-1")?.["status"], ledger.row("bd-2")?.["status"]], ["working", "working"]);
      await run("undo");
      assert.deepEqual(ledger.row("bd-1"), before);
      assert.deepEqual(host.dialogs.asked, [], "what is seen needs no message");
      await run("markWorking", "bd-1");
      host.dialogs.asked.splice(0);
      changeAsNtm(ledger.primary, ({ assignments }) => {
        Object.assign(assignments["bd-1"]!, { status: "completed", completed_at: "2026-11-22T11:00:00Z" });
      });
      await run("undo");
      assert.match(host.dialogs.only().text, /^Another process just changed bd-1\. Nothing was changed\./);
      assert.equal(ledger.row("bd-1")?.["status"], "completed");
    });

    it("are undone by the button of an older message only once", async () => {
      const ledger = await show(row("bd-1"));
      let undo: (() => void) | undefined;
      host.dialogs.next(() => new Promise((resolve) => (undo = () => { resolve("Undo"); }))); // prettier-ignore
      await run("markWorking", "bd-1");
      await run("undo");
      assert.equal(ledger.row("bd-1")?.["status"], "assigned");
      host.dialogs.asked.splice(0);
      undo?.();
      await eventually(() => {
        assert.match(host.dialogs.only().text, /^This change was already undone\./);
      });
    });

    it("ask before a change that can't be undone, and say why", async () => {
      const ledger = await show(
        row("bd-1", { status: "working", ...atomic }),
        row("bd-2", { status: "working", occupancy_key: undefined, dispatch_target: undefined }),
      );
      for (const [beadId, detail] of [
        ["bd-1", "This can't be undone here, because ntm claimed the bead in the tracker."],
        ["bd-2", "This can't be undone here, because the bead has no tmux pane ID."],
      ] as const) {
        await run("markCompleted", beadId);
        const asked = host.dialogs.only();
        assert.deepEqual([asked.text, asked.detail, asked.isModal], [`Mark ${beadId} as completed?`, detail, true]);
        assert.equal(ledger.row(beadId)?.["status"], "working");
      }
      host.dialogs.next("Continue");
      await run("markCompleted", "bd-2");
      assert.equal(ledger.row("bd-2")?.["status"], "completed");
      assert.deepEqual(host.dialogs.only().choices, ["Continue"]);
    });

    it("ask before a bead without a pane ID is started and reassigned, for it can't be put back", async () => {
      const ledger = await show(
        row("bd-1", { occupancy_key: undefined, dispatch_target: undefined }),
        row("bd-2", { status: "completed", pane: 4, occupancy_key: "%4", dispatch_target: "%4" }),
      );
      host.dialogs.next(({ choices }) => choices.find((choice) => choice.startsWith("Pane 4")));
      await run("startAndReassign", "bd-1");
      const [, question, ...more] = host.dialogs.asked;
      assert.deepEqual([question?.text, question?.isModal, more], ["Reassign bd-1?", true, []]);
      assert.equal(ledger.row("bd-1")?.["status"], "assigned");
    });

    it("do nothing by a button on a row until a change of this window was painted for a while", async () => {
      const ledger = await show(row("bd-1", { status: "failed" }), row("bd-2", { status: "working" }));
      await sleep(1000);
      await run("retryInline", "bd-1");
      await run("markWorkingInline", "bd-1");
      await run("markCompletedInline", "bd-2");
      assert.deepEqual([ledger.row("bd-1")?.["status"], ledger.row("bd-2")?.["status"]], ["assigned", "working"]);
      await sleep(1000);
      await run("markCompletedInline", "bd-2");
      assert.equal(ledger.row("bd-2")?.["status"], "completed");
    });

    it("ask for the reason of a failure, and take a dismissal for an answer", async () => {
      const ledger = await show(row("bd-1", { status: "working" }));
      await run("markFailed", "bd-1");
      assert.equal(ledger.row("bd-1")?.["status"], "working");
      host.dialogs.next("  tests fail  ");
      await run("markFailed", "bd-1");
      assert.deepEqual([ledger.row("bd-1")?.["status"], ledger.row("bd-1")?.["fail_reason"]], ["failed", "tests fail"]);
    });

    it("count a retry, and say that the agent hasn't been told", async () => {
      const ledger = await show(row("bd-1", { status: "failed", retry_count: 1, fail_reason: "x", prompt_sent: "p" }));
      await run("retry", "bd-1");
      const { text, choices } = host.dialogs.only();
      assert.equal(text, "bd-1 is assigned again. Its agent hasn't been told.");
      assert.deepEqual(choices, ["Undo", "Copy Prompt", "Go to Pane"]);
      const { status, retry_count, fail_reason } = ledger.row("bd-1") ?? {};
      assert.deepEqual([status, retry_count, fail_reason], ["assigned", 2, undefined]);
    });

    it("say that the claim of a bead that ntm claimed stays", async () => {
      await show(row("bd-1", { status: "working", ...atomic }));
      host.dialogs.next("Continue");
      await run("markCompleted", "bd-1");
      const [, said] = host.dialogs.asked;
      assert.equal(said?.text, "Completed bd-1. Its claim in the tracker stays until the bead is closed there.");
      assert.deepEqual(said.choices, []);
    });

    it("work on a selection with one save, and say what was refused and why", async () => {
      const ledger = await show(
        row("bd-1", { status: "working" }),
        row("bd-2", { status: "working" }),
        row("bd-3", { status: "completed" }),
        row("bd-4", { status: "working", ...atomic, reservation_ids: [7], reserved_paths: ["a"] }),
      );
      await run("markCompleted", "bd-1", "bd-2", "bd-3", "bd-4");
      assert.equal(ledger.read().persistence_generation, 2);
      assert.deepEqual(
        ["bd-1", "bd-2", "bd-3", "bd-4"].map((id) => ledger.row(id)?.["status"]),
        ["completed", "completed", "completed", "working"],
      );
      const said = host.dialogs.only();
      assert.equal(said.kind, "warning");
      assert.match(said.text, /^2 beads were marked as completed\. Refused: 2\. /);
      assert.match(said.text, /bd-3 is completed and can't become completed\./);
      assert.match(said.text, /bd-4 has file reservations/);
    });

    it("say why a single row is refused, with a way out", async () => {
      await show(row("bd-1", { status: "failed", ...atomic }));
      await run("retry", "bd-1");
      const said = host.dialogs.only();
      assert.match(said.text, /^Only ntm can do this, and /);
      assert.deepEqual(said.choices, ["Copy ntm Command", "Run in Terminal"]);
    });

    it("say that another process was quicker, and change nothing", async () => {
      const ledger = await show(row("bd-1", { status: "working" }));
      host.dialogs.next(() => {
        changeAsNtm(ledger.primary, (content) => {
          Object.assign(content.assignments["bd-1"]!, { status: "completed", completed_at: "2026-11-22T11:00:00Z" });
        });
        return "too late";
      });
      await run("markFailed", "bd-1");
      const [, said] = host.dialogs.asked;
      assert.equal(
        said?.text,
        "Another process changed bd-1 from working to completed. Nothing was changed. The list shows the current state.",
      );
      assert.equal(ledger.row("bd-1")?.["status"], "completed");
      await ledger.shows("bd-1", "completed");
    });

    it("ask which bead when nothing is selected, and offer those that fit", async () => {
      const ledger = await show(row("bd-1"), row("bd-2", { status: "working" }), row("bd-3", { status: "completed" }));
      host.dialogs.next("bd-1 Title of bd-1");
      await run("markWorking");
      assert.deepEqual(host.dialogs.asked[0]?.choices, ["bd-1 Title of bd-1"]);
      assert.equal(ledger.row("bd-1")?.["status"], "working");
    });

    it("say so when no bead fits", async () => {
      await show(row("bd-3", { status: "completed" }));
      await run("markWorking");
      assert.match(host.dialogs.only().text, /^“Mark Working” isn't available for any bead of this session\./);
    });
  });

  describe("that remove", () => {
    it("ask for confirmation, name what is lost, and keep the row when canceled", async () => {
      const ledger = await show(
        row("bd-1", { status: "failed", fail_reason: "out of memory", retry_count: 2, agent_name: "BlueLake" }),
      );
      await run("remove", "bd-1");
      const { isModal, text, detail } = host.dialogs.only();
      assert.deepEqual([isModal, text], [true, "Remove bd-1 from the ledger?"]);
      assert.match(detail ?? "", /bd-1 Title of bd-1 \(failed, pane 1, BlueLake, retry 2, “out of memory”\)/);
      assert.ok(ledger.row("bd-1") !== undefined);
    });

    it("leave a row that another process changed while they asked", async () => {
      const ledger = await show(row("bd-1", { status: "failed", failed_at: "2026-11-22T10:00:00Z", ...placed }));
      host.dialogs.next(async () => {
        changeAsNtm(ledger.primary, (content) => {
          content.assignments["bd-1"] = row("bd-1", { assigned_at: "2026-11-22T11:00:00Z", ...placed });
        });
        await ledger.shows("bd-1", "assigned");
        return "Remove";
      });
      await run("remove", "bd-1");
      assert.match(host.dialogs.asked.at(-1)?.text ?? "", /^Another process just changed bd-1\./);
      assert.equal(ledger.row("bd-1")?.["status"], "assigned");
    });

    it("restore a plain row unchanged", async () => {
      const ledger = await show(row("bd-1", { status: "failed", fail_reason: "x", future_field: { a: [1] } }));
      const before = ledger.row("bd-1");
      host.dialogs.next("Remove");
      host.dialogs.next("Undo");
      await run("remove", "bd-1");
      await ledger.shows("bd-1", undefined);
      await ledger.shows("bd-1", "failed");
      assert.deepEqual(ledger.row("bd-1"), before);
    });

    it("count a bead of ntm's as cleared, and offer no way back", async () => {
      const ledger = await show(row("bd-1", { status: "completed", ...atomic }));
      host.dialogs.next("Remove");
      await run("remove", "bd-1");
      assert.equal(ledger.row("bd-1"), undefined);
      assert.deepEqual((ledger.read() as { cleared_generations?: unknown }).cleared_generations, { "bd-1": 1 });
      assert.equal(host.dialogs.asked.length, 1);
    });

    it("clear what may be cleared, and say how much is kept and why", async () => {
      const ledger = await show(
        row("bd-1"),
        row("bd-2", { status: "completed" }),
        row("bd-3", { status: "claimed", ...atomic, dispatch_state: "sending" }),
      );
      host.dialogs.next("Remove");
      await run("clear");
      assert.deepEqual(Object.keys(ledger.read().assignments), ["bd-3"]);
      const [question, summary, ...more] = host.dialogs.asked;
      assert.equal(question?.text, `Remove 2 of the 3 beads of ${ledger.sessionName} from the ledger?`);
      assert.match(
        question.detail ?? "",
        /1 of them is in progress\..*\n\n1 bead is managed by ntm and will be kept\./s,
      );
      assert.match(summary?.text ?? "", /^2 beads were removed\. Refused: 1\. ntm is sending the prompt of bd-3/);
      assert.deepEqual([summary?.choices, more], [["Undo", "Show Log"], []]);
    });
  });

  describe("that remove finished rows", () => {
    const rows = [
      row("bd-1", { status: "completed", completed_at: "2026-11-22T11:00:00Z" }),
      row("bd-2", { status: "reassigned" }),
      row("bd-3", { status: "failed" }),
      row("bd-4", { status: "completed", pane: 4, occupancy_key: "%4", dispatch_target: "%4" }),
    ];

    it("take those of a pane by its node, and put them all back", async () => {
      const ledger = await show(...rows);
      const before = ledger.read().assignments;
      const group = { kind: "pane", id: "pane:%3", identity: "%3" } as const;
      host.dialogs.next("Remove");
      await vscode.commands.executeCommand(commandId("removeFinished"), {
        kind: "finished",
        id: "finished:pane:%3",
        group,
      });
      const [question, done] = host.dialogs.asked;
      assert.equal(question?.text, "Remove 2 beads from the ledger?");
      assert.deepEqual([done?.text, done?.choices], ["2 beads were removed.", ["Undo"]]);
      assert.deepEqual(Object.keys(ledger.read().assignments).sort(), ["bd-3", "bd-4"]);
      await run("undo");
      assert.deepEqual(ledger.read().assignments, before);
    });

    it("take those of the whole session from the title, and say so when there are none", async () => {
      const ledger = await show(...rows);
      host.dialogs.next("Remove");
      await run("removeFinishedOfSession");
      assert.deepEqual(Object.keys(ledger.read().assignments), ["bd-3"]);
      host.dialogs.asked.splice(0);
      await run("removeFinishedOfSession");
      assert.equal(host.dialogs.only().text, "There are no finished beads to remove.");
    });
  });

  describe("that put rows aside", () => {
    it("take them out of what needs attention until they change, and back", async () => {
      await show(row("bd-1", { status: "failed" }), row("bd-2", { status: "failed" }));
      const count = (): number => host.internals.attention.current.count;
      assert.equal(count(), 2);
      host.dialogs.next("1 hour");
      await run("snooze", "bd-1");
      assert.deepEqual(host.dialogs.only().choices, ["15 minutes", "1 hour", "Until it changes"]);
      assert.equal(count(), 1);
      await run("endSnooze", "bd-1");
      assert.equal(count(), 2);
    });

    it("offer those that need attention when nothing is selected, and say so when there are none", async () => {
      await show(row("bd-1", { status: "failed" }), row("bd-2", { status: "completed" }));
      await run("snooze");
      assert.deepEqual(host.dialogs.only().choices, ["bd-1 Title of bd-1"]);
      await show(row("bd-2", { status: "completed" }));
      await run("snooze");
      assert.match(host.dialogs.only().text, /^“Snooze…” isn't available for any bead of this session\./);
      await run("nextProblem");
      assert.equal(host.dialogs.only().text, "No bead of this session needs attention.");
    });
  });

  describe("that need beads to choose from", () => {
    for (const name of ["goToBead", "filterStatus"] as const) {
      it(`say so when there are none: ${name}`, async () => {
        const ledger = await show();
        await run(name);
        assert.equal(host.dialogs.only().text, `${ledger.sessionName} has no beads yet.`);
      });
    }
  });

  describe("that look", () => {
    it("copy the reasons of failures", async () => {
      await show(row("bd-1", { status: "failed", fail_reason: "exit 1" }), row("bd-2", { status: "working" }));
      await run("copyReason", "bd-1", "bd-2");
      assert.equal(await vscode.env.clipboard.readText(), "exit 1");
      await run("copyReason", "bd-2");
      assert.equal(host.dialogs.only().text, "The ledger has no reason for this bead.");
    });

    it("compare a ledger with its backup, of which neither can be typed into", async () => {
      const ledger = await show(row("bd-1"));
      const before = fs.readFileSync(ledger.primary, "utf8");
      await run("compareWithBackup");
      const { activeTab } = vscode.window.tabGroups.activeTabGroup;
      assert.ok(activeTab?.input instanceof vscode.TabInputTextDiff);
      assert.deepEqual(
        [activeTab.input.original.fsPath, activeTab.input.modified.fsPath],
        [ledger.backup, ledger.primary],
      );
      await vscode.commands.executeCommand("type", { text: "!" });
      assert.equal(vscode.window.activeTextEditor?.document.getText(), before);
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });

    it("copy ids and prompts as they are", async () => {
      await show(row("bd-1", { prompt_sent: "do\n$(it)" }), row("bd-2"));
      await run("copyBeadId", "bd-1", "bd-2");
      assert.equal(await vscode.env.clipboard.readText(), "bd-1\nbd-2");
      await run("copyPrompt", "bd-1", "bd-2");
      assert.equal(await vscode.env.clipboard.readText(), "do\n$(it)");
    });

    it("show a prompt as read-only plain text, for any bead id", async () => {
      const id = "../[x](command:workbench.action.quit)\u202E<b>";
      await show(row(id, { prompt_sent: "# not a heading\n[x](command:y)" }));
      await run("showPrompt", id);
      const document = vscode.window.activeTextEditor?.document;
      assert.equal(document?.getText(), "# not a heading\n[x](command:y)");
      assert.equal(document.languageId, "plaintext");
      await vscode.commands.executeCommand("type", { text: "!" });
      assert.equal(document.getText(), "# not a heading\n[x](command:y)");
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    });

    it("say so when there is no prompt", async () => {
      await show(row("bd-1"));
      await run("showPrompt", "bd-1");
      assert.match(host.dialogs.only().text, /^The ledger has no prompt for this bead\./);
    });
  });

  it("never make markup of what agents wrote", async () => {
    const id = "[quit](command:workbench.action.quit) $(trash)";
    await show(row(id, { status: "completed", bead_title: "[a](command:b)" }));
    await run("markWorking", id);
    await run("remove", id);
    // A modal dialog renders no markup.
    const messages = host.dialogs.asked.filter(({ isModal }) => isModal !== true);
    assert.ok(messages.length > 0);
    for (const { text } of messages) assert.doesNotMatch(text, /\]\(command:/);
  });
});
