// Runs a task on request, never twice at the same time, and always once after the last request.
import { setTimeout as sleep } from "node:timers/promises";
import type { Disposable } from "./event";

/** The longest pause between two runs. */
const longestRestMs = 250;

export class SerialTask implements Disposable {
  /** Resolves when the current run and the pause after it have finished. */
  private busy: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private isDisposed = false;

  constructor(private readonly task: () => Promise<void>) {}

  /**
   * Resolves with a run that begins after this call; requests during a run share the next one. Each run is followed by
   * a pause of the same length, so that frequent requests use at most half of the thread.
   */
  request(): Promise<void> {
    if (this.queued !== undefined) return this.queued;
    if (this.busy === undefined) return this.execute();
    this.queued = this.busy.then(() => {
      this.queued = undefined;
      return this.execute();
    });
    return this.queued;
  }

  /** Starts no more runs; a current run still finishes. */
  dispose(): void {
    this.isDisposed = true;
  }

  private execute(): Promise<void> {
    if (this.isDisposed) return Promise.resolve();
    const start = performance.now();
    const run = this.task();
    const rest = (): Promise<void> => sleep(Math.min(performance.now() - start, longestRestMs));
    // An error is reported to the caller of the run; the next run is independent of it.
    this.busy = run.then(rest, rest).finally(() => (this.busy = undefined));
    return run;
  }
}
