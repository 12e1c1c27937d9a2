import * as assert from "node:assert/strict";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { fetchOnce } from "../../support/vscode/cache";
import { TempFolder } from "../../support/tempFolder";

describe("the cache of downloads", () => {
  let cache: TempFolder;
  beforeEach(() => {
    cache = new TempFolder("cache");
  });
  afterEach(() => {
    cache.remove();
  });

  async function fill(folder: string): Promise<void> {
    await fs.writeFile(path.join(folder, "program"), "whole");
  }

  it("downloads a missing folder, once", async () => {
    let fetched = 0;
    for (const time of ["first", "second"]) {
      const folder = await fetchOnce("tool-1.0", (staging) => (fetched++, fill(staging)), cache.path);
      assert.equal(await fs.readFile(path.join(folder, "program"), "utf8"), "whole", time);
    }
    assert.equal(fetched, 1);
  });

  it("ignores an incomplete download", async () => {
    const half = async (staging: string): Promise<void> => {
      await fs.writeFile(path.join(staging, "program"), "ha");
      throw new Error("The line went dead.");
    };
    await assert.rejects(fetchOnce("tool-1.0", half, cache.path), /The line went dead/);
    assert.deepEqual(await fs.readdir(cache.path), []);
    await fetchOnce("tool-1.0", fill, cache.path);
    assert.deepEqual(await fs.readdir(cache.path), ["tool-1.0"]);
  });

  it("gives concurrent callers the same complete folder", async () => {
    const folders = await Promise.all([1, 2, 3].map(() => fetchOnce("tool-1.0", fill, cache.path)));
    assert.deepEqual(new Set(folders), new Set([path.join(cache.path, "tool-1.0")]));
    assert.deepEqual(await fs.readdir(cache.path), ["tool-1.0"]);
  });

  it("deletes the remains of a killed process, but no download that may be in progress", async () => {
    const abandoned = path.join(cache.path, ".fetching-abandoned");
    const underway = path.join(cache.path, ".fetching-underway");
    await Promise.all([abandoned, underway].map((folder) => fs.mkdir(folder)));
    const hoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await fs.utimes(abandoned, hoursAgo, hoursAgo);
    await fetchOnce("tool-1.0", fill, cache.path);
    assert.deepEqual(await fs.readdir(cache.path), [".fetching-underway", "tool-1.0"]);
  });
});
