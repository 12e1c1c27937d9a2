// Which sessions have a ledger. Only folders are looked at, no ledger is read: this runs whenever a folder comes or goes.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isValidSessionName } from "../assignment";

export interface SessionEntry {
  readonly sessionName: string;
  readonly folder: string;
  /** When the newer copy of the ledger was saved, in milliseconds since 1970; absent when that can't be told. */
  readonly savedAt: number | undefined;
  /** Why the session can't be opened; absent when it can. */
  readonly trouble: SessionTrouble | undefined;
}

export type SessionTrouble = { readonly kind: "illegal-name" } | { readonly kind: "unreadable"; readonly code: string };

/** The sessions of a storage folder, or why there are none. */
export interface SessionList {
  readonly storage: "ok" | "missing" | { readonly code: string };
  /** By name. */
  readonly entries: readonly SessionEntry[];
}

const ledgerNames = ["assignments.json", "assignments.json.bak"];

export async function listSessions(storageDir: string): Promise<SessionList> {
  let names: string[];
  try {
    names = await fs.readdir(storageDir);
  } catch (error) {
    const code = errorCode(error);
    return { storage: code === "ENOENT" ? "missing" : { code }, entries: [] };
  }
  // `archived` and the `<name>.json` beside the folders are saved sessions, another thing of ntm's.
  const candidates = names.filter((name) => name !== "archived" && !name.endsWith(".json")).sort();
  const entries = await Promise.all(candidates.map((name) => entryOf(storageDir, name)));
  return { storage: "ok", entries: entries.filter((entry) => entry !== undefined) };
}

async function entryOf(storageDir: string, sessionName: string): Promise<SessionEntry | undefined> {
  const folder = path.join(storageDir, sessionName);
  const copies = await Promise.all(ledgerNames.map((name) => timeOf(path.join(folder, name))));
  const times = copies.filter((copy) => typeof copy === "number");
  const failure = copies.find((copy) => typeof copy === "string");
  if (times.length === 0 && failure === undefined) return undefined;
  const savedAt = times.length > 0 ? Math.max(...times) : undefined;
  return { sessionName, folder, savedAt, trouble: troubleOf(sessionName, savedAt, failure) };
}

function troubleOf(
  sessionName: string,
  savedAt: number | undefined,
  failure: string | undefined,
): SessionTrouble | undefined {
  if (!isValidSessionName(sessionName)) return { kind: "illegal-name" };
  return savedAt === undefined && failure !== undefined ? { kind: "unreadable", code: failure } : undefined;
}

/** When the file was saved; `undefined` when there is none, the error's code when that can't be told. */
async function timeOf(file: string): Promise<number | string | undefined> {
  try {
    return (await fs.stat(file)).mtimeMs;
  } catch (error) {
    const code = errorCode(error);
    // ENOTDIR: a file beside the session folders.
    return code === "ENOENT" || code === "ENOTDIR" ? undefined : code;
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : String(error);
}
