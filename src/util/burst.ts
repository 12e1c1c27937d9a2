// Collects items that arrive in quick succession, and delivers them together.
import type { Disposable } from "./event";

export class Burst<T> implements Disposable {
  private gathered: T[] = [];
  private first = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param deliver gets all collected items, in order
   * @param quietMs delivers after this time without another item
   * @param longestMs delivers after this time even if more items arrive
   */
  constructor(
    private readonly deliver: (items: readonly T[]) => void,
    private readonly quietMs: number,
    private readonly longestMs: number,
  ) {}

  add(items: readonly T[]): void {
    if (items.length === 0) return;
    const now = performance.now();
    if (this.gathered.length === 0) this.first = now;
    this.gathered.push(...items);
    clearTimeout(this.timer);
    const wait = Math.min(this.quietMs, this.first + this.longestMs - now);
    this.timer = setTimeout(() => {
      const gathered = this.gathered;
      this.drop();
      this.deliver(gathered);
    }, wait);
  }

  /** Drops the collected items. */
  drop(): void {
    clearTimeout(this.timer);
    this.gathered = [];
  }

  dispose(): void {
    this.drop();
  }
}
