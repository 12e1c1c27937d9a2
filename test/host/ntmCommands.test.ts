// Steps that ntm executes: its arguments, the ledger afterwards, and the message to the user.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as vscode from "vscode";
import { commandId } from "../../src/contributions";
import type { StandInControl } from "../support/ntm/control";
import { eventually } from "../support/eventually";
import { changeAsNtm, row } from "../support/foreignSave";
import { claimedRow, sendingRow } from "./ntmStage";
import { useNtm } from "./ntmTest";

const failed = { status: "failed", failed_at: "2026-11-22T11:00:00Z", fail_reason: "tests fail" };

describe("Done by ntm", () => {
  const ntm = useNtm();

  it("retries in the project's folder, and success needs no answer", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", failed));
    await ntm.run("retry", "bd-1");
    const { status, retry_count, idempotency_key } = ledger.row("bd-1") ?? {};
    assert.deepEqual([status, retry_count], ["assigned", 1]);
    assert.notEqual(idempotency_key, "key-bd-1");
    assert.deepEqual(ntm.stage.steps, [`assign ${ledger.sessionName} --retry bd-1 --json`]);
    assert.equal(fs.realpathSync(ntm.stage.ntm.calls.at(-1)!.cwd), fs.realpathSync(ntm.stage.project.path));
    assert.deepEqual(ntm.host.dialogs.asked, []);
    await ledger.shows("bd-1", "assigned");
  });

  it("marks the row while ntm works on it, and takes no second step meanwhile", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", failed));
    ntm.stage.ntm.control({ delayMs: 300 });
    const first = ntm.run("retry", "bd-1");
    await eventually(() => {
      assert.equal(ntm.activity(ledger, "bd-1"), "ntm");
    });
    await ntm.run("retry", "bd-1");
    assert.match(ntm.host.dialogs.only().text, /^ntm is already working on bd-1\./);
    await first;
    assert.equal(ntm.activity(ledger, "bd-1"), undefined);
    assert.equal(ntm.stage.steps.length, 1);
  });

  it("reassigns to the pane that was picked", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", { status: "working" }));
    ntm.host.dialogs.next(({ choices }) => choices.find((choice) => choice.startsWith("Pane 1")));
    await ntm.run("reassign", "bd-1");
    assert.deepEqual(ntm.stage.steps, [
      `assign ${ledger.sessionName} --reassign bd-1 --to-pane '%1' --json`.replaceAll("'", ""),
    ]);
    assert.equal(ledger.row("bd-1")?.["occupancy_key"], "%1");
  });

  it("releases after a question, several beads in one call, and says which weren't", async () => {
    const ledger = await ntm.show(claimedRow("bd-1"), claimedRow("bd-2"), sendingRow("bd-3"));
    await ntm.run("release", "bd-1");
    assert.deepEqual([ntm.host.dialogs.only().text, ntm.stage.steps], ["Release bd-1?", []]);
    ntm.host.dialogs.next("Release");
    await ntm.run("release", "bd-1", "bd-2", "bd-3");
    assert.match(ntm.host.dialogs.only().detail ?? "", /Left as they are: 1\./);
    assert.deepEqual(ntm.stage.steps, [`assign ${ledger.sessionName} --clear bd-1,bd-2 --json`]);
    assert.deepEqual(Object.keys(ledger.read().assignments), ["bd-3"]);
  });

  it("does of a selection what the store can do here, and the rest by ntm, with one summary of that", async () => {
    const ledger = await ntm.show(
      row("bd-1", { ...failed, occupancy_key: "%0", dispatch_target: "%0" }),
      claimedRow("bd-2", failed),
      claimedRow("bd-3", failed),
    );
    ntm.stage.ntm.control({ refuse: { code: "RETRY_SKIPPED", message: "retry was skipped: pane %0 is not idle" } });
    await ntm.run("retry", "bd-1", "bd-2", "bd-3");
    assert.equal(ledger.row("bd-1")?.["status"], "assigned");
    assert.equal(ntm.stage.steps.length, 2);
    await eventually(() => {
      assert.equal(ntm.host.dialogs.asked.length, 2);
    });
    const [here, byNtm] = ntm.host.dialogs.asked;
    assert.equal(here?.text, "bd-1 is assigned again. Its agent hasn't been told.");
    assert.match(byNtm?.text ?? "", /^Not done: 2\. ntm skipped bd-2: “retry was skipped/);
    assert.deepEqual(byNtm?.choices, ["Show Log"]);
  });

  it("retries all failed beads after a question", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", failed), claimedRow("bd-2", failed), claimedRow("bd-3"));
    await ntm.run("retryAllFailed");
    assert.deepEqual([ntm.host.dialogs.only().text, ntm.stage.steps], ["Retry 2 failed beads?", []]);
    ntm.host.dialogs.next("Retry");
    await ntm.run("retryAllFailed");
    assert.equal(ntm.stage.steps.length, 2);
    assert.deepEqual([ledger.row("bd-1")?.["status"], ledger.row("bd-2")?.["status"]], ["assigned", "assigned"]);
  });

  const overridden: readonly [code: string, button: string, flag: string, message: string][] = [
    ["PANE_BUSY", "Try Again Though It Is Busy", "--force", "pane 2 is busy"],
    ["RESERVATION_REQUIRED", "Try Again Without File Reservations", "--reserve-files=false", "required"],
    ["BLOCKED", "Try Again Ignoring Dependencies", "--ignore-deps", "blocked by: [x]"],
  ];
  for (const [code, button, flag, message] of overridden) {
    it(`asks with the consequence before it overrides ${code}, each time`, async () => {
      await ntm.show(claimedRow("bd-1", failed), claimedRow("bd-2", failed));
      ntm.stage.ntm.control({ refuse: { code, message, unless: flag } });
      ntm.host.dialogs.next(button);
      await ntm.run("retry", "bd-1");
      const question = await ntm.said(1);
      assert.deepEqual([question.isModal, question.choices], [true, [button]]);
      assert.notEqual(question.detail ?? "", "");
      assert.equal(ntm.stage.steps.length, 1, "turned away: not tried again");
      ntm.host.dialogs.next(button);
      ntm.host.dialogs.next(button);
      await ntm.run("retry", "bd-1");
      await eventually(() => {
        assert.ok(ntm.stage.steps[2]?.includes(flag));
      });
      await ntm.run("retry", "bd-2");
      assert.ok(!ntm.stage.steps[3]?.includes(flag));
    });
  }

  it("shows the bead that occupies the pane", async () => {
    await ntm.show(claimedRow("bd-1", failed), claimedRow("bd-2"));
    const message = "assignment target already has active work: %0 is owned by bead bd-2";
    ntm.stage.ntm.control({ refuse: { code: "TARGET_BUSY", message } });
    await vscode.commands.executeCommand("ntmAssignments.beads.focus");
    ntm.host.dialogs.next("Show Owner");
    await ntm.run("retry", "bd-1");
    assert.match((await ntm.said()).text, /^The target pane of bd-1 already has bd-2 in flight\./);
    await eventually(() => {
      const [selected] = ntm.host.internals.beads.treeView.selection;
      assert.equal(selected?.kind === "row" ? selected.beadId : undefined, "bd-2");
    });
  });

  it("takes another pane for one that ntm refuses", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", failed));
    ntm.stage.ntm.control({ refuse: { code: "NO_IDLE_AGENT", unless: "--to-pane=%1" } });
    ntm.host.dialogs.next("Choose Another Pane…");
    ntm.host.dialogs.next(({ choices }) => choices[1]);
    await ntm.run("retry", "bd-1");
    await ledger.shows("bd-1", "assigned");
    assert.equal(ledger.row("bd-1")?.["occupancy_key"], "%1");
  });

  const others: readonly [control: StandInControl, text: RegExp, choices: readonly string[]][] = [
    [
      { refuse: { code: "CLAIM_CONFLICT", message: "x is recorded for eve" } },
      /^bd-1 is claimed in the tracker by eve/,
      [],
    ],
    [{ refuse: { code: "NEW_CODE", message: "something new" } }, /^ntm refused bd-1: “something new” \(NEW_CODE\)/, []],
    [{ output: "Usage: ntm\n" }, /^ntm's answer for bd-1 isn't understood: “Usage: ntm”/, ["Show Log"]],
    [{ output: "" }, /^ntm gave no answer for bd-1/, ["Show Log"]],
    [{ dies: true }, /^ntm was killed while working on bd-1\. It may have finished the step/, ["Show Log"]],
  ];
  for (const [control, text, choices] of others) {
    it(`says what happened: ${text.source}`, async () => {
      await ntm.show(claimedRow("bd-1", failed));
      ntm.stage.ntm.control(control);
      await ntm.run("retry", "bd-1");
      const message = await ntm.said();
      assert.match(message.text, text);
      assert.deepEqual(message.choices, choices);
    });
  }

  it("ends ntm when the user cancels, and doesn't claim that nothing happened", async () => {
    await ntm.show(claimedRow("bd-1", failed), claimedRow("bd-2", failed));
    ntm.stage.ntm.control({ delayMs: 60_000 });
    const { withProgress } = vscode.window;
    const window = vscode.window as { withProgress: typeof withProgress };
    window.withProgress = (options, task) => {
      if (options.location !== vscode.ProgressLocation.Notification) return withProgress(options, task);
      assert.equal(options.cancellable, true);
      const source = new vscode.CancellationTokenSource();
      const done = task({ report: () => undefined }, source.token);
      source.cancel();
      return done;
    };
    try {
      await ntm.run("retry", "bd-1", "bd-2");
    } finally {
      window.withProgress = withProgress;
    }
    const { text } = await ntm.said();
    assert.match(text, /^Not done: 2\. ntm was canceled while working on bd-1\. bd-2 was left as it is/);
  });

  it("isn't started for a row that another process has changed since it was shown", async () => {
    const ledger = await ntm.show(claimedRow("bd-1"));
    ntm.host.dialogs.next(() => {
      changeAsNtm(ledger.primary, ({ assignments }) => {
        Object.assign(assignments["bd-1"]!, { status: "working", idempotency_key: "another" });
      });
      return "Release";
    });
    await ntm.run("release", "bd-1");
    assert.match((await ntm.said(1)).text, /^Another process changed bd-1 from assigned to working\./);
    assert.deepEqual(ntm.stage.steps, []);
  });

  it("says what the row has become when another window's ntm was quicker", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", failed));
    ntm.stage.ntm.control({ delayMs: 3_000 });
    const ours = ntm.run("retry", "bd-1");
    await eventually(() => {
      assert.equal(ntm.stage.steps.length, 1);
    });
    ntm.stage.ntm.control({});
    const args = ["assign", ledger.sessionName, "--retry", "bd-1", "--json"];
    const theirs = JSON.parse(execFileSync(ntm.stage.ntm.program, args, { encoding: "utf8" })) as { success: boolean };
    assert.equal(theirs.success, true);
    await ours;
    assert.match((await ntm.said()).text, /^ntm refused bd-1 because of its state: .*status: assigned/);
    await ledger.shows("bd-1", "assigned");
    assert.equal(ledger.row("bd-1")?.["retry_count"], 1, "it was retried once");
    assert.equal(ntm.activity(ledger, "bd-1"), undefined);
  });

  it("offers the command line where ntm can't be run", async () => {
    const ledger = await ntm.host.show([claimedRow("bd-1", failed)]);
    ntm.host.dialogs.next("Copy ntm Command");
    await ntm.run("retry", "bd-1");
    const { text, choices } = await ntm.said();
    assert.match(
      text,
      new RegExp(`^Only ntm can do this, and there is no session ${ledger.sessionName} on the tmux server`),
    );
    assert.deepEqual(choices, ["Copy ntm Command", "Run in Terminal"]);
    assert.equal(await vscode.env.clipboard.readText(), `ntm assign ${ledger.sessionName} --retry bd-1`);
    ntm.stage.live(ledger);
    fs.rmSync(ntm.stage.ntm.program);
    await ntm.run("retry", "bd-1");
    assert.match((await ntm.said(1)).text, /^Only ntm can do this, and it isn't found on this machine\./);
  });

  describe("Assign", () => {
    const assign = (): Thenable<unknown> => vscode.commands.executeCommand(commandId("assign"));

    it("takes a bead and a pane, and ntm does the rest", async () => {
      const ledger = await ntm.show(claimedRow("bd-1"));
      ntm.host.dialogs.next("bd-2");
      ntm.host.dialogs.next(({ choices }) => choices[0]);
      await assign();
      const [, pick] = ntm.host.dialogs.asked;
      assert.match(pick?.choices[0] ?? "", /^Pane 1 /, "the free pane comes first");
      assert.deepEqual(ntm.stage.steps, [`assign ${ledger.sessionName} --pane=%1 --beads=bd-2 --json`]);
      assert.equal(ledger.row("bd-2")?.["status"], "assigned");
    });

    it("offers another pane for one that is taken", async () => {
      const ledger = await ntm.show(claimedRow("bd-1"));
      ntm.host.dialogs.next("bd-2");
      ntm.host.dialogs.next(({ choices }) => choices[1]);
      await assign();
      const refused = await ntm.said(2);
      assert.match(refused.text, /^The target pane of bd-2 already has bd-1 in flight\./);
      assert.deepEqual([refused.choices, ledger.row("bd-2")], [["Show Owner"], undefined]);
    });
  });
});
