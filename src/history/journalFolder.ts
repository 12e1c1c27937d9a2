// The folder of all journals: which file is whose, and who may write to it.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { acquireLock } from "../assignment";
import { replaceFile, readTail } from "./journalFile";
import { horizonLine, lineTime, readLines, saveLine } from "./journalLines";
import { eventTimeOf } from "./eventTime";

const extension = ".jsonl";

/** How long one window waits for another's. */
const lockTimeoutMs = 5_000;

/** @param globalStorage the extension's folder for what all windows share */
export function journalFolder(globalStorage: string): string {
  return path.join(globalStorage, "journals");
}

/** The hash distinguishes names on case-insensitive file systems, and equal names in two storage folders. */
export function journalName(storageDir: string, sessionName: string): string {
  const hash = createHash("sha256")
    .update(`${path.resolve(storageDir)}\0${sessionName}`)
    .digest("hex");
  return `${sessionName.slice(0, 100)}-${hash.slice(0, 16)}${extension}`;
}

/** @throws {LockTimeoutError} {LockUnavailableError} and what the work or the file system throws */
export async function withJournalLock(journal: string, work: () => Promise<void>): Promise<void> {
  const lock = await acquireLock(`${journal}.lock`, lockTimeoutMs);
  try {
    await work();
  } finally {
    lock.release();
  }
}

/**
 * Deletes journals: of all sessions, or those not written to since a moment.
 * @param since milliseconds since 1970
 * @throws what the file system throws, {LockTimeoutError} and {LockUnavailableError}
 */
export async function deleteJournals(folder: string, since = Infinity): Promise<void> {
  for (const name of await namesIn(folder)) {
    const journal = path.join(folder, name);
    if (!(await isOlder(journal, since))) continue;
    await withJournalLock(journal, async () => {
      if (await isOlder(journal, since)) await fs.promises.rm(journal, { force: true });
    });
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await fs.promises.readdir(folder)).filter((name) => name.endsWith(extension));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function isOlder(file: string, moment: number): Promise<boolean> {
  try {
    const stat = await fs.promises.lstat(file);
    return stat.isFile() && stat.mtimeMs < moment;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

export interface Retention {
  readonly longestMs: number;
  readonly mostBytes: number;
}

const dayMs = 86_400_000;

/** A hundred thousand events are some 15 MB; what is over the limit is cut to three quarters of it. */
export const retention: Retention = { longestMs: 90 * dayMs, mostBytes: 20_000_000 };

/** What is too old stays up to this much longer, so that a file isn't written anew for every line. */
const graceMs = dayMs;

/**
 * Drops what is too old, and when the file is too large the oldest lines, until it is well below. Lines that this version
 * can't read are kept as long as they name a time.
 * @returns whether the file was replaced
 */
export async function compact(file: string, { longestMs, mostBytes }: Retention, now: number): Promise<boolean> {
  const size = await sizeOf(file);
  const cut = eventTimeOf(now - longestMs);
  if (size <= mostBytes && !(await beginsBefore(file, eventTimeOf(now - longestMs - graceMs)))) return false;
  const { text } = await readTail(file, undefined);
  const content = await readLines(text);
  let { horizon } = content;
  const lines = [...new Set(text.split("\n"))].flatMap((line) => {
    const at = lineTime(line);
    return at === undefined || at < cut ? [] : [{ line, at, bytes: Buffer.byteLength(line) + 1 }];
  });
  lines.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const most = mostBytes <= 0 ? 0 : mostBytes * 0.75;
  let bytes = lines.reduce((sum, line) => sum + line.bytes, 0);
  let dropped = 0;
  for (; bytes > most && dropped < lines.length; dropped++) bytes -= lines[dropped]?.bytes ?? 0;
  const kept = lines.slice(dropped);
  // What is as old as the last one dropped and is kept would otherwise count as dropped.
  const first = dropped === 0 ? "" : (kept[0]?.at ?? lines.at(-1)?.at ?? "");
  if (first > horizon) horizon = first;
  const save = content.newestSave === "" || content.newestSave > eventTimeOf(now) ? "" : saveLine(content.newestSave);
  const opening = (horizon > cut ? horizonLine(horizon) : "") + save;
  await replaceFile(file, opening + kept.map(({ line }) => `${line}\n`).join(""));
  return true;
}

/** Whether the first event in the file, which hardly ever isn't among the oldest, is older. */
async function beginsBefore(file: string, at: string): Promise<boolean> {
  const handle = await fs.promises.open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const { events } = await readLines(buffer.toString("utf8", 0, buffer.lastIndexOf(0x0a, bytesRead) + 1));
    return events.some((event) => event.at < at);
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  return (await fs.promises.stat(file)).size;
}
