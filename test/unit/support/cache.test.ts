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

  it("fetches what isn't there, once", async () => {
    let fetched = 0;
    for (const time of ["first", "second"]) {
      const folder = await fetchOnce("tool-1.0", (staging) => (fetched++, fill(staging)), cache.path);
      assert.equal(await fs.readFile(path.join(folder, "program"), "utf8"), "whole", time);
    }
    assert.equal(fetched, 1);
  });

  it("takes nothing that was only half fetched for being there", async () => {
    const half = async (staging: string): Promise<void> => {
      await fs.writeFile(path.join(staging, "program"), "ha");
      throw new Error("The line went dead.");
    };
    await assert.rejects(fetchOnce("tool-1.0", half, cache.path), /The line went dead/);
    assert.deepEqual(await fs.readdir(cache.path), []);
    await fetchOnce("tool-1.0", fill, cache.path);
    assert.deepEqual(await fs.readdir(cache.path), ["tool-1.0"]);
  });

  it("gives all who fetch at once the same whole folder", async () => {
    const folders = await Promise.all([1, 2, 3].map(() => fetchOnce("tool-1.0", fill, cache.path)));
    assert.deepEqual(new Set(folders), new Set([path.join(cache.path, "tool-1.0")]));
    assert.deepEqual(await fs.readdir(cache.path), ["tool-1.0"]);
  });

  it("sweeps up what a process left that died in the middle, but nothing that may still be on its way", async () => {
    const abandoned = path.join(cache.path, ".fetching-abandoned");
    const underway = path.join(cache.path, ".fetching-underway");
    await Promise.all([abandoned, underway].map((folder) => fs.mkdir(folder)));
    const hoursAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await fs.utimes(abandoned, hoursAgo, hoursAgo);
    await fetchOnce("tool-1.0", fill, cache.path);
    assert.deepEqual(await fs.readdir(cache.path), [".fetching-underway", "tool-1.0"]);
  });
});
