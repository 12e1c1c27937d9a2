// Medians and spreads by tinybench. Every number stands beside a reference measured in the same run, as machines are noisy.
import { Bench } from "tinybench";
import type { Measure } from "./line";

export type Task = (() => unknown) | { readonly before: () => void; readonly run: () => unknown };

/** Runs the tasks one after the other, each long enough for a steady median. What a task does `before` isn't timed. */
export async function measure<Name extends string>(
  tasks: Readonly<Record<Name, Task>>,
): Promise<Record<Name, Measure>> {
  const bench = new Bench({ time: 400, iterations: 7, warmupTime: 100, warmupIterations: 3, throws: true });
  for (const [name, task] of Object.entries<Task>(tasks)) {
    if (typeof task === "function") bench.add(name, task);
    else bench.add(name, task.run, { beforeEach: task.before });
  }
  await bench.run();
  const measures = bench.tasks.map(({ name, result }) => {
    if (!("latency" in result)) throw new Error(`${name} gave no measure: ${result.state}`);
    const { p50, mad } = result.latency;
    return [name, { median: p50, spread: mad }];
  });
  return Object.fromEntries(measures) as Record<Name, Measure>;
}
