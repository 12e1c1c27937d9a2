// Where a project's tracker is. A redirect, a variable such as `BEADS_DIR`, another name of its file, or a linked worktree moves it, and
// a project without a folder of its own may have one above it: then `br where` says where it is.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import * as z from "zod/mini";
import { exists } from "../util/exists";
import { fileSignature } from "../util/fileSignature";
import { ProgramError } from "../util/program";
import { runBr, type BrOptions } from "./br";

export interface TrackerLocation {
  /** The tracker's folder; `undefined`: the project has none, as far as is known. */
  readonly folder: string | undefined;
  /** The tracker's file; `undefined`: it is not in the project, and `br` can't say where. */
  readonly file: string | undefined;
  /** Whether the file may be older than the tracker's database, so that no difference from it can be claimed. */
  readonly mayLag: boolean;
}

export const fileName = "issues.jsonl";
const metadataName = "metadata.json";
const timeoutMs = 5000;
/** Variables that point `br` to another tracker than the one in the working directory. */
const redirections = ["BEADS_DIR", "BEADS_DB", "BEADS_JSONL", "BD_DB", "BD_DATABASE"];
/** Metadata is a few lines. */
const maxMetadataBytes = 64 * 1024;

const whereSchema = z.object({ path: z.string(), jsonl_path: z.string() });
const metadataSchema = z.object({
  database: z.optional(z.string()),
  backend: z.optional(z.string()),
  jsonl_export: z.optional(z.string()),
});

type Metadata = z.infer<typeof metadataSchema>;

/** @param beadsFolder the project's own folder of the tracker, if there is one */
export async function locateTracker(options: BrOptions, beadsFolder: string | undefined): Promise<TrackerLocation> {
  const own = beadsFolder === undefined ? undefined : await readMetadata(beadsFolder);
  if (beadsFolder !== undefined && !(await isMoved(options.projectFolder, beadsFolder, own))) {
    return { folder: beadsFolder, file: path.join(beadsFolder, fileName), mayLag: isDolt(own) };
  }
  const said = await askWhere(options);
  if (said === undefined) return { folder: beadsFolder, file: undefined, mayLag: true };
  return { folder: said.path, file: said.jsonl_path, mayLag: isDolt(await readMetadata(said.path)) };
}

async function isMoved(projectFolder: string, beadsFolder: string, own: Metadata | undefined): Promise<boolean> {
  if (isOtherName(own?.jsonl_export) || redirections.some((name) => (process.env[name] ?? "") !== "")) return true;
  return (await exists(path.join(beadsFolder, "redirect"))) || isLinkedWorktree(projectFolder);
}

/** Its `.git` is a file, and what is checked out of the tracker there may be old: the database is in the main worktree. */
async function isLinkedWorktree(folder: string): Promise<boolean> {
  try {
    return (await fs.stat(path.join(folder, ".git"))).isFile();
  } catch {
    // Absent or out of reach: no worktree.
    return false;
  }
}

/** Its file is written when it is asked for, not with every change. */
function isDolt(metadata: Metadata | undefined): boolean {
  return metadata?.database === "dolt" || metadata?.backend === "dolt";
}

/** Changes when the tracker may have been moved. @param beadsFolder also if it doesn't exist */
export async function locationSignature(projectFolder: string, beadsFolder: string): Promise<string> {
  const files = [
    path.join(beadsFolder, "redirect"),
    path.join(beadsFolder, metadataName),
    path.join(projectFolder, ".git"),
  ];
  return (await Promise.all(files.map((file) => fileSignature(file)))).join("\n");
}

function isOtherName(name: string | undefined): boolean {
  return name !== undefined && name !== "" && name !== fileName;
}

/** `undefined`: there is no such program, it is too old, or what it printed isn't understood. */
async function askWhere(options: BrOptions): Promise<z.infer<typeof whereSchema> | undefined> {
  try {
    const { stdout } = await runBr(options, ["where", "--json"], timeoutMs);
    const said = whereSchema.safeParse(JSON.parse(stdout));
    return said.success && path.isAbsolute(said.data.path) && path.isAbsolute(said.data.jsonl_path)
      ? said.data
      : undefined;
  } catch (error) {
    if (error instanceof ProgramError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

async function readMetadata(folder: string): Promise<Metadata | undefined> {
  try {
    const file = path.join(folder, metadataName);
    const { size } = await fs.stat(file);
    if (size > maxMetadataBytes) return undefined;
    const metadata = metadataSchema.safeParse(JSON.parse(await fs.readFile(file, "utf8")));
    return metadata.success ? metadata.data : undefined;
  } catch {
    // None, or one that isn't understood: nothing is known of the database.
    return undefined;
  }
}
