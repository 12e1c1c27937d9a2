// The delay of the event loop, which all extensions of a host share.
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Line } from "../line";

const resolution = 5;

/** Starts to measure. @returns stops and returns the longest delay */
export function watchLoopDelay(): () => { readonly lines: readonly Line[]; readonly p99: number } {
  const histogram = monitorEventLoopDelay({ resolution });
  histogram.enable();
  return () => {
    histogram.disable();
    // A timer that fires as it should counts as its own interval.
    const ms = (percentile: number): number => Math.max(0, histogram.percentile(percentile) / 1e6 - resolution);
    const line = (name: string, value: number): Line => ({ name: `wait for the thread, ${name}`, unit: "ms", value });
    return { lines: [line("p50", ms(50)), line("p99", ms(99)), line("longest", ms(100))], p99: ms(99) };
  };
}
