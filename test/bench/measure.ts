// Medians and spreads by tinybench. Every number stands beside a reference measured in the same run, as machines are noisy.
import { Bench } from "tinybench";

/** Milliseconds. */
export interface Measure {
  readonly median: number;
  /** Half of the samples are within this distance of the median. */
  readonly spread: number;
  readonly samples: number;
}

export type Task = () => unknown;

/** Runs the tasks one after the other, each long enough for a steady median. */
export async function measure<Name extends string>(
  tasks: Readonly<Record<Name, Task>>,
): Promise<Record<Name, Measure>> {
  const bench = new Bench({ time: 400, iterations: 7, warmupTime: 100, warmupIterations: 3, throws: true });
  for (const [name, task] of Object.entries<Task>(tasks)) bench.add(name, task);
  await bench.run();
  const measures = bench.tasks.map(({ name, result }) => {
    if (!("latency" in result)) throw new Error(`${name} gave no measure: ${result.state}`);
    const { p50, mad, samplesCount } = result.latency;
    return [name, { median: p50, spread: mad, samples: samplesCount }];
  });
  return Object.fromEntries(measures) as Record<Name, Measure>;
}
