// A watch over panes, and a tmux that the test plays. Time passes when the test says so.
import { mock } from "node:test";
import type { LedgerPane } from "../../../src/tmux/joinPanes";
import type { PaneList } from "../../../src/tmux/paneList";
import { PaneWatch } from "../../../src/tmux/paneWatch";
import type { WaitOutcome } from "../../../src/tmux/signal";
import { created, ledgerPanes, minute, rowIn, tmuxPane } from "../tmuxPanes";

export const second = 1000;
export const start = created + 10 * minute;
export const row = rowIn(1, "bd-1", created + minute);

/** Each test of the suite begins at {@link start}. @param end ends what the test began */
export function useMockTime(end: () => void): void {
  beforeEach(() => {
    mock.timers.enable({ apis: ["setTimeout", "Date"], now: start });
  });
  afterEach(() => {
    end();
    mock.timers.reset();
  });
}

export class WatchStage {
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

  constructor(set: (stage: WatchStage) => void = () => undefined) {
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
