// Loss of power during a save: with any part of it on disk, the ledger loads, with the old rows or the new ones; once
// the store has reported a change as done, only with the new ones.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { loadStore } from "../../src/assignment";
import { interceptFiles } from "../support/fileOperations";
import { loadAsNtm, loadAsOldNtm } from "../support/ntmLoader";
import { PowerLoss, type Folder } from "../support/powerLoss";
import { TemporaryStorage } from "../support/storage";
import { place, saves, session, statusesOf, type Scenario, type Statuses } from "./scenarios";

describe("a loss of power", () => {
  let storage: TemporaryStorage;
  let afterwards: TemporaryStorage;
  beforeEach(() => {
    storage = new TemporaryStorage();
    afterwards = new TemporaryStorage();
  });
  afterEach(() => {
    storage.remove();
    afterwards.remove();
  });

  for (const scenario of saves) {
    it(`amid ${scenario.title}`, async () => {
      place(storage, scenario);
      const original = storage.files(session);
      const store = await loadStore(session, { storageDir: storage.path });
      const disk = new PowerLoss(path.join(storage.path, session));
      const seen = await disk.watch(() => scenario.act(store));
      assert.ok(seen.length > 5, "hardly any moment was seen");
      for (const possible of seen) {
        if (scenario.isRefusedByNtm === true && isUntouched(possible, original)) continue;
        const found = statusesAfter(afterwards, possible, scenario);
        assert.ok(
          [scenario.before, scenario.after].some((expected) => isDeepStrictEqual(expected, found)),
          `${JSON.stringify(found)} from ${names(possible)}`,
        );
      }
      for (const possible of disk.possibilities()) {
        assert.deepEqual(
          statusesAfter(afterwards, possible, scenario),
          scenario.after,
          `done, then ${names(possible)}`,
        );
      }
    });
  }

  it("after a save whose primary could not be published: the backup has it", async () => {
    place(storage, saves[0]!);
    const store = await loadStore(session, { storageDir: storage.path });
    const disk = new PowerLoss(path.join(storage.path, session));
    const order: string[] = [];
    const restore = interceptFiles(({ name, args }, perform) => {
      if (name !== "renameSync") return perform();
      const target = path.basename(String(args[1]));
      if (!target.endsWith(".new")) order.push(target);
      if (args[1] === storage.primary(session)) throw new Error("injected");
      return perform();
    });
    try {
      await disk.watch(() => saves[0]!.act(store));
    } finally {
      restore();
    }
    assert.deepEqual(order, ["assignments.json.bak", "assignments.json"], "ntm publishes in this order");
    for (const possible of disk.possibilities()) {
      assert.deepEqual(
        statusesAfter(afterwards, possible, saves[0]!),
        saves[0]!.after,
        `done, then ${names(possible)}`,
      );
    }
  });
});

/** The rows that every loader finds in such a folder. */
function statusesAfter(
  storage: TemporaryStorage,
  possible: Folder | undefined,
  { primary, backup }: Scenario,
): Statuses {
  const folder = path.join(storage.path, session);
  fs.rmSync(folder, { recursive: true, force: true });
  if (possible === undefined) return {};
  fs.mkdirSync(folder);
  for (const [name, content] of possible) fs.writeFileSync(path.join(folder, name), content, "latin1");
  const found = statusesOf(loadAsNtm(storage.primary(session)));
  if ((primary ?? backup)?.includes('"version": 1\n') === true) {
    assert.deepEqual(statusesOf(loadAsOldNtm(storage.primary(session))), found, `old ntm, ${names(possible)}`);
  }
  return found;
}

function isUntouched(possible: Folder | undefined, original: Record<string, string>): boolean {
  return Object.entries(original).every(([name, content]) => possible?.get(name) === content);
}

function names(possible: Folder | undefined): string {
  return Array.from(possible ?? [], ([name, content]) => `${name} (${content.length} bytes)`).join(", ");
}
