// Nothing that a person starts may fail without a word.
import { errorExplanation } from "../words";
import { explain } from "./report";
import type { Services } from "./services";

/** Does the work; what it throws is said and logged, with its cause. */
export async function attempt(
  { session, log }: Pick<Services, "session" | "log">,
  work: () => void | PromiseLike<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.error(error instanceof Error ? error : String(error));
    const health = session.store?.health ?? { kind: "ok" };
    explain(log, "error", errorExplanation(error, { health, now: Date.now() }));
  }
}
