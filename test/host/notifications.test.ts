// Notifications: about changes by other processes, once per burst, and never about this window's changes.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandId, prefix } from "../../src/contributions";
import { eventually } from "../support/eventually";
import { changeAsNtm, row } from "../support/foreignSave";
import { rowNode } from "./activated";
import type { Asked } from "./dialogs";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";

describe("Notifications", () => {
  const host = useHost();
  let stage: LedgerStage;

  beforeEach(async () => {
    const placed = { occupancy_key: "%3", dispatch_target: "%3" };
    const rows = ["bd-1", "bd-2", "bd-3"].map((id) => row(id, { status: "working", ...placed }));
    stage = await host.show(rows);
  });
  afterEach(() => choose(undefined));

  const choose = (value: "off" | "all" | undefined): Thenable<void> =>
    vscode.workspace.getConfiguration(prefix).update("notifications", value, vscode.ConfigurationTarget.Global);

  /** Another process moves beads, one save each. */
  function move(status: "failed" | "completed", ...beadIds: readonly string[]): void {
    for (const id of beadIds) {
      changeAsNtm(stage.primary, (content) => {
        const reason = status === "failed" ? { fail_reason: `${id} gave up` } : {};
        Object.assign(content.assignments[id]!, { status, [`${status}_at`]: "2026-11-22T11:00:00Z", ...reason });
      });
    }
  }

  const said = (): Promise<Asked> => eventually(() => host.dialogs.only());

  it("say which bead failed and why, and offer to show and to retry it", async () => {
    host.dialogs.next("Retry");
    move("failed", "bd-1");
    await eventually(() => {
      assert.equal(host.dialogs.asked.length, 2);
    });
    const [failure, retried] = host.dialogs.asked;
    assert.deepEqual([failure?.kind, failure?.text], ["warning", "bd-1 Title of bd-1 failed: bd-1 gave up"]);
    assert.deepEqual(failure?.choices, ["Show", "Retry"]);
    assert.equal(retried?.text, "bd-1 is assigned again. Its agent hasn't been told.");
    await stage.shows("bd-1", "assigned");
    assert.equal(stage.row("bd-1")?.["retry_count"], 1);
  });

  it("leave the retry of what ntm claimed to ntm", async () => {
    changeAsNtm(stage.primary, ({ assignments }) => {
      Object.assign(assignments["bd-1"]!, { idempotency_key: "key", dispatch_state: "sent" });
    });
    host.dialogs.next("Retry");
    move("failed", "bd-1");
    await eventually(() => {
      assert.match(host.dialogs.asked[1]?.text ?? "", /^Only ntm can do this, and /);
    });
  });

  it("say it once for a burst", async () => {
    move("failed", "bd-1", "bd-2", "bd-3");
    assert.equal((await said()).text, `3 beads failed in ${stage.sessionName}: bd-1, bd-2, bd-3`);
  });

  it("don't report what was done in this window", async () => {
    host.dialogs.next("because");
    await vscode.commands.executeCommand(commandId("markFailed"), rowNode("bd-1"));
    assert.deepEqual(
      host.dialogs.asked.splice(0).map(({ text }) => text),
      ["Mark bd-1 as Failed", "Marked bd-1 as failed."],
    );
    // The later notification shows that an earlier one would have been shown by now.
    move("failed", "bd-2");
    assert.match((await said()).text, /^bd-2 /);
  });

  it("don't report what happened before the session was shown", async () => {
    move("failed", "bd-1");
    stage = await host.show([row("bd-7", { status: "failed" }), row("bd-8", { status: "working" })]);
    changeAsNtm(stage.primary, (content) => {
      Object.assign(content.assignments["bd-8"]!, { status: "failed", failed_at: "2026-11-22T11:00:00Z" });
    });
    assert.match((await said()).text, /^bd-8 /);
  });

  it("don't report completed beads, unless all changes are selected", async () => {
    move("completed", "bd-1");
    move("failed", "bd-2");
    assert.match((await said()).text, /^bd-2 .* failed/);
    await choose("all");
    move("completed", "bd-3");
    const { kind, text, choices } = await said();
    assert.deepEqual([kind, text], ["information", "bd-3 Title of bd-3 is completed."]);
    assert.deepEqual(choices, ["Show"]);
  });
});
