// Gathers what comes in quick succession, so that it is told of once.
import type { Disposable } from "./event";

export class Burst<T> implements Disposable {
  private gathered: T[] = [];
  private first = 0;
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param tell is given all that came, in order
   * @param quietMs how long nothing more must come
   * @param longestMs after which what has come is told of though more may come
   */
  constructor(
    private readonly tell: (items: readonly T[]) => void,
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
      this.tell(gathered);
    }, wait);
  }

  /** Forgets what has come. */
  drop(): void {
    clearTimeout(this.timer);
    this.gathered = [];
  }

  dispose(): void {
    this.drop();
  }
}
