import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { FolderWatch } from "../../../src/util/folderWatch";
import { eventually } from "../../support/eventually";
import { TempFolder } from "../../support/tempFolder";

describe("a watched folder", () => {
  let root: TempFolder;
  let folder: string;
  let events: (string | undefined)[];
  let watch: FolderWatch | undefined;

  beforeEach(() => {
    root = new TempFolder("watch");
    folder = path.join(root.path, "storage", "session");
    events = [];
  });
  afterEach(() => {
    watch?.dispose();
    root.remove();
  });

  /** Resolves when the watcher runs, of which it has told by then. */
  const start = async (): Promise<FolderWatch> => {
    watch = new FolderWatch(folder, (entry) => events.push(entry));
    await watch.verify();
    assert.ok(events.includes(undefined));
    events.length = 0;
    return watch;
  };
  const heard = (entry: string | undefined): Promise<void> =>
    eventually(() => {
      assert.ok(events.includes(entry), `heard ${JSON.stringify(events)}`);
    });
  const write = (name: string): void => {
    fs.writeFileSync(path.join(folder, name), "");
  };

  it("reports the names of new entries", async () => {
    fs.mkdirSync(folder, { recursive: true });
    await start();
    write("assignments.json");
    await heard("assignments.json");
  });

  it("reports when it is created, at any depth, and new entries after that", async () => {
    await start();
    fs.mkdirSync(path.dirname(folder));
    fs.mkdirSync(folder);
    await heard(undefined);
    write("late");
    await heard("late");
  });

  it("reports when it is deleted, and entries after it is created again", async () => {
    fs.mkdirSync(folder, { recursive: true });
    await start();
    fs.rmSync(folder, { recursive: true });
    await heard(undefined);
    events.length = 0;
    fs.mkdirSync(folder);
    await heard(undefined);
    write("new");
    await heard("new");
  });

  it("follows the path, not the folder, when another folder replaces it at once", async () => {
    fs.mkdirSync(folder, { recursive: true });
    fs.mkdirSync(`${folder}-next`);
    await start();
    fs.renameSync(folder, `${folder}-old`);
    fs.renameSync(`${folder}-next`, folder);
    await heard(undefined);
    write("in the new one");
    await heard("in the new one");
  });

  it("follows a folder that is deleted and created again within an instant", async () => {
    fs.mkdirSync(folder, { recursive: true });
    await start();
    for (let round = 0; round < 5; round++) {
      fs.rmSync(folder, { recursive: true });
      fs.mkdirSync(folder);
    }
    await heard(undefined);
    write("after all that");
    await heard("after all that");
  });

  it("detects on verify that an ancestor was renamed", async () => {
    fs.mkdirSync(folder, { recursive: true });
    const armed = await start();
    fs.renameSync(path.dirname(folder), path.join(root.path, "elsewhere"));
    fs.mkdirSync(folder, { recursive: true });
    await armed.verify();
    assert.ok(events.includes(undefined));
    write("here");
    await heard("here");
  });

  it("reports nothing on verify if nothing changed", async () => {
    fs.mkdirSync(folder, { recursive: true });
    await (await start()).verify();
    assert.deepEqual(events, []);
  });

  it("reports no other entries of an ancestor", async () => {
    await start();
    fs.writeFileSync(path.join(root.path, "unrelated"), "");
    fs.mkdirSync(folder, { recursive: true });
    await heard(undefined);
    assert.ok(!events.includes("unrelated"));
  });

  it("reports nothing after dispose", async () => {
    fs.mkdirSync(folder, { recursive: true });
    (await start()).dispose();
    const other: (string | undefined)[] = [];
    watch = new FolderWatch(folder, (entry) => other.push(entry));
    await watch.verify();
    write("x");
    await eventually(() => {
      assert.ok(other.includes("x"));
    });
    assert.deepEqual(events, []);
  });
});
