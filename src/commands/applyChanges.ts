// Applies changes to a ledger with one lock and one save, and reports what was refused.
import * as vscode from "vscode";
import {
  ensureLockAvailable,
  type Assignment,
  type AssignmentStore,
  type Change,
  type ChangeResult,
} from "../assignment";
import { viewIds } from "../contributions";
import { problemExplanation, sanitize, type Explanation } from "../messages";
import { errorExplanation } from "../messages/error";
import type { Services } from "../services";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import { showExplanation, showMessage, type Button } from "../views/showMessage";

/** A successful change. */
export type Done = Extract<ChangeResult, { error?: undefined }>;

/** What wasn't done, and why. */
export interface Refused {
  readonly beadId: string;
  readonly explanation: Explanation;
}

/**
 * Whether the ledger can be changed; if not, shows why.
 * @throws {LockUnavailableError} if no ledger can be locked
 */
export function isWritable(
  { log, view }: Services,
  { snapshot, store }: { readonly snapshot: SessionSnapshot | undefined; readonly store: AssignmentStore },
): boolean {
  ensureLockAvailable();
  view.setReadOnly(false);
  if (snapshot === undefined || snapshot.health.kind === "ok") return true;
  showExplanation(log, "warning", problemExplanation(snapshot.health.problem, store.path));
  return false;
}

/** Applies the changes, with progress in the view; the resulting rows count as this window's own changes. */
export async function applyChanges(
  { ownChanges }: Services,
  store: AssignmentStore,
  changes: readonly Change[],
): Promise<readonly ChangeResult[]> {
  return ownChanges.during(async () => {
    const location = { viewId: viewIds.beads };
    const results = await vscode.window.withProgress({ location }, () => store.apply(changes));
    ownChanges.remember(results);
    return results;
  });
}

export function explanationOf(error: unknown, shown: Assignment | undefined, store: AssignmentStore): Explanation {
  return errorExplanation(error, { health: store.health, now: Date.now(), shownStatus: shown?.status });
}

/** As many reasons as fit into a message; the log has all of them. */
const maxReasons = 2;

/** Says what wasn't done. @param summary what was done, for `doneCount` beads @param buttons for these */
export function reportRefused(
  { log }: Pick<Services, "log">,
  summary: string,
  doneCount: number,
  refused: readonly Refused[],
  buttons: readonly Button[] = [],
): void {
  const [first] = refused;
  if (first === undefined) return;
  if (refused.length === 1 && doneCount === 0) {
    showExplanation(log, "warning", first.explanation, first.beadId);
    return;
  }
  for (const { beadId, explanation } of refused) {
    log.warn(`${sanitize(beadId)}: ${explanation.sentence} ${explanation.next}`);
  }
  const reasons = refused.slice(0, maxReasons).map(({ explanation }) => explanation.sentence);
  const rest = refused.length - reasons.length;
  if (rest > 0) reasons.push(vscode.l10n.t("{0} more in the log.", rest));
  const notDone = vscode.l10n.t("Refused: {0}.", refused.length);
  const showLog = {
    title: vscode.l10n.t("Show Log"),
    run: (): Promise<void> => {
      log.show();
      return Promise.resolve();
    },
  };
  const sentences = [summary, notDone, ...reasons].filter((sentence) => sentence !== "");
  showMessage(log, "warning", sentences.join(" "), ...buttons, showLog);
}
