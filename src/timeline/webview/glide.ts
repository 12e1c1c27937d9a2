// A short animation from one time range to another; at once for whoever asked for less motion.
import type { TimeRange } from "./timeRange";

const glideMs = 120;

export class Glide {
  private frame: number | undefined;

  /**
   * @param whole all there is, which grows with the time
   * @param show shows a range, `undefined` being all there is
   */
  constructor(
    private readonly whole: () => TimeRange,
    private readonly show: (range: TimeRange | undefined) => void,
  ) {}

  /** @param goal `undefined` is all there is */
  to(goal: TimeRange | undefined, start: TimeRange): void {
    this.stop();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches || document.hidden) {
      this.show(goal);
      return;
    }
    const began = performance.now();
    const step = (): void => {
      const part = Math.min(1, (performance.now() - began) / glideMs);
      const { from, to } = goal ?? this.whole();
      const eased = 1 - (1 - part) ** 3;
      const range = { from: start.from + (from - start.from) * eased, to: start.to + (to - start.to) * eased };
      this.frame = part < 1 ? requestAnimationFrame(step) : undefined;
      this.show(part === 1 ? goal : range);
    };
    this.frame = requestAnimationFrame(step);
  }

  stop(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }
}
