// Nothing that a person starts may fail without a word.
import { inspect } from "node:util";
import { isLockMissing } from "../assignment";
import { errorExplanation } from "../words";
import { explain } from "./report";
import type { Services } from "./services";

/** Does the work; what it throws is said and logged, with its cause. */
export async function attempt(
  {
    session,
    view,
    log,
  }: Pick<Services, "session" | "log"> & {
    readonly view: Pick<Services["view"], "becomeReadOnly">;
  },
  work: () => void | PromiseLike<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The channel itself would leave out the cause.
    log.error(inspect(error));
    if (isLockMissing(error)) view.becomeReadOnly();
    const health = session.store?.health ?? { kind: "ok" };
    explain(log, "error", errorExplanation(error, { health, now: Date.now() }));
  }
}
