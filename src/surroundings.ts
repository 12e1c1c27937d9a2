// What the session rule wants to know of the editor.
import * as path from "node:path";
import * as vscode from "vscode";
import type { Log } from "./log";
import type { Surroundings } from "./session/activeSession";
import { onDidChangeSettings, storageFolder } from "./settings";

const pinKey = "session.pinned";

export function workspaceSurroundings(workspaceState: vscode.Memento, log: Log): Surroundings {
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

/** After something changed that the session rule, or what needs attention, depends on. */
export function onDidChangeSurroundings(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    onDidChangeSettings(listener),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listener();
    }),
  );
}
