// Downloads kept between runs. A folder is filled under another name and renamed when it is whole, so a half-fetched one
// never counts as there, and of two processes that fetch at once the second finds the first one's and drops its own.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { cacheFolder } from "../project";

const stagingPrefix = ".fetching-";
/** Nothing takes this long to fetch: what is older was left by a process that died. */
const abandonedAfterMs = 60 * 60 * 1000;

/** The folder `name` of the cache, filled by `fill` when it isn't there yet. */
export async function fetchOnce(
  name: string,
  fill: (folder: string) => Promise<void>,
  cache: string = cacheFolder,
): Promise<string> {
  const folder = path.join(cache, name);
  if (await isThere(folder)) return folder;
  await fs.mkdir(cache, { recursive: true });
  await removeAbandoned(cache);
  const staging = await fs.mkdtemp(path.join(cache, stagingPrefix));
  try {
    await fill(staging);
    await fs.rename(staging, folder);
  } catch (error) {
    await fs.rm(staging, { recursive: true, force: true });
    if (!(isLostRace(error) && (await isThere(folder)))) throw error;
  }
  return folder;
}

async function isThere(folder: string): Promise<boolean> {
  return fs.stat(folder).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
}

/** Renaming over a folder that has something in it: ENOTEMPTY or EEXIST on POSIX, EPERM on Windows. */
function isLostRace(error: unknown): boolean {
  return error instanceof Error && "code" in error && ["ENOTEMPTY", "EEXIST", "EPERM"].includes(String(error.code));
}

async function removeAbandoned(cache: string): Promise<void> {
  for (const entry of await fs.readdir(cache)) {
    if (!entry.startsWith(stagingPrefix)) continue;
    const folder = path.join(cache, entry);
    const age = await fs.stat(folder).then(
      (stats) => Date.now() - stats.mtimeMs,
      () => 0,
    );
    if (age > abandonedAfterMs) await fs.rm(folder, { recursive: true, force: true });
  }
}
