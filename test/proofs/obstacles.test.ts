// Links, pipes, folders and devices in place of a ledger's files. Nothing hangs, nothing outside of the storage folder is created
// or changed, and the refusal says why.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import {
  InvalidSessionNameError,
  loadStore,
  newStore,
  PersistenceError,
  type AssignmentStore,
  type ProblemCode,
} from "../../src/assignment";
import { emptyLedger, row } from "../support/foreignSave";
import { TempFolder } from "../support/tempFolder";
import { unprivileged } from "../support/unprivileged";

const session = "session";
const atomicRow = { occupancy_key: "%1", idempotency_key: "key", dispatch_state: "sent" };

/** Every file that the store may open. The bead's lock is that of `bd-1`. */
const files = {
  primary: "assignments.json",
  backup: "assignments.json.bak",
  lock: "assignments.json.lock",
  beadLock: "assignments.json.atomic-bead-a1bf6a8411f3a6359b2dbd91b1b999b2.lock",
} as const;

describe("where a ledger belongs", () => {
  let home: TempFolder;
  let root: string;
  let folder: string;
  let elsewhere: string;
  beforeEach(() => {
    home = new TempFolder("obstacles");
    root = path.join(home.path, "sessions");
    folder = path.join(root, session);
    elsewhere = path.join(home.path, "elsewhere");
    fs.mkdirSync(folder, { recursive: true });
    fs.mkdirSync(elsewhere);
    for (const name of [files.primary, files.backup]) {
      fs.writeFileSync(path.join(folder, name), ledgerText());
      fs.writeFileSync(path.join(elsewhere, name), ledgerText());
    }
  });
  afterEach(() => {
    home.remove();
  });

  /** The store sees the obstacle, and every change of it is refused; `undefined` for what is no trouble to a reader. */
  const assertRefused = async (code: ProblemCode | undefined, beads = ["plain", "bd-1"]): Promise<void> => {
    const before = tree(home.path);
    const store = await loadStore(session, { storageDir: root, lockTimeoutMs: 100 });
    assert.equal(problemOf(store), code);
    const changes = beads.map((bead) => () => store.markWorking(bead));
    if (code !== undefined) changes.push(() => store.assign("new", "Title", 1, "codex", "", "", "%1"));
    for (const change of changes) await assert.rejects(change, PersistenceError);
    await assert.rejects(async () => {
      await store.repair();
      throw new PersistenceError("repair", "", "nothing to repair");
    }, PersistenceError);
    assert.deepEqual(withoutLocks(tree(home.path)), withoutLocks(before));
  };

  describe("a symbolic link", () => {
    it("in the session's place is followed inside the storage folder only", async () => {
      fs.renameSync(folder, path.join(root, "real"));
      fs.symlinkSync("real", folder);
      const store = await loadStore(session, { storageDir: root });
      await store.markWorking("plain");
      assert.match(fs.readFileSync(path.join(root, "real", files.primary), "utf8"), /"working"/);
    });

    it("to the storage folder itself is followed: it is the user's configuration", async () => {
      const link = path.join(home.path, "link");
      fs.symlinkSync(root, link);
      const store = await loadStore(session, { storageDir: link });
      await store.markWorking("plain");
      assert.match(fs.readFileSync(path.join(folder, files.primary), "utf8"), /"working"/);
    });

    for (const [title, target] of [
      ["to a ledger elsewhere", "../elsewhere"],
      ["to nowhere", "../nowhere"],
      ["to itself", session],
      ["to the storage folder itself", "."],
      ["to the root of all", "/"],
    ] as const) {
      it(`in the session's place ${title} is refused`, async () => {
        fs.rmSync(folder, { recursive: true });
        fs.symlinkSync(target, folder);
        await assertRefused("outside-storage");
        assert.equal(fs.existsSync(path.join(home.path, "nowhere")), false);
      });
    }

    for (const name of ["primary", "backup"] as const) {
      for (const target of [`../../elsewhere/${files.primary}`, "../../nowhere", files[name], "original"]) {
        it(`in the place of the ${name}, to ${target}, is refused`, async () => {
          fs.renameSync(path.join(folder, files[name]), path.join(folder, "original"));
          fs.symlinkSync(target, path.join(folder, files[name]));
          await assertRefused("symbolic-link");
        });
      }
    }

    for (const name of ["lock", "beadLock"] as const) {
      for (const target of [`../../elsewhere/${files.primary}`, "../../nowhere"]) {
        it(`in the place of the ${name}, to ${target}, is refused`, async () => {
          fs.symlinkSync(target, path.join(folder, files[name]));
          await assertRefused(undefined, name === "lock" ? undefined : ["bd-1"]);
          assert.equal(fs.existsSync(path.join(home.path, "nowhere")), false);
        });
      }
    }
  });

  const isRoot = process.getuid?.() === 0;
  const things: Readonly<Record<string, (file: string) => unknown>> = {
    "a pipe": (file) => execFileSync("mkfifo", [file]),
    "a folder": (file) => {
      fs.mkdirSync(file);
    },
    "a socket": (file) =>
      new Promise((resolve) => {
        // By a short name, for long ones are cut off, and renamed, for closing would remove it.
        const name = path.join(home.path, "s");
        const server = net.createServer().listen(name, () => {
          fs.renameSync(name, file);
          server.close(resolve);
        });
      }),
    ...(isRoot && { "an endless device": (file: string) => execFileSync("mknod", [file, "c", "1", "5"]) }),
  };

  for (const [title, make] of Object.entries(things)) {
    for (const name of ["primary", "backup"] as const) {
      it(`${title} in the place of the ${name} is refused`, async () => {
        fs.rmSync(path.join(folder, files[name]));
        await make(path.join(folder, files[name]));
        await assertRefused("not-a-file");
      });
    }
    for (const name of ["lock", "beadLock"] as const) {
      it(`${title} in the place of the ${name} is refused`, async () => {
        await make(path.join(folder, files[name]));
        await assertRefused(undefined, name === "lock" ? undefined : ["bd-1"]);
      });
    }
    it(`${title} in the place of the session's folder is ${title === "a folder" ? "an empty one" : "refused"}`, async () => {
      fs.rmSync(folder, { recursive: true });
      await make(folder);
      if (title === "a folder") assert.deepEqual(fs.readdirSync(folder), []);
      else await assertRefused("not-a-file");
    });
  }

  it("a file in the place of the storage folder is refused", async () => {
    fs.rmSync(root, { recursive: true });
    fs.writeFileSync(root, "");
    await assertRefused("not-a-file");
  });

  for (const name of [
    "..",
    ".",
    "",
    "../elsewhere",
    "a/b",
    "/etc",
    "a\0b",
    "a\\b",
    "a b",
    "a.b",
    "a:b",
    "a\n",
    "é",
    "~",
  ]) {
    it(`the session name ${JSON.stringify(name)} is refused`, async () => {
      const before = tree(home.path);
      assert.throws(() => newStore(name, { storageDir: root }), InvalidSessionNameError);
      await assert.rejects(loadStore(name, { storageDir: root }), InvalidSessionNameError);
      assert.deepEqual(tree(home.path), before);
    });
  }

  it("a session name too long for a file system is trouble, not emptiness", async () => {
    const store = await loadStore("x".repeat(5_000), { storageDir: root });
    assert.equal(problemOf(store), "input-output");
    await assert.rejects(store.assign("a", "Title", 1, "codex", "", "", "%1"), PersistenceError);
  });

  for (const { title, forbidden, mode, code } of [
    { title: "a primary that may not be read", forbidden: files.primary, mode: 0, code: "no-permission" },
    { title: "a backup that may not be read", forbidden: files.backup, mode: 0, code: "no-permission" },
    { title: "a folder that may not be entered", forbidden: ".", mode: 0, code: "no-permission" },
    { title: "a folder that may not be written", forbidden: ".", mode: 0o500, code: undefined },
    { title: "a folder that may not be listed", forbidden: ".", mode: 0o300, code: undefined },
    { title: "a storage folder that may not be entered", forbidden: "..", mode: 0, code: "no-permission" },
  ] as const) {
    it(`${title} is refused`, async () => {
      const target = path.join(folder, forbidden);
      await unprivileged(home.path, async () => {
        const before = tree(home.path);
        fs.chmodSync(target, mode);
        try {
          const store = await loadStore(session, { storageDir: root });
          assert.equal(problemOf(store), code);
          if (code === undefined) assert.equal(store.list().length, 2);
          await assert.rejects(store.markWorking("plain"), PersistenceError);
          await assert.rejects(store.assign("new", "Title", 1, "codex", "", "", "%1"), PersistenceError);
        } finally {
          fs.chmodSync(target, 0o700);
        }
        assert.deepEqual(withoutLocks(tree(home.path)), withoutLocks(before));
      });
    });
  }
});

function problemOf({ health }: AssignmentStore): ProblemCode | undefined {
  return health.kind === "ok" ? undefined : health.problem.code;
}

function ledgerText(): string {
  const content = emptyLedger(session);
  content.assignments["plain"] = row("plain", { occupancy_key: "%1" });
  content.assignments["bd-1"] = row("bd-1", atomicRow);
  return JSON.stringify(content, undefined, 2);
}

/** Everything below a folder: what it is, and the content of files. Links are not followed. */
function tree(folder: string, prefix = ""): Record<string, string> {
  const entries = fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry): [string, string][] => {
    const file = path.join(folder, entry.name);
    const name = `${prefix}${entry.name}`;
    if (entry.isDirectory()) return [[name, "folder"], ...Object.entries(tree(file, `${name}/`))];
    if (entry.isSymbolicLink()) return [[name, `link to ${fs.readlinkSync(file)}`]];
    return [[name, entry.isFile() ? `file ${fs.readFileSync(file, "utf8")}` : "something else"]];
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Empty lock files may be created beside the ledger. */
function withoutLocks(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).filter(
      ([name, what]) => !(name.startsWith("sessions/session/") && name.endsWith(".lock") && what === "file "),
    ),
  );
}
