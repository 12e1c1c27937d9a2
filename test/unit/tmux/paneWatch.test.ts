import * as assert from "node:assert/strict";
import type { PaneList } from "../../../src/tmux/paneList";
import { row, second, useMockTime, WatchStage } from "../../support/tmux/watchStage";
import { created, ledgerPanes, minute, rowIn, tmuxPane } from "../../support/tmuxPanes";

describe("The watch over panes", () => {
  let stage: WatchStage;
  useMockTime(() => {
    stage.watch.dispose();
  });

  it("asks every three seconds in a focused window, and every fifteen otherwise", async () => {
    stage = new WatchStage();
    await stage.pass(10 * second);
    assert.deepEqual(
      stage.asked.slice(0, 4),
      [1, 3001, 6001, 9001].map((at) => stage.asked[0]! + at - 1),
    );
    assert.equal(stage.asked.length, 4);
    stage.isFocused = false;
    stage.watch.update();
    stage.asked.length = 0;
    await stage.pass(60 * second);
    assert.equal(stage.asked.length, 4);
  });

  it("asks at once when the window gets the focus after a while", async () => {
    stage = new WatchStage((it) => (it.isFocused = false));
    await stage.pass(10 * second);
    assert.equal(stage.asked.length, 1);
    stage.isFocused = true;
    stage.watch.update();
    await stage.pass(100);
    assert.equal(stage.asked.length, 2);
  });

  it("doesn't ask while it can't matter", async () => {
    stage = new WatchStage((it) => {
      it.isVisible = false;
      it.ledger = ledgerPanes(rowIn(1, "bd-1", created + minute, { status: "completed" }));
    });
    await stage.pass(60 * second);
    assert.deepEqual(stage.asked, []);
    stage.ledger = ledgerPanes(row);
    stage.watch.ledgerChanged();
    await stage.pass(4 * second);
    assert.equal(stage.asked.length, 2);
    stage.ledger = [];
    stage.watch.ledgerChanged();
    await stage.pass(60 * second);
    assert.equal(stage.asked.length, 2);
    stage.isVisible = true;
    stage.watch.update();
    await stage.pass(100);
    assert.equal(stage.asked.length, 3);
  });

  it("never asks when it is switched off, and drops its state", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    assert.equal(stage.life, "alive");
    stage.isEnabled = false;
    stage.watch.update();
    assert.equal(stage.life, "unknown");
    stage.asked.length = 0;
    await stage.watch.refresh();
    stage.watch.ledgerChanged();
    await stage.pass(120 * second);
    assert.deepEqual(stage.asked, []);
  });

  it("drops an answer that comes after it was switched off", async () => {
    let answer: (list: PaneList) => void = () => undefined;
    stage = new WatchStage((it) => (it.answer = () => new Promise((resolve) => (answer = resolve))));
    await stage.pass(100);
    stage.isEnabled = false;
    stage.watch.update();
    answer({ kind: "panes", panes: [tmuxPane(1)] });
    await stage.pass(second);
    assert.equal(stage.life, "unknown");
  });

  it("asks at once when the ledger changed, and once for many changes", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.asked.length = 0;
    for (let change = 0; change < 20; change++) stage.watch.ledgerChanged();
    await stage.pass(second);
    assert.ok(stage.asked.length >= 1 && stage.asked.length <= 2, String(stage.asked.length));
  });

  it("fires for changes, not for observations without one", async () => {
    stage = new WatchStage();
    await stage.pass(10 * second);
    assert.equal(stage.changes, 1);
    stage.answer = { kind: "panes", panes: [tmuxPane(2)] };
    await stage.pass(10 * second);
    assert.equal(stage.life, "gone");
    assert.equal(stage.changes, 3, "unknown after one look, gone after two");
  });

  it("asks for children only of agents' panes with a shell in the foreground", async () => {
    const shell = { command: "zsh" };
    const panes = [
      tmuxPane(1, shell),
      tmuxPane(2),
      tmuxPane(3, { ...shell, title: "s__user_0" }),
      tmuxPane(4, { ...shell, sessionName: "other" }),
      tmuxPane(5, { ...shell, isDead: true }),
    ];
    stage = new WatchStage((it) => (it.answer = { kind: "panes", panes }));
    await stage.pass(second);
    assert.deepEqual(stage.askedForChildren, [[1001]]);
    await stage.pass(4 * second);
    assert.equal(stage.life, "agent-exited");
  });

  it("shows what it knew through one failure, and nothing after two, which it reports once", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.answer = { kind: "failed", reason: "unparseable", detail: "?" };
    await stage.pass(3 * second);
    assert.deepEqual([stage.life, stage.logged.length], ["alive", 0]);
    await stage.pass(3 * second);
    assert.deepEqual([stage.life, stage.logged.length], ["unknown", 1]);
    await stage.pass(300 * second);
    assert.equal(stage.logged.length, 1);
    stage.answer = { kind: "panes", panes: [tmuxPane(1)] };
    await stage.pass(60 * second);
    assert.deepEqual([stage.life, stage.logged.length], ["alive", 2]);
  });

  it("shows nothing of a tmux that hangs", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.answer = { kind: "failed", reason: "timed-out", detail: "" };
    await stage.pass(3 * second);
    assert.deepEqual([stage.life, stage.logged.length], ["unknown", 1]);
  });

  it("shows nothing that is older than two intervals", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.answer = () => new Promise(() => undefined);
    await stage.pass(3 * second);
    assert.equal(stage.life, "alive");
    await stage.pass(3 * second);
    assert.equal(stage.life, "unknown");
  });

  it("goes on showing what it knew when the window loses the focus, until two of the longer intervals have passed", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.answer = () => new Promise(() => undefined);
    stage.isFocused = false;
    stage.watch.update();
    await stage.pass(28 * second);
    assert.equal(stage.life, "alive");
    await stage.pass(2 * second);
    assert.equal(stage.life, "unknown");
  });

  for (const kind of ["no-tmux", "no-server"] as const) {
    it(`asks once a minute where there is ${kind}, also when the ledger changes`, async () => {
      stage = new WatchStage((it) => (it.answer = { kind }));
      await stage.pass(second);
      stage.asked.length = 0;
      await stage.pass(120 * second);
      assert.equal(stage.asked.length, 2);
      assert.deepEqual([stage.life, stage.logged.length], ["unknown", 1]);
      await stage.pass(second);
      for (let change = 0; change < 20; change++) stage.watch.ledgerChanged();
      await stage.pass(second);
      assert.equal(stage.asked.length, 2);
      await stage.watch.refresh();
      assert.equal(stage.asked.length, 3, "a request is a request");
    });
  }

  it("knows a server that ended from one that isn't reached", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.answer = { kind: "no-server" };
    await stage.pass(20 * second);
    assert.equal(stage.life, "unknown");
    stage.answer = { kind: "panes", panes: [tmuxPane(1)] };
    await stage.pass(60 * second);
    assert.equal(stage.life, "alive");
    stage.answer = { kind: "no-server" };
    stage.isServerRunning = false;
    await stage.pass(10 * second);
    assert.equal(stage.life, "gone");
    stage.asked.length = 0;
    await stage.pass(300 * second);
    assert.equal(stage.life, "gone");
    assert.ok(stage.asked.length <= 6);
  });

  it("goes on after an error of its own, which is logged", async () => {
    stage = new WatchStage((it) => (it.answer = () => Promise.reject(new Error("broken"))));
    await stage.pass(second);
    assert.deepEqual(stage.logged, ["Error: broken"]);
    stage.answer = { kind: "panes", panes: [tmuxPane(1)] };
    await stage.pass(3 * second);
    assert.equal(stage.life, "alive");
  });

  it("asks no more once it is disposed of", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.watch.dispose();
    stage.asked.length = 0;
    stage.watch.ledgerChanged();
    stage.watch.update();
    await stage.watch.refresh();
    await stage.pass(60 * second);
    assert.deepEqual(stage.asked, []);
  });
});
