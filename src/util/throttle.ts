// Runs a task at once, and then at most once in an interval, always once after the last request.
import type { Disposable } from "./event";

export class Throttle implements Disposable {
  private timer: NodeJS.Timeout | undefined;
  private isRequested = false;

  constructor(
    private readonly task: () => void,
    private readonly intervalMs: number,
  ) {}

  request(): void {
    this.isRequested = true;
    if (this.timer === undefined || this.intervalMs === 0) this.fire();
  }

  /** Runs no more. */
  dispose(): void {
    clearTimeout(this.timer);
    this.isRequested = false;
  }

  private fire(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (!this.isRequested) return;
    this.isRequested = false;
    this.timer = setTimeout(() => {
      this.fire();
    }, this.intervalMs);
    this.task();
  }
}
