// Commands about what happened: a bead's history, the timeline, the list for an absence, and clearing all of it.
import * as vscode from "vscode";
import type { CommandHandlers } from "../contributions";
import { showExplanation } from "../views/showMessage";
import { noSession, resolveSelection } from "./selection";
import type { Services } from "../services";

type Names =
  "showHistory" | "openTimeline" | "openTimelineOfSession" | "clearHistory" | "showChanges" | "dismissChanges";

export function historyCommands(services: Services): CommandHandlers<Names> {
  const { session, history, log } = services;
  const openTimeline = (beadId?: string): void => {
    if (session.snapshot === undefined) showExplanation(log, "information", noSession());
    else history.openTimeline(beadId);
  };
  return {
    showHistory: async (...args) => {
      const title = vscode.l10n.t("Show History");
      const selection = await resolveSelection(services, args, { title, takesMany: false, fits: () => true });
      const [row] = selection?.rows ?? [];
      if (selection === undefined || row === undefined) return;
      await history.showHistory(selection.store.sessionName, row.bead_id);
    },
    openTimeline: (node) => {
      openTimeline(node?.kind === "row" ? node.beadId : undefined);
    },
    openTimelineOfSession: () => {
      openTimeline();
    },
    clearHistory: async () => {
      const active = vscode.l10n.t("Clear This Session");
      const all = vscode.l10n.t("Clear All Sessions");
      const question = vscode.l10n.t("Delete the recorded history of beads?");
      const detail = vscode.l10n.t(
        "Ledgers aren't changed. What their rows still say of the past is recorded again the next time.",
      );
      const choices = session.snapshot === undefined ? [all] : [active, all];
      const choice = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...choices);
      if (choice !== undefined) await history.clear(choice === all ? "all" : "active");
    },
    showChanges: async () => history.showChanges(),
    dismissChanges: () => {
      history.dismissChanges();
    },
  };
}
