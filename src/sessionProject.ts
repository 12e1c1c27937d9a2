// The project of a session: what ntm's manifest says, else a workspace folder with the session's name.
import * as vscode from "vscode";
import { projectFolder } from "./ntm/projectFolder";
import { projectOf } from "./session/sessionName";
import { findProject, type Project } from "./tracker/project";

export function findSessionProject(sessionName: string): Promise<Project> {
  return findProject({
    sessionName,
    projectName: projectOf(sessionName),
    manifestFolder: async (name) => {
      const manifest = await projectFolder(name);
      return manifest.kind === "found" ? manifest.path : undefined;
    },
    workspaceFolders: (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ name, uri }) => ({ name, path: uri.fsPath })),
  });
}
