// The folder of a session's project, which contains its tracker.
import * as fs from "node:fs/promises";
import * as path from "node:path";

/**
 * - `no-project`: nothing says where the session's project is
 * - `no-beads-folder`: the project has no tracker
 */
export type Project =
  | { readonly kind: "found"; readonly folder: string; readonly beadsFolder: string }
  | { readonly kind: "no-beads-folder"; readonly folder: string; readonly beadsFolder: string }
  | { readonly kind: "no-project" };

export interface ProjectSources {
  readonly sessionName: string;
  /** The session's name without its label. */
  readonly projectName: string;
  /** What ntm's manifest of the session says. */
  readonly manifestFolder: (sessionName: string) => Promise<string | undefined> | string | undefined;
  readonly workspaceFolders: readonly { readonly name: string; readonly path: string }[];
}

/** ntm's manifest decides, unless its folder is gone; else a workspace folder named like the session, or like its project. */
export async function findProject(sources: ProjectSources): Promise<Project> {
  const { sessionName, projectName, manifestFolder, workspaceFolders } = sources;
  const manifest = await manifestFolder(sessionName);
  const named = (name: string): string | undefined => workspaceFolders.find((folder) => folder.name === name)?.path;
  const candidates = [manifest, named(sessionName), named(projectName)];
  for (const folder of candidates) {
    // A relative path would mean another folder in every process.
    if (folder === undefined || !path.isAbsolute(folder) || !(await isFolder(folder))) continue;
    const beadsFolder = path.join(folder, ".beads");
    return { kind: (await isFolder(beadsFolder)) ? "found" : "no-beads-folder", folder, beadsFolder };
  }
  return { kind: "no-project" };
}

/** Also through a link: worktrees share their tracker in this way. */
async function isFolder(candidate: string): Promise<boolean> {
  try {
    return (await fs.stat(candidate)).isDirectory();
  } catch {
    // Absent or out of reach: no folder that could be used.
    return false;
  }
}
