// The common path of all commands that change rows: select rows, ask, change them with one lock and one save, report
// refusals.
import * as vscode from "vscode";
import { isAtomic, refusal, restoreHold, type Assignment, type Change, type RowTransition } from "../assignment";
import { setContextKeys, type CommandArguments } from "../contributions";
import { sanitize } from "../messages";
import { showMessage, type Button } from "../views/showMessage";
import type { Services } from "../services";
import { confirm } from "./input/confirm";
import { resolveSelection, type RowSelection } from "./selection";
import { applyChanges, explanationOf, isWritable, reportRefused, type Done, type Refused } from "./applyChanges";
import { undoButtons } from "./undo";

export interface RowAction {
  readonly step: RowTransition;
  /** Whether the row stays active in its pane, so that undoing it makes nothing active that wasn't. */
  readonly staysActive?: boolean;
  /** Title of the picker when nothing is selected. */
  readonly title: string;
  /**
   * What is asked before a change that can't be undone, in one sentence; absent if `createChanges` asks by itself.
   * @param bead the bead's id, for a change of one bead
   */
  readonly question?: (bead: string | undefined, count: number) => string;
  /** Asks for further input, and returns the changes; `undefined`: the user canceled. @param isFinal some can't be undone */
  createChanges(
    rows: readonly Assignment[],
    selection: RowSelection,
    isFinal: boolean,
  ): Promise<readonly Change[] | undefined>;
  /** What was done, in one sentence. */
  summary(done: readonly Done[]): string;
  /** What wasn't done although it may be expected; empty: nothing. */
  readonly note?: (done: readonly Done[]) => string;
  /** Buttons of the confirmation, besides *Undo*. */
  readonly buttons?: (done: readonly Done[]) => readonly Button[];
  /** Shown in place of the confirmation. */
  readonly afterwards?: (done: readonly Done[], selection: RowSelection) => void;
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
    const final = possible.filter((row) => {
      const after = action.staysActive === true ? row : undefined;
      return restoreHold(row, snapshot.schema, after) !== undefined;
    });
    if (final.length > 0 && !(await mayChangeForGood(action, possible, final))) return;
    const changes = await action.createChanges(possible, selection, final.length > 0);
    if (changes === undefined) return;
    const results = await applyChanges(services, store, changes);
    const shown = new Map(possible.map((row) => [row.bead_id, row]));
    done = results.filter((result) => result.error === undefined);
    for (const { beadId, error } of results) {
      if (error !== undefined) refused.push({ beadId, explanation: explanationOf(error, shown.get(beadId), store) });
    }
  }
  report(services, action, selection, done, refused);
}

/** @param final the rows whose change can't be undone */
async function mayChangeForGood(
  { question }: RowAction,
  rows: readonly Assignment[],
  final: readonly Assignment[],
): Promise<boolean> {
  if (question === undefined) return true;
  const [first] = rows;
  const text = question(rows.length === 1 && first !== undefined ? sanitize(first.bead_id) : undefined, rows.length);
  return confirm(text, [whyFinal(rows, final)], vscode.l10n.t("Continue"));
}

function whyFinal(rows: readonly Assignment[], final: readonly Assignment[]): string {
  if (rows.length > 1) {
    return vscode.l10n.t(
      "{0} of these {1} changes can't be undone here: ntm claimed the beads in the tracker, or they have no tmux pane ID.",
      final.length,
      rows.length,
    );
  }
  return final.some(isAtomic)
    ? vscode.l10n.t("This can't be undone here, because ntm claimed the bead in the tracker.")
    : vscode.l10n.t("This can't be undone here, because the bead has no tmux pane ID.");
}

/** One message for all of it: what was done, with *Undo*, and what was refused. */
function report(
  services: Services,
  action: RowAction,
  selection: RowSelection,
  done: readonly Done[],
  refused: readonly Refused[],
): void {
  const { store } = selection;
  const undo = done.length === 0 ? [] : undoButtons(services, store, done);
  if (done.length > 0) setContextKeys({ hasChangedBeads: true });
  // Of a bead that was changed in several steps, the last one counts.
  const last = [...new Map(done.map((result) => [result.beadId, result])).values()];
  const note = last.length === 0 ? "" : (action.note?.(last) ?? "");
  const summary = last.length === 0 ? "" : [action.summary(last), note].filter((part) => part !== "").join(" ");
  reportRefused(services, summary, last.length, refused, undo);
  if (last.length === 0) return;
  if (action.afterwards !== undefined) action.afterwards(last, selection);
  else if (refused.length === 0 && (undo.length > 0 || note !== "")) {
    showMessage(services.log, "information", summary, ...undo, ...(action.buttons?.(last) ?? []));
  }
}
