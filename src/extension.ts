// Creates the parts of the extension and connects them.
import * as vscode from "vscode";
import type { NtmAssignments } from "./api";
import { ApiProvider } from "./api/apiV1";
import { registerChatTools } from "./chat";
import { registerMcpServerDefinition } from "./chat/mcpServerDefinition";
import { registerCommands } from "./commands";
import { assignTo } from "./commands/assign";
import { registerRowDocuments } from "./commands/documents";
import { showIgnoredPaths } from "./views/showMessage";
import { reassignTo } from "./commands/reassign";
import { reportErrors } from "./views/reportErrors";
import type { Services } from "./services";
import { ActiveSession } from "./session/activeSession";
import { AttentionTracker } from "./session/attentionTracker";
import { watchDispatches } from "./session/dispatchWatch";
import { OwnChanges } from "./session/statusChanges";
import { Snoozes } from "./session/snoozes";
import { UndoStack } from "./session/undoStack";
import { RowActivities } from "./session/rowActivity";
import { ignoredPaths, onDidChangeEnvironment, stuckAfter, workspaceEnvironment, setting } from "./settings";
import { BeadsDragAndDrop, type BeadsDropTargets } from "./views/beads/dragAndDrop";
import { KeptSelection } from "./views/beads/keptSelection";
import { Expansion } from "./views/beads/expansion";
import { TreeOptionsMemento } from "./views/beads/treeOptions";
import { BeadsView } from "./views/beads/view";
import { HistoryViews } from "./views/history";
import { Notifications } from "./views/notifications";
import { LivePanes } from "./views/panes/livePanes";
import { PaneService } from "./views/panes/paneService";
import { ActiveTracker } from "./views/ready/activeTracker";
import { ReadyView } from "./views/ready/view";
import { followReservations } from "./views/reservedFiles/decorations";
import { showFailures } from "./views/sessions/failureMessages";
import { SessionsView } from "./views/sessions/view";
import { StatusBar } from "./views/statusBar";

export function activate(context: vscode.ExtensionContext): NtmAssignments {
  try {
    services = createServices(context);
    return connect(services);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("NTM Assignments couldn't start: {0}", String(error)));
    throw error;
  }
}

/** Writes what was recorded, and when the view was last visible. */
export async function deactivate(): Promise<void> {
  await services?.history.close();
}

let services: Services | undefined;

/** What views and commands share. Everything created is disposed of with the extension. */
function createServices(context: vscode.ExtensionContext): Services {
  const { extensionUri, subscriptions, workspaceState } = context;
  const log = vscode.window.createOutputChannel("NTM Assignments", { log: true });
  const session = new ActiveSession(workspaceEnvironment(workspaceState, log));
  const snoozes = new Snoozes(workspaceState);
  const attention: AttentionTracker = new AttentionTracker(
    session,
    () => stuckAfter(services.history.experience),
    snoozes,
  );
  const panes = new LivePanes();
  const activities = new RowActivities();
  const treeOptions = new TreeOptionsMemento(workspaceState);
  const expansion = new Expansion(workspaceState);
  const tracker = new ActiveTracker({ session, attention, log });
  const contextOf: Services["contextOf"] = (beadId) => ({
    facts: tracker.trackedBeadOf(beadId),
    activity: activities.of(session.snapshot?.sessionName ?? "", beadId),
    events: services.history.eventsOf(beadId),
  });
  const dragAndDropController = new BeadsDragAndDrop(session, {
    drop: (...dropped) => dropsOn(services).drop(...dropped),
    dropReady: (...dropped) => dropsOn(services).dropReady(...dropped),
  });
  const view = new BeadsView({
    session,
    attention,
    panes,
    contextOf,
    activities,
    treeOptions,
    expansion,
    keptSelection: new KeptSelection(workspaceState),
    extensionUri,
    dragAndDropController,
  });
  const history = new HistoryViews({ context, services: { session, view, log }, attention });
  const services: Services = {
    context,
    log,
    session,
    attention,
    snoozes,
    panes,
    activities,
    ownChanges: new OwnChanges(),
    undoStack: new UndoStack(),
    treeOptions,
    view,
    contextOf,
    tracker,
    history,
  };
  subscriptions.push(
    log,
    session,
    attention,
    snoozes,
    panes,
    activities,
    treeOptions,
    expansion,
    tracker,
    view,
    history,
  );
  return services;
}

/** What drops on a pane do: beads are reassigned to it, ready beads assigned. */
function dropsOn(services: Services): BeadsDropTargets {
  return {
    drop: (...dropped) => reportErrors(services, () => reassignTo(services, ...dropped)),
    dropReady: (...dropped) => reportErrors(services, () => assignTo(services, ...dropped)),
  };
}

function connect(services: Services): NtmAssignments {
  const { context, log, session, attention, snoozes, panes, activities, tracker, view } = services;
  const sessions = new SessionsView({
    session,
    attention,
    snoozes,
    panes,
    log,
    extensionUri: context.extensionUri,
    countsFailures: () => setting("otherSessions"),
    onFailures: (failures) => {
      if (setting("notifications") !== "off") showFailures(services, failures);
    },
  });
  const ready = new ReadyView(tracker.tracker, session, context.extensionUri);
  const statusBar = new StatusBar(session, attention, panes);
  const api = new ApiProvider(services);
  const views = [view.treeView, sessions.treeView];
  context.subscriptions.push(
    sessions,
    ready,
    statusBar,
    api,
    new Notifications(services, attention, () => setting("notifications")),
    new PaneService({ session, attention, panes, views, log }),
    watchDispatches({ session, attention, activities, log }),
    registerCommands(services),
    registerRowDocuments(services),
    ...registerIntegrations(services),
    followSettings(services),
  );
  void reportErrors(services, () => session.refresh());
  const internals = { ...services, beads: view, sessions, ready, statusBar, drops: dropsOn(services) };
  return context.extensionMode === vscode.ExtensionMode.Test ? { ...api.exports, ...{ internals } } : api.exports;
}

/** Applies changed settings and workspace folders, and says which paths are ignored. */
function followSettings(services: Services): vscode.Disposable {
  let said = "";
  const sayIgnoredPaths = (): void => {
    const ignored = ignoredPaths();
    const text = JSON.stringify(ignored);
    if (text !== said) showIgnoredPaths(services.log, ignored);
    said = text;
  };
  sayIgnoredPaths();
  return onDidChangeEnvironment(() => {
    sayIgnoredPaths();
    void reportErrors(services, () => services.session.refresh());
    services.attention.refresh();
  });
}

/** What the extension adds to other parts of the editor: tools for the chat, the MCP server, decorations of reserved files. */
function registerIntegrations({ session, log, context }: Services): readonly vscode.Disposable[] {
  const shown = (): { sessionName: string; storageDir: string } | undefined =>
    session.snapshot === undefined
      ? undefined
      : { sessionName: session.snapshot.sessionName, storageDir: session.storageDir };
  return [
    registerChatTools(() => {
      const [place, snapshot] = [shown(), session.snapshot];
      return place === undefined || snapshot === undefined ? undefined : { ...place, get: snapshot.get };
    }),
    registerMcpServerDefinition({
      server: vscode.Uri.joinPath(context.extensionUri, "dist", "mcp.js").fsPath,
      version: String((context.extension.packageJSON as { version?: unknown }).version),
      session: shown,
      onDidChangeSession: session.onDidChange,
      log,
    }),
    followReservations(session, log),
  ];
}
