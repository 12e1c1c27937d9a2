// Puts the parts together. What they are is told where they are made.
import * as vscode from "vscode";
import { beadsCommands } from "./beads/commands";
import { ShapeMemory } from "./beads/shapeMemory";
import { BeadsView } from "./beads/view";
import { registerCommands } from "./commands";
import { createLog } from "./log";
import { ActiveSession } from "./session/activeSession";
import { AttentionWatch } from "./session/attentionWatch";
import { workspaceSurroundings } from "./surroundings";
import { sessionCommands } from "./sessions/commands";
import { SessionsView } from "./sessions/view";
import { onDidChangeSettings, stuckAfter } from "./settings";
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
  const beads = new BeadsView({ session, attention, shapes, extensionUri: context.extensionUri });
  const sessions = new SessionsView(session, attention, log, context.extensionUri);
  const statusBar = new StatusBar(session, attention);
  const refresh = (): void => {
    session.refresh().catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
    });
    attention.refresh();
  };
  context.subscriptions.push(
    log,
    session,
    attention,
    shapes,
    beads,
    sessions,
    statusBar,
    registerCommands({ ...beadsCommands(session, beads, shapes), ...sessionCommands(session) }, log),
    onDidChangeSettings(refresh),
    vscode.workspace.onDidChangeWorkspaceFolders(refresh),
  );
  refresh();
  if (context.extensionMode !== vscode.ExtensionMode.Test) return undefined;
  return { internals: { session, attention, shapes, beads, sessions, statusBar } };
}
