// One measurement at one size: a cell of the table.

export type Unit = "ms" | "MB" | "kB" | "count";

export interface Line {
  readonly name: string;
  readonly unit: Unit;
  /** The median, where there were several samples. */
  readonly value: number;
  /** Half of the samples are within this distance of the median. */
  readonly spread?: number;
  /** The reference: the plain way to do the same, in the same run. */
  readonly reference?: number;
  /** The same by another program. */
  readonly peer?: number;
}

export function lineOf(name: string, { median, spread }: Measure, reference?: Measure): Line {
  return { name, unit: "ms", value: median, spread, ...(reference && { reference: reference.median }) };
}

/** Milliseconds. */
export interface Measure {
  readonly median: number;
  readonly spread: number;
}

/** The value that this part of the samples, between 0 and 1, doesn't exceed. */
export function percentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? NaN;
}

export function measureOf(samples: readonly number[]): Measure {
  const median = percentile(samples, 0.5);
  const spread = percentile(
    samples.map((sample) => Math.abs(sample - median)),
    0.5,
  );
  return { median, spread };
}
