import * as assert from "node:assert/strict";
import { mock } from "node:test";
import { PaneWatch } from "../../../src/tmux/paneWatch";
import type { LedgerPane } from "../../../src/tmux/joinPanes";
import type { PaneList } from "../../../src/tmux/paneList";
import type { WaitOutcome } from "../../../src/tmux/signal";
import { created, ledgerPanes, minute, rowIn, saying, tmuxPane } from "../../support/tmuxPanes";

const second = 1000;
const start = created + 10 * minute;
const row = rowIn(1, "bd-1", created + minute);

/** A watch, and a tmux that the test plays. Time passes when the test says so. */
class Stage {
  answer: PaneList | (() => Promise<PaneList>) = { kind: "panes", panes: [tmuxPane(1), tmuxPane(2)] };
  isEnabled = true;
  isFocused = true;
  isVisible = true;
  isServerRunning = true;
  ledger: readonly LedgerPane[] = ledgerPanes(row);
  readonly asked: number[] = [];
  readonly askedForChildren: (readonly number[])[] = [];
  readonly askedForProcesses: (readonly (readonly [number, number])[])[] = [];
  /** Ends the wait for a signal, if there is one. */
  endWait: ((outcome: WaitOutcome) => void) | undefined;
  waits = 0;
  readonly logged: string[] = [];
  changes = 0;
  readonly watch: PaneWatch;

  constructor(set: (stage: Stage) => void = () => undefined) {
    set(this);
    const log = (message: unknown): void => void this.logged.push(String(message));
    this.watch = new PaneWatch({
      list: () => {
        this.asked.push(Date.now() - start);
        return typeof this.answer === "function" ? this.answer() : Promise.resolve(this.answer);
      },
      wait: (signal) =>
        new Promise((resolve) => {
          this.waits++;
          this.endWait = (outcome) => {
            this.endWait = undefined;
            resolve(outcome);
          };
          signal.addEventListener("abort", () => this.endWait?.("failed"));
        }),
      isEnabled: () => this.isEnabled,
      isFocused: () => this.isFocused,
      isVisible: () => this.isVisible,
      shownSession: () => ({ sessionName: "s", panes: this.ledger }),
      log: { info: log, warn: log, error: log },
      findChildren: (pids) => {
        this.askedForChildren.push(pids);
        return Promise.resolve(new Map(pids.map((pid) => [pid, false])));
      },
      countLaterProcesses: (since) => {
        if (since.size > 0) this.askedForProcesses.push([...since]);
        return Promise.resolve(new Map([...since.keys()].map((pid) => [pid, 2])));
      },
      isRunning: () => this.isServerRunning,
    });
    this.watch.onDidChange(() => this.changes++);
  }

  /** Runs the timers that are due by then, in order. */
  async pass(ms: number): Promise<void> {
    await settle();
    for (let passed = 0; passed < ms; passed += 100) {
      mock.timers.tick(Math.min(100, ms - passed));
      await settle();
    }
  }

  get life(): string {
    return this.watch.current.lifeOf(row);
  }
}

