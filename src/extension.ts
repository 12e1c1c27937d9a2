// Puts the parts together. What they are is told where they are made.
import * as vscode from "vscode";
import { attempt } from "./actions/attempt";
import { registerPromptDocuments } from "./actions/promptDocument";
import type { Services } from "./actions/services";
import type { NtmAssignments } from "./api";
import { ApiProvider } from "./apiV1";
import { BeadsDragAndDrop } from "./beads/dragAndDrop";
import { ShapeMemory } from "./beads/shapeMemory";
import { BeadsView } from "./beads/view";
import { Commands } from "./commands";
import { createLog } from "./log";
import { Notifications } from "./notifications";
import { ActiveSession } from "./session/activeSession";
import { AttentionWatch } from "./session/attentionWatch";
import { OwnRows } from "./session/ownRows";
import { onDidChangeSurroundings, workspaceSurroundings } from "./surroundings";
import { SessionsView } from "./sessions/view";
import { setting, stuckAfter } from "./settings";
import { StatusBar } from "./statusBar";

export function activate(context: vscode.ExtensionContext): NtmAssignments {
  try {
    return compose(context);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("NTM Assignments couldn't start: {0}", String(error)));
    throw error;
  }
}

function compose(context: vscode.ExtensionContext): NtmAssignments {
  const { extensionUri, workspaceState } = context;
  const log = createLog();
  const session = new ActiveSession(workspaceSurroundings(workspaceState, log));
  const attention = new AttentionWatch(session, stuckAfter);
  const shapes = new ShapeMemory(workspaceState);
  const dragAndDropController = new BeadsDragAndDrop(session, (beadIds, pane) => commands.drop(beadIds, pane));
  const beads = new BeadsView({ session, attention, shapes, extensionUri, dragAndDropController });
  const sessions = new SessionsView(session, attention, log, extensionUri);
  const statusBar = new StatusBar(session, attention);
  const services: Services = { session, view: beads, log, ownRows: new OwnRows() };
  const commands = new Commands(services, shapes);
  const prompts = registerPromptDocuments(session);
  const notifications = new Notifications(services, () => setting("notifications"));
  const api = new ApiProvider(services);
  const refresh = (): void => {
    void attempt(services, () => session.refresh());
    attention.refresh();
  };
  context.subscriptions.push(log, session, attention, shapes, beads, sessions, statusBar, commands, prompts);
  context.subscriptions.push(notifications, api, onDidChangeSurroundings(refresh));
  void attempt(services, () => session.refresh());
  const internals = { session, attention, shapes, beads, sessions, statusBar };
  return context.extensionMode === vscode.ExtensionMode.Test ? { ...api.exports, ...{ internals } } : api.exports;
}
