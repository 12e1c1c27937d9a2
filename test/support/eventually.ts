// Waiting for a condition, never for a time.
import { waitMs } from "./timeLimits";

const pauseMs = 25;

/**
 * What `attempt` returns once it no longer throws: write it as the assertion that should come true.
 * When it hasn't within `timeoutMs`, the last error is thrown.
 */
export async function eventually<T>(attempt: () => T | Promise<T>, timeoutMs = waitMs): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}
