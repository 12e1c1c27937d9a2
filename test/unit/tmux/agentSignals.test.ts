import * as assert from "node:assert/strict";
import { second, start, useMockTime, WatchStage } from "../../support/tmux/watchStage";
import { minute, saying, tmuxPane } from "../../support/tmuxPanes";

describe("Of agents that say that they are idle, the watch over panes", () => {
  let stage: WatchStage;
  useMockTime(() => {
    stage.watch.dispose();
  });

  it("asks what still runs only of agents of the session that say that they are idle, since their turn began", async () => {
    const idle = saying("idle -", start - minute);
    const turn = String((start - 2 * minute) / second);
    const said = { options: { ...idle.options, "@ntm_assignments_turn": turn } };
    const panes = [tmuxPane(1, said), tmuxPane(2, idle), tmuxPane(3), tmuxPane(4, { ...said, sessionName: "other" })];
    stage = new WatchStage((it) => {
      it.answer = { kind: "panes", panes };
      it.ledger = [];
    });
    await stage.pass(second);
    assert.deepEqual(stage.askedForProcesses, [[[1001, start - 2 * minute]]]);
    assert.deepEqual(
      stage.watch.current.freePanes.map(({ paneId }) => paneId),
      ["%2", "%3"],
    );
  });

  it("asks nothing about the turn of an agent that has exited since", async () => {
    const turn = String((start - 2 * minute) / second);
    const said = { options: { ...saying("idle -", start + 20 * second).options, "@ntm_assignments_turn": turn } };
    stage = new WatchStage((it) => {
      it.answer = { kind: "panes", panes: [tmuxPane(1, { isDead: true })] };
      it.ledger = [];
    });
    await stage.pass(4 * second);
    stage.answer = { kind: "panes", panes: [tmuxPane(1, said)] };
    await stage.pass(30 * second);
    assert.equal(stage.watch.current.pane("%1")?.state?.activity, "idle");
    assert.deepEqual(stage.askedForProcesses, []);
  });
});

describe("When an agent's hook signals, the watch over panes", () => {
  let stage: WatchStage;
  useMockTime(() => {
    stage.watch.dispose();
  });

  it("asks at once, and waits for the next signal", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    assert.deepEqual([stage.asked.length, stage.waits], [1, 1]);
    stage.endWait?.("signalled");
    await stage.pass(100);
    assert.deepEqual([stage.asked.length, stage.waits], [2, 2]);
    await stage.pass(second);
    assert.equal(stage.asked.length, 2);
  });

  it("asks five times a second at most, each time after the next wait has begun", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    const before = stage.asked.length;
    for (let tenth = 0; tenth < 20; tenth++) {
      stage.endWait?.("signalled");
      await stage.pass(100);
    }
    assert.ok(stage.waits <= 12, `${stage.waits} processes wait`);
    assert.ok(stage.asked.length - before <= 11, `${stage.asked.length - before} times`);
    const [ended, waits] = [stage.asked.length, stage.waits];
    stage.endWait?.("signalled");
    await stage.pass(300);
    assert.deepEqual([stage.asked.length, stage.waits], [ended + 1, waits + 1]);
  });

  it("doesn't wait for it while it can't matter, nor without a server", async () => {
    stage = new WatchStage((it) => {
      it.isVisible = false;
      it.ledger = [];
    });
    await stage.pass(minute);
    assert.equal(stage.waits, 0);
    stage.isVisible = true;
    stage.answer = { kind: "no-server" };
    stage.watch.update();
    await stage.pass(10 * second);
    assert.equal(stage.waits, 0);
    stage.answer = { kind: "panes", panes: [tmuxPane(1)] };
    await stage.watch.refresh();
    await stage.pass(100);
    assert.deepEqual([stage.waits, stage.endWait !== undefined], [1, true]);
    stage.isVisible = false;
    stage.watch.update();
    assert.equal(stage.endWait, undefined, "the process is ended");
  });

  it("tries again once a minute where it can't wait", async () => {
    stage = new WatchStage();
    await stage.pass(second);
    stage.endWait?.("failed");
    await stage.pass(50 * second);
    assert.equal(stage.waits, 1);
    await stage.pass(12 * second);
    assert.equal(stage.waits, 2);
  });
});
