// Reproducible pseudo-random numbers: the same seed gives the same sequence.

export class SeededRandom {
  constructor(private seed: number) {}

  /** A whole number from 0 to below the limit. */
  below(limit: number): number {
    // Mulberry32.
    this.seed = (this.seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.seed ^ (this.seed >>> 15), 1 | this.seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  oneOf<T>(all: readonly T[]): T {
    const [one] = all.slice(this.below(all.length));
    if (one === undefined && all.length === 0) throw new RangeError("there is nothing to choose from");
    return one as T;
  }

  shuffled<T>(all: readonly T[]): T[] {
    return all
      .map((one) => ({ one, place: this.below(1_000_000) }))
      .sort((a, b) => a.place - b.place)
      .map(({ one }) => one);
  }
}
