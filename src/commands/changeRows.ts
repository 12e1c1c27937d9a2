// The common path of all commands that change rows: select rows, ask, change them with one lock and one save, report
// refusals.
import * as vscode from "vscode";
import {
  ensureLockAvailable,
  refusal,
  type Assignment,
  type AssignmentStore,
  type Change,
  type ChangeResult,
  type RowTransition,
} from "../assignment";
import { viewIds, type CommandArguments } from "../contributions";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import { sanitize, problemExplanation, type Explanation } from "../messages";
import { errorExplanation } from "../messages/error";
import { showExplanation, showMessage } from "../views/showMessage";
import type { Services } from "../services";
import { resolveSelection, type RowSelection } from "./selection";

export interface RowAction {
  readonly step: RowTransition;
  /** Title of the picker when nothing is selected. */
  readonly title: string;
  /** Asks for further input, and returns the changes; `undefined`: the user canceled. */
  createChanges(rows: readonly Assignment[], selection: RowSelection): Promise<readonly Change[] | undefined>;
  /** The successful part, for the message that lists the refusals. */
  summary(count: number): string;
  /** Called after at least one change succeeded. */
  readonly afterwards?: (done: readonly Done[], selection: RowSelection) => void;
}

/** A successful change. */
export type Done = Extract<ChangeResult, { error?: undefined }>;

/** What wasn't done, and why. */
export interface Refused {
  readonly beadId: string;
  readonly explanation: Explanation;
}

export async function runRowAction(
  services: Services,
  action: RowAction,
  args: CommandArguments["rows"],
): Promise<void> {
  const { step, title } = action;
  const fits = (row: Assignment, schema: number): boolean => refusal(row, step, schema) === undefined;
  const selection = await resolveSelection(services, args, { title, takesMany: true, fits });
  if (selection !== undefined) await changeRows(services, action, selection);
}

/** Runs the action on the given rows. */
export async function changeRows(services: Services, action: RowAction, selection: RowSelection): Promise<void> {
  const { store, snapshot } = selection;
  if (!isWritable(services, selection)) return;
  const possible: Assignment[] = [];
  const refused: Refused[] = [];
  for (const row of selection.rows) {
    const error = refusal(row, action.step, snapshot.schema);
    if (error === undefined) possible.push(row);
    else refused.push({ beadId: row.bead_id, explanation: explanationOf(error, row, store) });
  }
  let done: readonly Done[] = [];
  if (possible.length > 0) {
    const changes = await action.createChanges(possible, selection);
    if (changes === undefined) return;
    const results = await applyChanges(services, store, changes);
    const shown = new Map(possible.map((row) => [row.bead_id, row]));
    done = results.filter((result) => result.error === undefined);
    for (const { beadId, error } of results) {
      if (error !== undefined) refused.push({ beadId, explanation: explanationOf(error, shown.get(beadId), store) });
    }
  }
  reportRefused(services, action.summary(done.length), done.length, refused);
  if (done.length > 0) action.afterwards?.(done, selection);
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
  const results = await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () => store.apply(changes));
  ownChanges.remember(results);
  return results;
}

export function explanationOf(error: unknown, shown: Assignment | undefined, store: AssignmentStore): Explanation {
  return errorExplanation(error, { health: store.health, now: Date.now(), shownStatus: shown?.status });
}

/** As many reasons as fit into a message; the log has all of them. */
const maxReasons = 2;

/** Says what wasn't done. @param summary what was done, for `doneCount` beads */
export function reportRefused(
  { log }: Pick<Services, "log">,
  summary: string,
  doneCount: number,
  refused: readonly Refused[],
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
  showMessage(log, "warning", [summary, notDone, ...reasons].join(" "), showLog);
}
