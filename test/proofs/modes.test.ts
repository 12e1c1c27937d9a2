// File permissions: new files are the user's alone, and existing ones keep their mode and owner.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadStore, newStore } from "../../src/assignment";
import { interceptFiles } from "../support/fileOperations";
import { emptyLedger, row } from "../support/foreignSave";
import { TemporaryStorage } from "../support/storage";
import { unprivileged } from "../support/unprivileged";
import { place, repairs, saves, session, type Scenario } from "./scenarios";

const isRoot = process.getuid?.() === 0;
const copies = ["assignments.json", "assignments.json.bak"] as const;

describe("who may read a ledger", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  const modeOf = (...parts: string[]): string => {
    return (fs.statSync(path.join(storage.path, ...parts)).mode & 0o7777).toString(8);
  };

  for (const umask of [0o000, 0o022, 0o077, 0o277, 0o777]) {
    it(`new folders are 700 and new files 600 with any umask, such as ${umask.toString(8).padStart(3, "0")}`, async () => {
      const storageDir = path.join(storage.path, "home", ".ntm", "sessions");
      await unprivileged(storage.path, async () => {
        const before = process.umask(umask);
        try {
          const store = newStore(session, { storageDir });
          await store.assign("a", "Title", 1, "codex", "", "", "%1");
          await store.markWorking("a");
        } finally {
          process.umask(before);
        }
      });
      for (const folder of ["home", "home/.ntm", "home/.ntm/sessions", `home/.ntm/sessions/${session}`]) {
        assert.equal(modeOf(folder), "700", folder);
      }
      for (const name of [...copies, "assignments.json.lock"]) {
        assert.equal(modeOf("home/.ntm/sessions", session, name), "600", name);
      }
    });
  }

  it("a bead's lock is 600", async () => {
    place(storage, find("a save of an atomic row"));
    await (await loadStore(session, { storageDir: storage.path })).markWorking("a");
    const [lock] = fs.readdirSync(path.join(storage.path, session)).filter((name) => name.includes("atomic-bead"));
    assert.equal(modeOf(session, lock!), "600");
  });

  for (const scenario of [...saves.filter(({ primary, backup }) => primary ?? backup), ...repairs]) {
    it(`modes and owners outlive ${scenario.title}`, async function () {
      place(storage, scenario);
      const wanted = [
        { mode: "640", uid: 1234, gid: 2345 },
        { mode: "604", uid: 1235, gid: 2346 },
      ];
      const folder = path.join(storage.path, session);
      fs.chmodSync(folder, 0o755);
      const there = copies.filter((name) => fs.existsSync(path.join(folder, name)));
      for (const [number, name] of there.entries()) {
        const { mode, uid, gid } = wanted[number]!;
        if (isRoot) fs.chownSync(path.join(folder, name), uid, gid);
        fs.chmodSync(path.join(folder, name), parseInt(mode, 8));
      }
      await scenario.act(await loadStore(session, { storageDir: storage.path }));
      for (const [number, name] of copies.entries()) {
        // A missing copy is created with the mode of the other.
        const { mode, uid, gid } = wanted[there.length === 1 ? 0 : number]!;
        assert.equal(modeOf(session, name), mode, name);
        const stat = fs.statSync(path.join(folder, name));
        if (isRoot) assert.deepEqual([stat.uid, stat.gid], [uid, gid], name);
      }
      assert.equal(modeOf(session), "755");
      for (const name of fs.readdirSync(folder).filter((saved) => /\.(?:primary|backup)-/.test(saved))) {
        assert.equal(modeOf(session, name), wanted[name.includes(".primary-") ? 0 : 1]!.mode, name);
      }
    });
  }

  it("a read-only ledger is replaced all the same, as ntm does, and keeps its mode", async () => {
    const scenario = find("a save at schema 9");
    place(storage, scenario);
    for (const name of copies) fs.chmodSync(path.join(storage.path, session, name), 0o400);
    await unprivileged(storage.path, async () => {
      await scenario.act(await loadStore(session, { storageDir: storage.path }));
    });
    for (const name of copies) assert.equal(modeOf(session, name), "400", name);
  });

  const define = isRoot ? it : it.skip;
  define(
    `a mode that lets nobody read is kept${isRoot ? "" : " (skipped: only root can read such a file)"}`,
    async () => {
      const content = emptyLedger(session);
      content.assignments["a"] = row("a", { occupancy_key: "%1" });
      storage.put(session, JSON.stringify(content, undefined, 2));
      fs.chmodSync(storage.primary(session), 0);
      await (await loadStore(session, { storageDir: storage.path })).markWorking("a");
      for (const name of copies) assert.equal(modeOf(session, name), "0", name);
    },
  );

  const forRoot = isRoot && process.platform !== "win32" ? it : it.skip;
  const onlyRoot = isRoot ? "" : " (skipped: only root can give files away)";
  forRoot(`what root makes in somebody's folder belongs to them, before anybody can meet it${onlyRoot}`, async () => {
    const home = path.join(storage.path, "home");
    fs.mkdirSync(home);
    fs.chownSync(home, 1234, 2345);
    const storageDir = path.join(home, ".ntm", "sessions");
    const metAs = new Map<string, number>();
    const { lstatSync } = fs; // The original: looks aren't intercepted.
    const restore = interceptFiles(({ path: file }, perform) => {
      const result = perform();
      for (const one of [storageDir, path.join(storageDir, session), file].filter((name) => name.startsWith(home))) {
        if (one.includes(".ntm-assignments.")) continue;
        const stat = lstatSync(one, { throwIfNoEntry: false });
        if (stat !== undefined && stat.uid !== 1234) metAs.set(one, stat.uid);
      }
      return result;
    });
    try {
      const store = newStore(session, { storageDir });
      await store.assign("a", "Title", 1, "codex", "", "", "%1");
      await store.markWorking("a");
    } finally {
      restore();
    }
    assert.deepEqual([...metAs], []);
    for (const name of ["", ".ntm", ".ntm/sessions", `.ntm/sessions/${session}`]) {
      assert.equal(fs.statSync(path.join(home, name)).uid, 1234, name);
    }
    const files = fs.readdirSync(path.join(storageDir, session));
    assert.deepEqual(files.sort(), ["assignments.json", "assignments.json.bak", "assignments.json.lock"]);
    for (const name of files) {
      const { uid, gid } = fs.statSync(path.join(storageDir, session, name));
      assert.deepEqual([uid, gid], [1234, 2345], name);
    }
  });

  it("files that others keep beside a ledger stay, whatever they are called", async () => {
    place(storage, find("a save at schema 9"));
    const kept = [
      "assignments.json.1",
      "assignments.json.bak.7",
      "assignments.json.4711",
      "assignments.json.bak.ntm-old",
    ];
    for (const name of kept) fs.writeFileSync(path.join(storage.path, session, name), "mine");
    const left = ["assignments.json.ntm-assignments.new", "assignments.json.bak.ntm-assignments.new.123"];
    for (const name of left) fs.writeFileSync(path.join(storage.path, session, name), "left by a killed writer");
    await (await loadStore(session, { storageDir: storage.path })).markWorking("a");
    const names = fs.readdirSync(path.join(storage.path, session));
    for (const name of kept) assert.ok(names.includes(name), name);
    for (const name of left) assert.ok(!names.includes(name), name);
  });
});

function find(title: string): Scenario {
  return saves.find((scenario) => scenario.title === title)!;
}
