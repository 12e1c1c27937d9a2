// Creates the parts of the extension and connects them.
import * as vscode from "vscode";
import { reportErrors } from "./actions/reportErrors";
import { registerRowDocuments } from "./actions/prompt/rowDocuments";
import type { Services } from "./actions/services";
import type { NtmAssignments } from "./api";
import { ApiProvider } from "./apiV1";
import { registerCommands } from "./commands";
import { createServices } from "./createServices";
import { ReadyTreeView } from "./ready/readyTreeView";
import { SessionsView } from "./sessions/view";
import { ignoredPaths } from "./settings";
import { StatusBar } from "./statusBar";
import { LazyPart } from "./util/lazyPart";
import { onDidChangeEnvironment } from "./workspaceEnvironment";

export function activate(context: vscode.ExtensionContext): NtmAssignments {
  try {
    services = createServices(context);
    return connect(services);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t("NTM Assignments couldn't start: {0}", String(error)));
    throw error;
  }
}

/** Writes what was recorded, and when the view was last looked at: nothing is waited for after this. */
export async function deactivate(): Promise<void> {
  await services?.history.loaded?.close();
}

let services: Services | undefined;

function connect(services: Services): NtmAssignments {
  const { context, log, session, attention, panes, view } = services;
  const sessions = new SessionsView(session, attention, panes, log, context.extensionUri);
  const ready = new ReadyTreeView(services);
  const statusBar = new StatusBar(session, attention, panes);
  const api = new ApiProvider(services);
  const views = [view.treeView, sessions.treeView];
  const features = new LazyPart(log, async () => (await import("./features")).startFeatures(services, views));
  const integrations = new LazyPart(log, async () => (await import("./integrations")).registerIntegrations(services));
  let said = "";
  const sayIgnoredPaths = (): void => {
    const ignored = ignoredPaths();
    const text = JSON.stringify(ignored);
    if (ignored.length > 0 && text !== said) {
      void reportErrors(services, async () => {
        (await import("./actions/ignoredPaths")).showIgnoredPaths(log, ignored);
      });
    }
    said = text;
  };
  const refresh = (): void => {
    sayIgnoredPaths();
    void reportErrors(services, () => session.refresh());
    attention.refresh();
  };
  const whenShown = session.onDidChange(() => {
    features.preload();
  });
  context.subscriptions.push(sessions, ready, statusBar, api, features, integrations, whenShown);
  context.subscriptions.push(
    registerCommands(services),
    registerRowDocuments(services),
    onDidChangeEnvironment(refresh),
  );
  void reportErrors(services, () => session.refresh());
  sayIgnoredPaths();
  integrations.preload();
  const internals = { ...services, beads: view, sessions, ready, statusBar };
  return context.extensionMode === vscode.ExtensionMode.Test ? { ...api.exports, ...{ internals } } : api.exports;
}
