// The folder of all journals: which file is whose, and who may write to it.
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { acquireLock } from "../assignment";

const extension = ".jsonl";

/** How long one window waits for another's. */
const lockTimeoutMs = 5_000;

/** @param globalStorage the extension's folder for what all windows share */
export function journalFolder(globalStorage: string): string {
  return path.join(globalStorage, "journals");
}

/** The hash tells apart what a file system without case can't, and equal names in two storage folders. */
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
