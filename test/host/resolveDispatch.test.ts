// A row that ntm left while it was sending its prompt: its mark, the question what became of the prompt, and what follows.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { beadLockPath } from "../../src/ledger/paths";
import { eventually } from "../support/eventually";
import { ForeignHolder } from "../support/foreignLock";
import { claimedRow, sendingRow } from "./ntmStage";
import { useNtm } from "./ntmTest";

const failed = { status: "failed", failed_at: "2026-11-22T11:00:00Z", fail_reason: "tests fail" };

describe("A stranded row", () => {
  const ntm = useNtm();

  const reason = (beadId: string): string | undefined => {
    const found = ntm.host.internals.session.snapshot?.get(beadId);
    return found && ntm.host.internals.attention.current.reasonOf(found);
  };
  const becomesStranded = (beadId: string): Promise<void> =>
    eventually(() => {
      assert.equal(reason(beadId), "stranded");
    });

  it("is marked once no process works on it, and isn't while one does", async () => {
    const ledger = await ntm.show(sendingRow("bd-1"), sendingRow("bd-2"));
    const holder = await ForeignHolder.of(beadLockPath({ primary: ledger.primary }, "bd-2"));
    try {
      await becomesStranded("bd-1");
      assert.equal(ntm.activity(ledger, "bd-2"), "under-way");
      assert.notEqual(reason("bd-2"), "stranded");
      await ntm.run("resolveDispatch", "bd-2");
      assert.match(ntm.host.dialogs.only().text, /^ntm is sending the prompt of bd-2 right now\./);
    } finally {
      await holder.release();
    }
    await becomesStranded("bd-2");
  });

  it("is resolved by what the pane shows: it didn't arrive, and ntm releases it", async () => {
    const ledger = await ntm.show(sendingRow("bd-1"));
    ntm.host.dialogs.next(({ choices }) => {
      assert.match(
        vscode.window.activeTextEditor?.document.getText() ?? "",
        /Work on bd-1[^]*Pane %0 as tmux[^]*ready/,
      );
      return choices.find((choice) => choice === "It didn't arrive");
    });
    ntm.host.dialogs.next("Release");
    await ntm.run("resolveDispatch", "bd-1");
    assert.deepEqual((await ntm.said(1)).choices, ["Retry", "Release"]);
    await ledger.shows("bd-1", undefined);
    assert.deepEqual(ntm.stage.steps, [`assign ${ledger.sessionName} --clear bd-1 --json`]);
  });

  it("says first where a prompt that was sent by Agent Mail may wait, and stays as it is if that isn't accepted", async () => {
    const ledger = await ntm.show(sendingRow("bd-1", { agent_name: "RedStone" }));
    ntm.host.dialogs.next("It didn't arrive");
    await ntm.run("resolveDispatch", "bd-1");
    const asked = await ntm.said(1);
    assert.match(asked.text, /^Record that the prompt of bd-1 didn't arrive\?/);
    assert.match(
      String(asked.detail),
      /in the mailbox of RedStone, even if the pane is empty\.[^]*start the bead twice/,
    );
    assert.equal(ledger.row("bd-1")?.["dispatch_state"], "sending");
    ntm.stage.tmux.run("set-option", "-p", "-t", "%1", "@ntm_agent_mail_name", "RedStone");
    await ntm.host.internals.panes.refresh();
    ntm.host.dialogs.next("It didn't arrive");
    ntm.host.dialogs.next("It Didn't Arrive");
    await ntm.run("resolveDispatch", "bd-1");
    assert.match(String((await ntm.said(3)).detail), /the mailbox of RedStone, which is the agent in pane 1 \(%1\)\./);
    assert.equal(ledger.row("bd-1")?.["dispatch_state"], "pending");
  });

  it("is resolved the other way: it arrived, and the bead is assigned", async () => {
    const ledger = await ntm.show(sendingRow("bd-1"));
    ntm.host.dialogs.next("It arrived");
    await ntm.run("resolveDispatch", "bd-1");
    const { status, dispatch_state, prompt_sent } = ledger.row("bd-1") ?? {};
    assert.deepEqual([status, dispatch_state, prompt_sent], ["assigned", "sent", "Work on bd-1"]);
    assert.match((await ntm.said(1)).text, /^bd-1 is assigned: its prompt arrived\./);
    await ledger.shows("bd-1", "assigned");
    assert.equal(reason("bd-1"), undefined);
  });

  it("comes of a retry that ntm can't deliver, whose message leads to the question", async () => {
    const ledger = await ntm.show(claimedRow("bd-1", failed));
    ntm.stage.ntm.control({ strands: true });
    ntm.host.dialogs.next("Resolve…");
    ntm.host.dialogs.next("It didn't arrive");
    await ntm.run("retry", "bd-1");
    await eventually(() => {
      assert.equal(ledger.row("bd-1")?.["dispatch_state"], "pending");
    });
  });

  it("stays as it is when the user doesn't know", async () => {
    const ledger = await ntm.show(sendingRow("bd-1"));
    await ntm.run("resolveDispatch", "bd-1");
    assert.equal(ledger.row("bd-1")?.["dispatch_state"], "sending");
  });
});
