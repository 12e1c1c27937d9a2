// Commands that put rows that need attention aside for a time, and take them back.
import * as vscode from "vscode";
import type { CommandArguments, CommandHandlers } from "../contributions";
import type { Services } from "../services";
import { showExplanation } from "../views/showMessage";
import { resolveSelection, type RowSelection } from "./selection";

interface PeriodItem extends vscode.QuickPickItem {
  /** `undefined`: until the row changes. */
  readonly minutes: number | undefined;
}

export function snoozeCommands(services: Services): CommandHandlers<"snooze" | "endSnooze"> {
  const { attention, snoozes, log } = services;
  return {
    snooze: async (...args) => {
      const selected = await select(services, args, vscode.l10n.t("Snooze…"), false);
      if (selected === undefined) return;
      // What is wrong with the rows when the user answers is what is put aside.
      const chosen = await vscode.window.showQuickPick(periods(), {
        title: vscode.l10n.t("Snooze"),
        placeHolder: vscode.l10n.t("Select for how long. A new problem ends the snooze."),
      });
      if (chosen === undefined) return;
      const { snapshot } = services.session;
      if (snapshot?.path !== selected.snapshot.path) return;
      const rows = selected.rows.flatMap((row) => {
        const current = snapshot.get(row.bead_id);
        const problems = current === undefined ? [] : attention.current.problemsOf(current);
        return current === undefined || problems.length === 0 ? [] : [{ row: current, problems }];
      });
      if (rows.length > 0) await snoozes.snooze(snapshot.path, rows, chosen.minutes);
      else showNothing(log, vscode.l10n.t("Nothing was snoozed: the selected beads need no attention."));
    },

    endSnooze: async (...args) => {
      const selected = await select(services, args, vscode.l10n.t("End Snooze"), true);
      if (selected === undefined) return;
      await snoozes.end(
        selected.snapshot.path,
        selected.rows.map((row) => row.bead_id),
      );
    },
  };
}

function select(
  services: Services,
  args: CommandArguments["rows"],
  title: string,
  isSnoozed: boolean,
): Promise<RowSelection | undefined> {
  const { attention } = services;
  return resolveSelection(services, args, {
    title,
    takesMany: true,
    fits: (row) => {
      const problem = attention.current.problemOf(row);
      return problem !== undefined && (problem.snoozedUntil !== undefined) === isSnoozed;
    },
  });
}

function periods(): readonly PeriodItem[] {
  return [
    { label: vscode.l10n.t("15 minutes"), minutes: 15 },
    { label: vscode.l10n.t("1 hour"), minutes: 60 },
    { label: vscode.l10n.t("Until it changes"), minutes: undefined },
  ];
}

function showNothing(log: Services["log"], sentence: string): void {
  showExplanation(log, "information", { sentence, next: vscode.l10n.t("The list shows the current state.") });
}
