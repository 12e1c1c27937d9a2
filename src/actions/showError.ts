// Shows an error of a command, with what to do next.
import type { LedgerHealth } from "../assignment";
import type { Log } from "../log";
import { errorExplanation } from "../text/error";
import { showExplanation } from "./messages";

/** @param health of the active session's ledger, if there is one */
export function showError(log: Log, error: unknown, health: LedgerHealth = { kind: "ok" }): void {
  showExplanation(log, "error", errorExplanation(error, { health, now: Date.now() }));
}
