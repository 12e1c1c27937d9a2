// Which held rows a process works on, seen from real locks that another program takes.
import * as assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { DispatchActivity, loadStore, type AssignmentStore } from "../../../src/assignment";
import { isFreeForForeigners, lockAsForeigner } from "../../support/foreignLock";
import { changeAsNtm } from "../../support/foreignSave";
import { projectRoot } from "../../support/project";
import { TemporaryStorage } from "../../support/storage";
import { beadLockPath } from "../../../src/ledger/paths";
import { tryLockShared } from "../../../src/ledger/lock";

const session = "atlas";
const bead = "atlas-5ly";

describe("The activity of held rows", () => {
  let storage: TemporaryStorage;
  let store: AssignmentStore;
  let activity: DispatchActivity;
  beforeEach(async () => {
    storage = new TemporaryStorage();
    storage.putFixture(session, "stranded");
    store = await loadStore(session, { storageDir: storage.path });
    activity = new DispatchActivity(store.path);
    activity.update(store.list());
  });
  afterEach(() => {
    storage.remove();
  });

  const lock = (): string => beadLockPath({ primary: store.path }, bead);
  const reload = async (): Promise<void> => {
    await store.load();
    activity.update(store.list());
  };
  const since = "2026-11-24T09:02:34.909900687Z";

  it("is stranded if two checks in a row found the lock free, and no lock file is created", async () => {
    assert.deepEqual(await activity.checkLocks(), []);
    assert.equal(activity.of(bead), undefined);
    assert.deepEqual((await activity.checkLocks()).length, 3);
    assert.deepEqual(activity.of(bead), { kind: "stranded", since });
    assert.deepEqual(fs.readdirSync(path.dirname(store.path)).sort(), ["assignments.json", "assignments.json.bak"]);
  });

  it("is under way while another process holds the lock", async () => {
    for (const kind of ["exclusive", "shared"] as const) {
      const release = lockAsForeigner(lock(), kind);
      await activity.checkLocks();
      await activity.checkLocks();
      assert.deepEqual(activity.of(bead), { kind: "under-way" }, kind);
      assert.equal(activity.of("atlas-rdz")?.kind, "stranded");
      release();
    }
    await activity.checkLocks();
    assert.deepEqual(activity.of(bead), { kind: "under-way" }, "one free look says nothing");
    await activity.checkLocks();
    assert.deepEqual(activity.of(bead), { kind: "stranded", since });
  });

  it("begins anew with another attempt, and goes on through other changes of the row", async () => {
    await activity.checkLocks();
    changeAsNtm(store.path, ({ assignments }) => (assignments[bead]!["claim_error"] = "x"));
    await reload();
    await activity.checkLocks();
    assert.equal(activity.of(bead)?.kind, "stranded");
    changeAsNtm(store.path, ({ assignments }) => (assignments[bead]!["dispatch_attempts"] = 2));
    await reload();
    assert.equal(activity.of(bead), undefined);
    await activity.checkLocks();
    assert.equal(activity.of(bead), undefined);
  });

  it("is idle for other held rows, and none for the rest", async () => {
    changeAsNtm(store.path, ({ assignments }) => {
      assignments[bead]!["dispatch_state"] = "pending";
      Object.assign(assignments["atlas-rdz"]!, { status: "assigned", dispatch_state: "sent" });
      delete assignments["atlas-b5f"]!["idempotency_key"];
    });
    await reload();
    await activity.checkLocks();
    await activity.checkLocks();
    assert.deepEqual(
      [bead, "atlas-rdz", "atlas-b5f"].map((id) => activity.of(id)?.kind),
      ["idle", undefined, undefined],
    );
  });

  const definesOnLinux = process.platform === "linux" ? it : it.skip;
  definesOnLinux("is found without loading the native lock", () => {
    const script = `const { loadStore, DispatchActivity } = require(process.argv[1]);
      loadStore("${session}", { storageDir: process.argv[2] }).then(async (store) => {
        const activity = new DispatchActivity(store.path);
        activity.update(store.list());
        await activity.checkLocks();
        const changed = await activity.checkLocks();
        const isLoaded = Object.keys(require.cache).some((file) => file.includes("koffi"));
        console.log(JSON.stringify([changed.length, isLoaded]));
      });`;
    fs.writeFileSync(lock(), "");
    const index = path.join(projectRoot, "out/src/assignment/index.js");
    const { stdout } = spawnSync(process.execPath, ["-e", script, index, storage.path], { encoding: "utf8" });
    assert.deepEqual(JSON.parse(stdout), [3, false]);
  });

  it("is asked of the lock itself where the system lists no locks, which keeps and makes nothing", () => {
    assert.equal(tryLockShared(lock()), "unknown");
    assert.equal(fs.existsSync(lock()), false);
    const release = lockAsForeigner(lock());
    assert.equal(tryLockShared(lock()), "taken");
    release();
    assert.equal(tryLockShared(lock()), "free");
    assert.equal(isFreeForForeigners(lock()), true);
  });

  it("asks for nothing when no row is held", async () => {
    let looks = 0;
    const idle = new DispatchActivity(
      store.path,
      (_, ids) => (looks++, Promise.resolve(ids.map(() => "free" as const))),
    );
    idle.update([{ ...store.list()[0]!, status: "assigned", dispatch_state: "sent" }]);
    assert.equal(idle.isNeeded, false);
    assert.deepEqual([await idle.checkLocks(), looks], [[], 0]);
  });

  it("is not known where the system gives no reliable answer", async () => {
    const blind = new DispatchActivity(store.path, (_, ids) => Promise.resolve(ids.map(() => "unknown" as const)));
    blind.update(store.list());
    await blind.checkLocks();
    await blind.checkLocks();
    assert.equal(blind.of(bead), undefined);
    fs.mkdirSync(lock());
    await activity.checkLocks();
    await activity.checkLocks();
    assert.equal(activity.of(bead), undefined, "a folder in the place of the lock file");
  });

  it("drops a check's result for a row that changed meanwhile", async () => {
    await activity.checkLocks();
    const look = activity.checkLocks();
    activity.update([]);
    assert.deepEqual(await look, []);
    assert.equal(activity.isNeeded, false);
  });
});
