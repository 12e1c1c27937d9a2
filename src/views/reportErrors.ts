// Shows and logs every error of a command.
import { inspect } from "node:util";
import { isLockMissing, type LedgerHealth } from "../assignment";
import { errorExplanation } from "../messages/error";
import type { Log } from "../util/log";
import { showExplanation } from "./showMessage";
import type { Services } from "../services";

/** Does the work; an error is shown to the user, and logged with its cause. */
export async function reportErrors(
  {
    session,
    view,
    log,
  }: Pick<Services, "session" | "log"> & {
    readonly view: Pick<Services["view"], "setReadOnly">;
  },
  work: () => void | PromiseLike<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    // The channel itself would omit the cause.
    log.error(inspect(error));
    if (isLockMissing(error)) view.setReadOnly(true);
    showError(log, error, session.store?.health);
  }
}

/** @param health of the active session's ledger, if there is one */
function showError(log: Log, error: unknown, health: LedgerHealth = { kind: "ok" }): void {
  showExplanation(log, "error", errorExplanation(error, { health, now: Date.now() }));
}
