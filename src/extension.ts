// Puts the parts together. What they are is told where they are made.
import * as vscode from "vscode";
import { attempt, createActions, reassignTo, type Services } from "./actions";
import { beadsCommands } from "./beads/commands";
import { BeadsDragAndDrop } from "./beads/dragAndDrop";
import { ShapeMemory } from "./beads/shapeMemory";
import { BeadsView } from "./beads/view";
import { registerCommands } from "./commands";
import { createLog } from "./log";
import { Notifications } from "./notifications";
import { ActiveSession } from "./session/activeSession";
import { AttentionWatch } from "./session/attentionWatch";
import { OwnRows } from "./session/ownRows";
import { workspaceSurroundings } from "./surroundings";
import { sessionCommands } from "./sessions/commands";
import { SessionsView } from "./sessions/view";
import { onDidChangeSettings, setting, stuckAfter } from "./settings";
import { StatusBar } from "./statusBar";

export function activate(context: vscode.ExtensionContext): unknown {
  try {
    return compose(context);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("NTM Assignments couldn't start: {0}", String(error)));
    throw error;
  }
}

function compose(context: vscode.ExtensionContext): unknown {
  const log = createLog();
  const session = new ActiveSession(workspaceSurroundings(context.workspaceState, log));
  const attention = new AttentionWatch(session, stuckAfter);
  const shapes = new ShapeMemory(context.workspaceState);
  const dragAndDropController = new BeadsDragAndDrop(session, (beadIds, pane) =>
    attempt(services, () => reassignTo(services, beadIds, pane)),
  );
  const { extensionUri } = context;
  const beads = new BeadsView({ session, attention, shapes, extensionUri, dragAndDropController });
  const sessions = new SessionsView(session, attention, log, extensionUri);
  const statusBar = new StatusBar(session, attention);
  const services: Services = { session, view: beads, log, ownRows: new OwnRows() };
  const actions = createActions(services);
  const notifications = new Notifications(services, () => setting("notifications"));
  const verbs = { ...actions.handlers, ...beadsCommands(session, beads, shapes), ...sessionCommands(session) };
  const refresh = (): void => {
    void attempt(services, () => session.refresh());
    attention.refresh();
  };
  const parts = [log, session, attention, shapes, beads, sessions, statusBar, actions, notifications];
  context.subscriptions.push(
    ...parts,
    registerCommands(verbs, services),
    onDidChangeSettings(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
  );
  refresh();
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return { internals: { session, attention, shapes, beads, sessions, statusBar } };
}
