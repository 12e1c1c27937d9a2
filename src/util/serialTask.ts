// Runs a task whenever somebody asks, never twice at once, and never without a run after the last request.
import { setTimeout as sleep } from "node:timers/promises";
import type { Disposable } from "./event";

/** The longest rest between two runs. */
const longestRestMs = 250;

export class SerialTask implements Disposable {
  /** Settles when the current run and the rest after it are over. */
  private busy: Promise<void> | undefined;
  private queued: Promise<void> | undefined;
  private isDisposed = false;

  constructor(private readonly task: () => Promise<void>) {}

  /**
   * Settles with a run that begins after this call; requests made while one runs share the next. Each run is followed by
   * a rest as long as itself, so that a storm of requests leaves half of the thread to others.
   */
  request(): Promise<void> {
    if (this.queued !== undefined) return this.queued;
    if (this.busy === undefined) return this.run();
    this.queued = this.busy.then(() => {
      this.queued = undefined;
      return this.run();
    });
    return this.queued;
  }

  /** No run begins after this; one that is under way ends by itself. */
  dispose(): void {
    this.isDisposed = true;
  }

  private run(): Promise<void> {
    if (this.isDisposed) return Promise.resolve();
    const start = performance.now();
    const run = this.task();
    const rest = (): Promise<void> => sleep(Math.min(performance.now() - start, longestRestMs));
    // A failure belongs to whoever asked; the next run doesn't care.
    this.busy = run.then(rest, rest).finally(() => (this.busy = undefined));
    return run;
  }
}
