// Commands about a pane: show its last lines in a document or the pane itself in a terminal, and end its waiting.
import * as vscode from "vscode";
import { isPaneId, paneId, type Assignment } from "../assignment";
import type { CommandHandlers, CommandArguments } from "../contributions";
import { sanitize, type Explanation } from "../messages";
import { noSuchSession, tmuxUnknown } from "../messages/tmux";
import { endWaiting, stateOption, listPanes } from "../tmux";
import type { TmuxPane } from "../tmux/paneFormat";
import type { BeadsNode } from "../nodes";
import { tmuxOptions, findPane, type FoundPane, livesOfSession } from "../views/panes/findPane";
import { paneDocumentUri, revealEnd } from "../views/panes/paneDocuments";
import { liveItems } from "./input/panePicker";
import { showExplanation } from "../views/showMessage";
import { noSession } from "./selection";
import type { Services } from "../services";
import type { SessionTerminal } from "./terminal";

type Names = "peekPane" | "goToPane" | "dismissWaiting";

export function paneCommands(services: Services, terminal: SessionTerminal): CommandHandlers<Names> {
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

/** `undefined`: the user canceled, or there is no such pane, which a message has said. */
async function choosePane(
  services: Services,
  [node, selection]: CommandArguments["rows"],
  title: string,
): Promise<TmuxPane | undefined> {
  const { session, view, log } = services;
  const { snapshot } = session;
  if (snapshot === undefined) {
    showExplanation(log, "information", noSession());
    return undefined;
  }
  const { sessionName } = snapshot;
  const [chosen] = node === undefined ? view.selection : (selection ?? [node]);
  const row = chosen?.kind === "row" ? snapshot.get(chosen.beadId) : undefined;
  const id = chosen === undefined ? await pickPane(services, title) : paneOf(chosen, row);
  if (id === undefined) {
    if (chosen !== undefined) showExplanation(log, "information", noPaneId());
    return undefined;
  }
  const found = await findPane(sessionName, id, row);
  if (found.kind === "found") return found.pane;
  showExplanation(log, "information", explanationOf(log, found, sessionName, id));
  return undefined;
}

/** The `%N` of a node's pane. */
function paneOf(node: BeadsNode, row: Assignment | undefined): string | undefined {
  switch (node.kind) {
    case "row":
      return row === undefined ? undefined : paneId(row);
    case "finished":
      return paneOf(node.group, row);
    case "pane":
      return isPaneId(node.identity) ? node.identity : undefined;
    case "status":
    case "agent":
    case "attention":
      return undefined;
  }
}

async function pickPane({ session, panes, log }: Services, title: string): Promise<string | undefined> {
  const { snapshot } = session;
  if (snapshot === undefined) return undefined;
  const lives = await livesOfSession(panes, snapshot.sessionName, snapshot);
  if (lives === undefined) {
    const list = await listPanes(tmuxOptions());
    const found = list.kind === "panes" ? ({ kind: "no-session" } as const) : ({ kind: "unknown", list } as const);
    showExplanation(log, "information", explanationOf(log, found, snapshot.sessionName, ""));
    return undefined;
  }
  const items = liveItems(lives, panes.current, snapshot.panes);
  const placeHolder = vscode.l10n.t("Select a pane");
  return (await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true }))?.target.paneId;
}

function noPaneId(): Explanation {
  return {
    sentence: vscode.l10n.t("The ledger has no tmux pane ID for this."),
    next: vscode.l10n.t("Open the session in a terminal instead."),
    command: "openSessionTerminal",
  };
}

function explanationOf(
  log: Services["log"],
  found: Exclude<FoundPane, { kind: "found" }>,
  sessionName: string,
  id: string,
): Explanation {
  switch (found.kind) {
    case "no-session":
      return noSuchSession(sessionName);
    case "no-pane":
      return {
        sentence: vscode.l10n.t("Pane {0} is no longer in the session.", id),
        next: vscode.l10n.t("Reassign its beads to another pane."),
      };
    case "earlier-run":
      return {
        sentence: vscode.l10n.t("The bead was assigned before the tmux session was created."),
        next: vscode.l10n.t("Its pane is gone; a pane with the same ID is another pane. Reassign the bead."),
      };
    case "unknown":
      if (found.list.kind === "failed") log.warn(`tmux: ${found.list.detail}`);
      return tmuxUnknown(found.list);
  }
}