/** Lets all promises that are fulfilled go on. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

describe("The watch over panes", () => {
  let stage: Stage;

  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: start });
  });
  afterEach(() => {
    stage.watch.dispose();
    mock.timers.reset();
  });

  it("asks every three seconds in a focused window, and every fifteen otherwise", async () => {
    stage = new Stage();
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
    stage = new Stage((it) => (it.isFocused = false));
    await stage.pass(10 * second);
    assert.equal(stage.asked.length, 1);
    stage.isFocused = true;
    stage.watch.update();
    await stage.pass(100);
    assert.equal(stage.asked.length, 2);
  });

  it("doesn't ask while it can't matter", async () => {
    stage = new Stage((it) => {
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
    stage = new Stage();
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
    stage = new Stage((it) => (it.answer = () => new Promise((resolve) => (answer = resolve))));
    await stage.pass(100);
    stage.isEnabled = false;
    stage.watch.update();
    answer({ kind: "panes", panes: [tmuxPane(1)] });
    await stage.pass(second);
    assert.equal(stage.life, "unknown");
  });

  it("asks at once when the ledger changed, and once for many changes", async () => {
    stage = new Stage();
    await stage.pass(second);
    stage.asked.length = 0;
    for (let change = 0; change < 20; change++) stage.watch.ledgerChanged();
    await stage.pass(second);
    assert.ok(stage.asked.length >= 1 && stage.asked.length <= 2, String(stage.asked.length));
  });

  it("fires for changes, not for observations without one", async () => {
    stage = new Stage();
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
    stage = new Stage((it) => (it.answer = { kind: "panes", panes }));
    await stage.pass(second);
    assert.deepEqual(stage.askedForChildren, [[1001]]);
    await stage.pass(4 * second);
    assert.equal(stage.life, "agent-exited");
  });

  it("shows what it knew through one failure, and nothing after two, which it reports once", async () => {
    stage = new Stage();
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
    stage = new Stage();
    await stage.pass(second);
    stage.answer = { kind: "failed", reason: "timed-out", detail: "" };
    await stage.pass(3 * second);
    assert.deepEqual([stage.life, stage.logged.length], ["unknown", 1]);
  });

  it("shows nothing that is older than two intervals", async () => {
    stage = new Stage();
    await stage.pass(second);
    stage.answer = () => new Promise(() => undefined);
    await stage.pass(3 * second);
    assert.equal(stage.life, "alive");
    await stage.pass(3 * second);
    assert.equal(stage.life, "unknown");
  });

  it("goes on showing what it knew when the window loses the focus, until two of the longer intervals have passed", async () => {
    stage = new Stage();
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
      stage = new Stage((it) => (it.answer = { kind }));
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
    stage = new Stage();
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

  it("asks what still runs only of agents of the session that say that they are idle, since their turn began", async () => {
    const idle = saying("idle -", start - minute);
    const turn = String((start - 2 * minute) / second);
    const said = { options: { ...idle.options, "@ntm_assignments_turn": turn } };
    const panes = [tmuxPane(1, said), tmuxPane(2, idle), tmuxPane(3), tmuxPane(4, { ...said, sessionName: "other" })];
    stage = new Stage((it) => {
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

  describe("when an agent's hook signals", () => {
    it("asks at once, and waits for the next signal", async () => {
      stage = new Stage();
      await stage.pass(second);
      assert.deepEqual([stage.asked.length, stage.waits], [1, 1]);
      stage.endWait?.("signalled");
      await stage.pass(100);
      assert.deepEqual([stage.asked.length, stage.waits], [2, 2]);
      await stage.pass(second);
      assert.equal(stage.asked.length, 2);
    });

    it("asks five times a second at most, and not only before the next wait", async () => {
      stage = new Stage();
      await stage.pass(second);
      const before = stage.asked.length;
      for (let tenth = 0; tenth < 20; tenth++) {
        stage.endWait?.("signalled");
        await stage.pass(100);
      }
      assert.ok(stage.waits <= 12, `${stage.waits} processes wait`);
      assert.ok(stage.asked.length - before <= 21, `${stage.asked.length - before} times`);
      const ended = stage.asked.length;
      stage.endWait?.("signalled");
      await stage.pass(300);
      assert.ok(stage.asked.length > ended);
    });

    it("doesn't wait for it while it can't matter, nor without a server", async () => {
      stage = new Stage((it) => {
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
      stage = new Stage();
      await stage.pass(second);
      stage.endWait?.("failed");
      await stage.pass(50 * second);
      assert.equal(stage.waits, 1);
      await stage.pass(12 * second);
      assert.equal(stage.waits, 2);
    });
  });

  it("goes on after an error of its own, which is logged", async () => {
    stage = new Stage((it) => (it.answer = () => Promise.reject(new Error("broken"))));
    await stage.pass(second);
    assert.deepEqual(stage.logged, ["Error: broken"]);
    stage.answer = { kind: "panes", panes: [tmuxPane(1)] };
    await stage.pass(3 * second);
    assert.equal(stage.life, "alive");
  });

  it("asks no more once it is disposed of", async () => {
    stage = new Stage();
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
