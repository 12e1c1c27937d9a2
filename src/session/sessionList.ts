// Which sessions have a ledger. Only folders are listed, no ledger is read: this runs whenever a folder is added or
// removed.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { isValidSessionName } from "../assignment";
import { errorCode } from "../util/errorCode";

export interface SessionEntry {
  readonly sessionName: string;
  readonly folder: string;
  /** When the newer copy of the ledger was saved, in milliseconds since 1970; absent if unknown. */
  readonly savedAt: number | undefined;
  /** Why the session can't be opened; absent if it can. */
  readonly problem: SessionProblem | undefined;
}

export type SessionProblem =
  | { readonly kind: "illegal-name" }
  /** The system's error code if the folder can't be listed, such as `EACCES`. */
  | { readonly kind: "unreachable"; readonly code: string };

/** The sessions of a storage folder, or why there are none. */
export interface SessionList {
  readonly storage:
    { readonly kind: "ok" } | { readonly kind: "missing" } | { readonly kind: "unreachable"; readonly code: string };
  /** By name. */
  readonly entries: readonly SessionEntry[];
  /**
   * Folders without a ledger that changed within the last day: they may get one soon, and are watched. Of old ones there may be
   * thousands; when one of them gets a ledger, the next listing finds it.
   */
  readonly ledgerless: readonly string[];
}

const copies = ["assignments.json", "assignments.json.bak"];
const watchedForMs = 86_400_000;

export async function listSessions(storageDir: string): Promise<SessionList> {
  let names: string[];
  try {
    names = await fs.readdir(storageDir);
  } catch (error) {
    const code = errorCode(error);
    const storage = code === "ENOENT" ? ({ kind: "missing" } as const) : ({ kind: "unreachable", code } as const);
    return { storage, entries: [], ledgerless: [] };
  }
  // `archived` and the `<name>.json` files beside the folders are ntm's saved sessions, which are unrelated.
  const candidates = names.filter((name) => name !== "archived" && !name.endsWith(".json")).sort();
  const found = await Promise.all(candidates.map((name) => inspect(storageDir, name)));
  return {
    storage: { kind: "ok" },
    entries: found.filter((one) => typeof one === "object"),
    ledgerless: candidates.filter((_, index) => found[index] === "ledgerless"),
  };
}

export function isSameList(a: SessionList, b: SessionList): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

type Found = SessionEntry | "ledgerless" | "no-session";

async function inspect(storageDir: string, sessionName: string): Promise<Found> {
  const folder = path.join(storageDir, sessionName);
  const times = await Promise.all(copies.map((copy) => timeOf(path.join(folder, copy))));
  const savedAt = times.reduce<number | undefined>(
    (latest, time) => (typeof time === "number" && (latest === undefined || time > latest) ? time : latest),
    undefined,
  );
  const failure = times.find((time) => typeof time === "string" && time !== "ENOENT");
  if (savedAt === undefined) {
    if (failure === undefined) {
      return isValidSessionName(sessionName) && (await isRecent(folder)) ? "ledgerless" : "no-session";
    }
    if (failure === "ENOTDIR") return "no-session"; // A file beside the session folders.
  }
  const code = savedAt === undefined ? failure : undefined;
  return { sessionName, folder, savedAt, problem: problemOf(sessionName, code) };
}

function problemOf(sessionName: string, code: string | number | undefined): SessionProblem | undefined {
  if (!isValidSessionName(sessionName)) return { kind: "illegal-name" };
  return code === undefined ? undefined : { kind: "unreachable", code: String(code) };
}

async function isRecent(folder: string): Promise<boolean> {
  const changedAt = await timeOf(folder);
  return typeof changedAt === "number" && Date.now() - changedAt < watchedForMs;
}

/** When the file was saved, in milliseconds since 1970, or the code of the error if that can't be read. */
async function timeOf(file: string): Promise<number | string> {
  try {
    return (await fs.stat(file)).mtimeMs;
  } catch (error) {
    return errorCode(error);
  }
}

/** The name without its label. */
export function projectOf(sessionName: string): string {
  return splitLabel(sessionName).project;
}

/** The label, or `undefined` for a session that has none. */
export function labelOf(sessionName: string): string | undefined {
  return splitLabel(sessionName).label;
}

/** Splits at the last `--`, as ntm does; a label starts with a letter or digit and has at most 50 characters. */
function splitLabel(sessionName: string): { project: string; label: string | undefined } {
  const parts = /^(.+)--([A-Za-z0-9][A-Za-z0-9_-]{0,49})$/.exec(sessionName);
  const [project, label] = [parts?.[1], parts?.[2]];
  return project === undefined ? { project: sessionName, label: undefined } : { project, label };
}
