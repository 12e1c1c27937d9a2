// Commands that change rows, as run from menus, keys and the palette, and the result on disk.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as vscode from "vscode";
import { commandId, commands, type CommandName } from "../../src/contributions";
import { changeAsNtm, row } from "../support/foreignSave";
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

  const show = (...rows: readonly Record<string, unknown>[]): Promise<LedgerStage> => host.show(rows);

  it("are all registered", async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const name of Object.keys(commands) as CommandName[]) assert.ok(registered.has(commandId(name)), name);
  });

  describe("that move a row along", () => {
    it("mark as working and as completed without a confirmation, in both copies", async () => {
      const ledger = await show(row("bd-1"));
      await run("markWorking", "bd-1");
      assert.equal(ledger.row("bd-1")?.["status"], "working");
      await run("markCompleted", "bd-1");
      assert.equal(ledger.row("bd-1")?.["status"], "completed");
      assert.deepEqual(fs.readFileSync(ledger.primary), fs.readFileSync(ledger.backup));
      assert.equal(ledger.read().persistence_generation, 3);
      assert.deepEqual(host.dialogs.asked, []);
      await ledger.shows("bd-1", "completed");
    });

    it("ask for the reason of a failure, and take a dismissal for an answer", async () => {
      const ledger = await show(row("bd-1", { status: "working" }));
      await run("markFailed", "bd-1");
      assert.equal(ledger.row("bd-1")?.["status"], "working");
      host.dialogs.next("  tests fail  ");
      await run("markFailed", "bd-1");
      assert.deepEqual([ledger.row("bd-1")?.["status"], ledger.row("bd-1")?.["fail_reason"]], ["failed", "tests fail"]);
    });

    it("count a retry", async () => {
      const ledger = await show(row("bd-1", { status: "failed", retry_count: 1, fail_reason: "x", ...placed }));
      await run("retry", "bd-1");
      const { status, retry_count, fail_reason } = ledger.row("bd-1") ?? {};
      assert.deepEqual([status, retry_count, fail_reason], ["assigned", 2, undefined]);
    });

    it("say that the claim of a bead that ntm claimed stays", async () => {
      await show(row("bd-1", { status: "working", ...atomic }));
      await run("markCompleted", "bd-1");
      assert.match(host.dialogs.only().text, /^bd-1 is completed in the ledger\. Its claim in the tracker stays/);
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
      assert.deepEqual(host.dialogs.only().choices, ["bd-1 Title of bd-1"]);
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
      const [question, summary, undo] = host.dialogs.asked;
      assert.equal(question?.text, `Remove 2 of the 3 beads of ${ledger.sessionName} from the ledger?`);
      assert.match(question.detail ?? "", /In flight: 1\..*\n\nManaged by ntm and kept: 1\./s);
      assert.match(summary?.text ?? "", /^2 beads were removed\. Refused: 1\. ntm is sending the prompt of bd-3/);
      assert.deepEqual(undo?.choices, ["Undo"]);
    });
  });

  describe("that look", () => {
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
