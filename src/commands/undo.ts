// Undoes changes of rows that this window made: from the confirmation of a change, from the palette, and by its key.
import * as vscode from "vscode";
import type { AssignmentStore, Change } from "../assignment";
import type { CommandHandlers } from "../contributions";
import type { UndoableChange } from "../session/undoStack";
import type { Services } from "../services";
import { reportErrors } from "../views/reportErrors";
import { showExplanation, showMessage, type Button } from "../views/showMessage";
import { applyChanges, explanationOf, reportRefused, type Done, type Refused } from "./applyChanges";

export function undoCommands(services: Services): CommandHandlers<"undo"> {
  return {
    undo: async () => {
      const { latest } = services.undoStack;
      if (latest !== undefined) await undo(services, latest);
      else showMessage(services.log, "information", vscode.l10n.t("There is no change to undo."));
    },
  };
}

/** The button that undoes what was done; none if nothing of it can be undone. */
export function undoButtons(services: Services, store: AssignmentStore, done: readonly Done[]): readonly Button[] {
  const change = services.undoStack.add(store, done);
  if (change === undefined) return [];
  return [{ title: vscode.l10n.t("Undo"), run: () => reportErrors(services, () => undo(services, change)) }];
}

async function undo(services: Services, change: UndoableChange): Promise<void> {
  const { undoStack, log } = services;
  if (!undoStack.take(change)) {
    showExplanation(log, "information", {
      sentence: vscode.l10n.t("This change was already undone."),
      next: vscode.l10n.t("The list shows the current state."),
    });
    return;
  }
  const { store, inverse } = change;
  let results;
  try {
    results = await applyChanges(services, store, inverse);
  } catch (error) {
    undoStack.push(change);
    throw error;
  }
  const refused = results.flatMap(({ beadId, error }): readonly Refused[] =>
    error === undefined ? [] : [{ beadId, explanation: explanationOf(error, undefined, store) }],
  );
  reportRefused(services, undoneCount(inverse, refused), inverse.length - refused.length, refused);
}

function undoneCount(inverse: readonly Change[], refused: readonly Refused[]): string {
  const count = inverse.length - refused.length;
  return count === 1
    ? vscode.l10n.t("The change of 1 bead was undone.")
    : vscode.l10n.t("The changes of {0} beads were undone.", count);
}
