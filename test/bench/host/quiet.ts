// Waits until a new host has started the other extensions.
import { setTimeout as sleep } from "node:timers/promises";

const windowMs = 250;
const quietWindows = 4;
const longestMs = 30_000;

export async function quiet(): Promise<void> {
  const deadline = performance.now() + longestMs;
  for (let windows = 0; windows < quietWindows && performance.now() < deadline; windows++) {
    const before = performance.eventLoopUtilization();
    await sleep(windowMs);
    if (performance.eventLoopUtilization(before).utilization > 0.05) windows = -1;
  }
}
