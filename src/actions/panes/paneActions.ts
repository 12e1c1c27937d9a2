// Commands about a pane: show its last lines in a document or the pane itself in a terminal, and end its waiting.
import * as vscode from "vscode";
import type { CommandHandlers } from "../../contributions";
import { paneDocumentUri, revealEnd } from "../../panes/paneDocuments";
import { tmuxOptions } from "../../panes/tmuxOptions";
import { sanitize, type Explanation } from "../../text";
import { endWaiting, stateOption } from "../../tmux";
import { showExplanation } from "../messages";
import type { Services } from "../services";
import type { SessionTerminal } from "../terminal/terminal";
import { choosePane } from "./chosenPane";

type Names = "peekPane" | "goToPane" | "dismissWaiting";

export function paneActions(services: Services, terminal: SessionTerminal): CommandHandlers<Names> {
  return {
    peekPane: async (...args) => {
      const pane = await choosePane(services, args, vscode.l10n.t("Peek Pane"));
      if (pane === undefined) return;
      const { sessionName, paneId, sessionCreated: created } = pane;
      const name = vscode.l10n.t("Pane {0} of {1}", `${pane.index} ${paneId}`, sanitize(sessionName));
      const document = await vscode.workspace.openTextDocument(paneDocumentUri({ sessionName, paneId, created }, name));
      const viewColumn = vscode.ViewColumn.Beside;
      const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
      const editor = await vscode.window.showTextDocument(document, {
        viewColumn: shown?.viewColumn ?? viewColumn,
        preserveFocus: true,
        preview: true,
      });
      revealEnd(editor);
    },
    goToPane: async (...args) => {
      const pane = await choosePane(services, args, vscode.l10n.t("Go to Pane"));
      if (pane !== undefined) await terminal.show(pane.sessionName, pane);
    },
    dismissWaiting: async (...args) => {
      const pane = await choosePane(services, args, vscode.l10n.t("Dismiss Waiting"));
      if (pane === undefined) return;
      // Other hooks have options of their own, which are theirs to change.
      if (pane.options[stateOption].startsWith("waiting ")) {
        await endWaiting({ paneId: pane.paneId, ...tmuxOptions() }, "any");
        await services.panes.refresh();
      } else {
        showExplanation(services.log, "information", notWaiting(pane.paneId));
      }
    },
  };
}

function notWaiting(paneId: string): Explanation {
  return {
    sentence: vscode.l10n.t("Pane {0} has no waiting state that can be dismissed.", paneId),
    next: vscode.l10n.t("Its state ends when its agent goes on."),
  };
}
