// The journal of the sessions that this window shows: what is on disk, and how it is cleared.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { commandId } from "../../src/contributions";
import { journalFolder } from "../../src/history/journalFolder";
import { eventually } from "../support/eventually";
import { changeAsNtm, row } from "../support/foreignSave";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";

describe("The recorded history", () => {
  const host = useHost();
  const folder = (): string => journalFolder(host.internals.context.globalStorageUri.fsPath);
  const journalOf = (sessionName: string): string => {
    const names = fs.existsSync(folder()) ? fs.readdirSync(folder()) : [];
    const name = names.find((one) => one.startsWith(`${sessionName}-`) && one.endsWith(".jsonl"));
    return name === undefined ? "" : fs.readFileSync(path.join(folder(), name), "utf8");
  };
  const fail = (ledger: LedgerStage, beadId: string): void => {
    changeAsNtm(ledger.primary, ({ assignments }) => {
      const failed = { status: "failed", failed_at: new Date().toISOString(), fail_reason: `reason of ${beadId}` };
      Object.assign(assignments[beadId]!, failed);
    });
  };

  /** A session whose journal has a failure of the bead. */
  async function recorded(beadId: string): Promise<LedgerStage> {
    const ledger = await host.show([row(beadId, { status: "working" })]);
    const history = host.internals.history;
    fail(ledger, beadId);
    await ledger.shows(beadId, "failed");
    await history.close();
    assert.ok(journalOf(ledger.sessionName).includes(`reason of ${beadId}`));
    return ledger;
  }

  it("is on disk once the extension has ended", async () => {
    const ledger = await host.show([row("bd-1", { status: "working" })]);
    const history = host.internals.history;
    fail(ledger, "bd-1");
    await ledger.shows("bd-1", "failed");
    // As `deactivate` does.
    await history.close();
    assert.ok(journalOf(ledger.sessionName).includes("reason of bd-1"));
  });

  it("is kept when the question is canceled", async () => {
    const { sessionName } = await recorded("bd-1");
    await vscode.commands.executeCommand(commandId("clearHistory"));
    const { text, choices } = host.dialogs.only();
    assert.equal(text, "Delete the recorded history of beads?");
    assert.deepEqual(choices, ["Clear This Session", "Clear All Sessions"]);
    assert.ok(journalOf(sessionName).includes("reason of bd-1"));
  });

  it("is cleared for the active session alone, or for all", async () => {
    const first = await recorded("bd-1");
    const second = await recorded("bd-2");
    host.dialogs.next("Clear This Session");
    await vscode.commands.executeCommand(commandId("clearHistory"));
    await eventually(() => {
      assert.ok(!journalOf(second.sessionName).includes("reason of bd-2"));
    });
    assert.ok(journalOf(first.sessionName).includes("reason of bd-1"));
    assert.equal(second.row("bd-2")?.["fail_reason"], "reason of bd-2", "the ledger isn't changed");
    host.dialogs.next("Clear All Sessions");
    await vscode.commands.executeCommand(commandId("clearHistory"));
    assert.equal(journalOf(first.sessionName), "");
  });

  describe("after an absence", () => {
    const looksKey = "history.lastLooks";
    const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const done = { status: "completed", assigned_at: minutesAgo(50), completed_at: minutesAgo(30) };
    const lost = { status: "failed", assigned_at: minutesAgo(50), failed_at: minutesAgo(20), fail_reason: "no disk" };
    const message = (): string => host.internals.beads.treeView.message ?? "";

    /** Comes back to a session that the view showed two hours ago. */
    async function comeBack(): Promise<void> {
      const { context, session, beads, history } = host.internals;
      // Tests before this one end the look with the extension, so the view is shown anew.
      await vscode.commands.executeCommand("workbench.view.explorer");
      await eventually(() => { assert.ok(!beads.treeView.visible); }); // prettier-ignore
      await vscode.commands.executeCommand("ntmAssignments.beads.focus");
      const ledger = await host.show([row("bd-1", done), row("bd-2", lost), row("bd-3", { status: "working" })]);
      const { recorder } = history;
      await eventually(() => {
        assert.ok(beads.treeView.visible && vscode.window.state.focused, "the view is looked at");
        assert.equal(recorder.ledger, ledger.primary);
      });
      await host.show([row("bd-9")]);
      const looks = await eventually(() => {
        const stored = context.workspaceState.get<Record<string, number>>(looksKey) ?? {};
        assert.ok(ledger.primary in stored, "the first look has ended");
        return stored;
      });
      await context.workspaceState.update(looksKey, { ...looks, [ledger.primary]: Date.now() - 2 * 3_600_000 });
      await session.switchTo(ledger.sessionName);
      await eventually(() => {
        assert.ok(beads.treeView.visible);
        assert.equal(message(), "While you were away: 1 completed, 1 failed");
      });
    }

    it("says over the tree what happened, and lists it", async () => {
      await comeBack();
      await vscode.commands.executeCommand(commandId("showChanges"));
      await eventually(() => {
        const text = vscode.window.activeTextEditor?.document.getText() ?? "";
        assert.match(text, /bd-1[^]*bd-2[^]*no disk/);
        assert.doesNotMatch(text, /bd-3/);
      });
      assert.equal(message(), "");
    });

    it("says no more once it was dismissed", async () => {
      await comeBack();
      await vscode.commands.executeCommand(commandId("dismissChanges"));
      assert.equal(message(), "");
    });
  });
});
