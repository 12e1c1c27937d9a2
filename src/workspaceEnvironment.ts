// Provides the editor's workspace folders, settings and storage to the active session.
import * as path from "node:path";
import * as vscode from "vscode";
import type { Log } from "./log";
import type { SessionEnvironment } from "./session/activeSession";
import { onDidChangeSettings, storageFolder } from "./settings";

const pinKey = "session.pinned";

export function workspaceEnvironment(workspaceState: vscode.Memento, log: Log): SessionEnvironment {
  return {
    storageFolder,
    workspaceFolders: () =>
      (vscode.workspace.workspaceFolders ?? []).flatMap(({ name, uri }) => [name, path.posix.basename(uri.path)]),
    pin: {
      get: () => workspaceState.get<string>(pinKey),
      set: (sessionName) => workspaceState.update(pinKey, sessionName),
    },
    log,
  };
}

/** Fires after a change of anything that the active session, or attention, depends on. */
export function onDidChangeEnvironment(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    onDidChangeSettings(listener),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listener();
    }),
  );
}
