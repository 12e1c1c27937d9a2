// The project folder of a session, from the manifest that ntm keeps. Agents' commands in there may hold secrets: only the folder is read.
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as z from "zod/mini";
import { isValidSessionName } from "../assignment";

export type ProjectFolder =
  | { readonly kind: "found"; readonly path: string }
  /** No manifest, or one that can't be read, has no folder, or names one that doesn't exist. */
  | { readonly kind: "no-manifest" | "unreadable" | "no-such-folder"; readonly manifest: string };

const manifestSchema = z.looseObject({ project_dir: z.string().check(z.refine((folder) => path.isAbsolute(folder))) });
const maxManifestBytes = 1_000_000;

/** @param sessionName a valid name */
export async function projectFolder(sessionName: string, env: NodeJS.ProcessEnv = process.env): Promise<ProjectFolder> {
  const data = env["XDG_DATA_HOME"] ?? "";
  const root = data === "" ? path.join(env["HOME"] ?? os.homedir(), ".local", "share") : data;
  const manifest = path.join(root, "ntm", "manifests", `${sessionName}.json`);
  if (!isValidSessionName(sessionName)) return { kind: "no-manifest", manifest };
  let text: string | undefined;
  try {
    text = await readSmallFile(manifest);
  } catch (error) {
    return { kind: (error as NodeJS.ErrnoException).code === "ENOENT" ? "no-manifest" : "unreadable", manifest };
  }
  const folder = text === undefined ? undefined : decode(text);
  if (folder === undefined) return { kind: "unreadable", manifest };
  const stat = await fs.promises.stat(folder).catch(() => undefined); // Inaccessible counts as missing.
  return stat?.isDirectory() === true ? { kind: "found", path: folder } : { kind: "no-such-folder", manifest };
}

/** @returns `undefined` for what isn't a small regular file */
async function readSmallFile(file: string): Promise<string | undefined> {
  // O_NONBLOCK: opening a pipe must not wait for a writer. It doesn't exist on Windows, where `undefined` sets no bits.
  const handle = await fs.promises.open(file, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    const stat = await handle.stat();
    return stat.isFile() && stat.size <= maxManifestBytes ? await handle.readFile("utf8") : undefined;
  } finally {
    await handle.close();
  }
}

function decode(text: string): string | undefined {
  try {
    return manifestSchema.safeParse(JSON.parse(text)).data?.project_dir;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
