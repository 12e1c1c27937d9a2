// The lock between processes: it is the same as ntm's, waiting for it doesn't block the thread, and it is always released.
import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import {
  AssignmentHeldError,
  DispatchActivity,
  loadStore,
  newStore,
  PersistenceError,
  type AssignmentStore,
  type StoreOptions,
} from "../../src/assignment";
import { acquireLock, LockTimeoutError } from "../../src/ledger/lock";
import { beadLockPath } from "../../src/ledger/paths";
import { eventually } from "../support/eventually";
import { interceptFiles } from "../support/fileOperations";
import { ForeignHolder, isFreeForForeigners, lockAsForeigner, refusalsOfForeigner } from "../support/foreignLock";
import { changeAsNtm, emptyLedger, row } from "../support/foreignSave";
import { loadAsNtm } from "../support/ntmLoader";
import { Program } from "../support/program";
import { SmallDisk, whyNoSmallDisk } from "../support/smallDisk";
import { TemporaryStorage } from "../support/storage";

const session = "locked";
/** SHA-256 of `bead`, NUL and `bd-1`, shortened as ntm does. */
const beadDigest = "a1bf6a8411f3a6359b2dbd91b1b999b2";

describe("the lock", () => {
  let storage: TemporaryStorage;
  let lock: string;
  let beadLock: string;
  beforeEach(() => {
    storage = new TemporaryStorage();
    lock = `${storage.primary(session)}.lock`;
    beadLock = `${storage.primary(session)}.atomic-bead-${beadDigest}.lock`;
    const content = emptyLedger(session);
    const placed = { occupancy_key: "%1", dispatch_target: "%1" };
    content.assignments["plain"] = row("plain", placed);
    content.assignments["bd-1"] = row("bd-1", { ...placed, idempotency_key: "key", dispatch_state: "sent" });
    const text = JSON.stringify(content, undefined, 2);
    storage.put(session, text, text);
  });
  afterEach(() => {
    storage.remove();
  });

  const load = (options: StoreOptions = {}): Promise<AssignmentStore> => {
    return loadStore(session, { storageDir: storage.path, lockTimeoutMs: 30_000, ...options });
  };
  const statusOnDisk = (bead: string): unknown => loadAsNtm(storage.primary(session))?.assignments[bead]?.["status"];

  it("held by another program delays a change, while the event loop goes on", async () => {
    const holder = await ForeignHolder.of(lock);
    const store = await load();
    let isDone = false;
    const change = store.markWorking("plain").finally(() => (isDone = true));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    assert.equal(isDone, false);
    assert.equal(statusOnDisk("plain"), "assigned");
    await store.load();
    assert.equal(store.get("plain")?.status, "assigned", "reading takes no lock");
    await holder.release();
    await change;
    assert.equal(statusOnDisk("plain"), "working");
  });

  it("held for too long is given up, naming who holds it", async () => {
    const holder = await ForeignHolder.of(lock);
    const store = await load({ lockTimeoutMs: 30 });
    await assert.rejects(store.markWorking("plain"), (error) => {
      assert.ok(error instanceof PersistenceError && error.cause instanceof LockTimeoutError);
      assert.equal(error.operation, "lock for save");
      assert.equal(error.path, lock);
      if (process.platform === "linux") assert.equal(error.cause.holder, `perl (${holder.pid})`);
      return true;
    });
    await holder.release();
    await store.markWorking("plain");
  });

  const obstacle = whyNoSmallDisk();
  const defineWithDisks = obstacle === undefined ? it : it.skip;
  const reason = obstacle === undefined ? "" : ` (skipped: ${obstacle})`;
  defineWithDisks(`isn't blamed on who holds a file of the same number on another disk${reason}`, async () => {
    const disks = [new SmallDisk(65_536), new SmallDisk(65_536)];
    try {
      const [other, ours] = disks.map((disk) => `${disk.path}/file`) as [string, string];
      const holder = await ForeignHolder.of(other);
      // A shared lock blocks us too, and has no single holder.
      const release = lockAsForeigner(ours, "shared");
      assert.equal(fs.statSync(other).ino, fs.statSync(ours).ino);
      await assert.rejects(
        acquireLock(ours, 0),
        (error) => error instanceof LockTimeoutError && error.holder === undefined,
      );
      release();
      await holder.release();
    } finally {
      for (const disk of disks) disk.remove();
    }
  });

  it("keeps other programs out while a change is made, and no longer", async () => {
    const seen: boolean[] = [];
    const now = (): string => {
      seen.push(isFreeForForeigners(lock));
      return "2026-11-23T00:00:00Z";
    };
    await (await load({ now })).markWorking("plain");
    assert.deepEqual(seen, [false, false]);
    assert.equal(isFreeForForeigners(lock), true);
    assert.equal(fs.existsSync(beadLock), false, "a plain row has no lock of its own");
  });

  it("of an atomic row's bead is taken first, then the ledger's", async () => {
    const store = await load();
    const holder = await ForeignHolder.of(lock);
    const change = store.markWorking("bd-1");
    await eventually(() => {
      assert.equal(isFreeForForeigners(beadLock), false);
    });
    await holder.release();
    await change;
    assert.equal(isFreeForForeigners(beadLock), true);
  });

  it("of an atomic row's bead is waited for before the ledger's is taken", async () => {
    const [store, another] = [await load(), await load()];
    const holder = await ForeignHolder.of(beadLock);
    let isDone = false;
    const change = store.markWorking("bd-1").finally(() => (isDone = true));
    await another.markWorking("plain");
    assert.equal(isDone, false);
    await holder.release();
    await change;
  });

  describe("of a bead whose dispatch is resolved", () => {
    beforeEach(() => {
      changeAsNtm(storage.primary(session), ({ assignments }) => {
        Object.assign(assignments["bd-1"]!, {
          status: "claimed",
          dispatch_state: "sending",
          pending_prompt: "Work on it",
        });
      });
    });

    it("is not waited for while another process holds it", async () => {
      const store = await load();
      const holder = await ForeignHolder.of(beadLock);
      const before = storage.files(session);
      await assert.rejects(store.resolveDispatch("bd-1", "lost"), (error) => {
        assert.ok(error instanceof AssignmentHeldError);
        assert.equal(error.hold.code, "in-flight");
        return true;
      });
      assert.deepEqual(storage.files(session), before);
      const results = await store.apply([
        { kind: "resolveDispatch", beadId: "bd-1", outcome: "arrived" },
        { kind: "markWorking", beadId: "plain" },
      ]);
      assert.deepEqual(
        results.map(({ error }) => error?.name),
        ["AssignmentHeldError", undefined],
      );
      await holder.release();
      await store.resolveDispatch("bd-1", "lost");
      assert.equal(loadAsNtm(storage.primary(session))?.assignments["bd-1"]?.["dispatch_state"], "pending");
    });

    it("is never kept from another program by checks of its holder", async () => {
      const store = await load();
      const activity = new DispatchActivity(store.path);
      activity.update(store.list());
      let looks = 0;
      const refusals = await refusalsOfForeigner(beadLock, 1_000, async () => {
        await activity.checkLocks();
        looks++;
      });
      assert.equal(refusals, 0);
      assert.ok(looks > 100, `only ${looks} looks`);
    });

    it("is held while the ledger's lock is waited for as long as it takes", async () => {
      const store = await load();
      const holder = await ForeignHolder.of(lock);
      let isDone = false;
      const change = store.resolveDispatch("bd-1", "arrived").finally(() => (isDone = true));
      await eventually(() => {
        assert.equal(isFreeForForeigners(beadLock), false);
      });
      for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
      assert.equal(isDone, false);
      await holder.release();
      await change;
      assert.equal(isFreeForForeigners(beadLock), true);
      assert.equal(statusOnDisk("bd-1"), "assigned");
    });
  });

  it("of a bead is taken for a row that turns out to be atomic under the ledger's lock", async () => {
    const seen: boolean[] = [];
    const now = (): string => {
      seen.push(isFreeForForeigners(beadLock));
      return "2026-11-23T00:00:00Z";
    };
    const store = newStore(session, { storageDir: storage.path, now });
    await store.markWorking("bd-1");
    assert.deepEqual(seen.slice(-2), [false, false]);
  });

  it("is given up after every kind of error", async () => {
    const store = await load();
    const failures: readonly (() => Promise<unknown>)[] = [
      () => store.retry("plain"),
      () => store.markWorking("nobody"),
      () => store.retry("bd-1"),
      () => store.assign("unplaced", "Title", 1, "codex", "", ""),
      () => failing("renameSync", () => store.markWorking("plain")),
      () => failing("fsyncSync", () => store.markWorking("bd-1")),
      async () => {
        fs.writeFileSync(storage.primary(session), "{");
        await store.markWorking("plain");
      },
    ];
    for (const [number, fail] of failures.entries()) {
      await assert.rejects(fail, `failure ${number}`);
      assert.equal(isFreeForForeigners(lock), true, `the ledger's lock after failure ${number}`);
      assert.equal(isFreeForForeigners(beadLock), true, `the bead's lock after failure ${number}`);
    }
  });

  it("on a file that was replaced meanwhile counts for nothing", async () => {
    const store = await load();
    const replacement = `${lock}.new`;
    let release: (() => void) | undefined;
    const restore = interceptFiles(({ name, path }, perform) => {
      const result = perform();
      if (name !== "openSync" || path !== lock || release !== undefined) return result;
      release = lockAsForeigner(replacement);
      fs.renameSync(replacement, lock);
      return result;
    });
    let isDone = false;
    const change = store.markWorking("plain").finally(() => (isDone = true));
    for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    restore();
    assert.equal(isDone, false, "took the lock of a file that is gone");
    assert.ok(release !== undefined);
    release();
    await change;
  });

  it("isn't inherited by a program that is started meanwhile", async () => {
    const started: ReturnType<typeof spawn>[] = [];
    const now = (): string => {
      started.push(spawn("perl", ["-e", "<STDIN>"], { stdio: ["pipe", "ignore", "ignore"] }));
      return "2026-11-23T00:00:00Z";
    };
    await (await load({ now })).markWorking("plain");
    assert.equal(isFreeForForeigners(lock), true);
    for (const child of started) {
      child.stdin?.end();
      await once(child, "exit");
    }
  });

  it("keeps two stores of one process apart", async () => {
    const stores = await Promise.all([load(), load(), load()]);
    await Promise.all(
      stores.flatMap((store, number) =>
        Array.from({ length: 20 }, (_, turn) => store.assign(`${number}-${turn}`, "Title", 1, "codex", "", "", "%1")),
      ),
    );
    const { assignments, persistence_generation: generation } = loadAsNtm(storage.primary(session))!;
    assert.equal(Object.keys(assignments).length, 62);
    assert.equal(generation, 61);
  });

  it("that can't be loaded leaves a store that reads and won't write", async () => {
    const result = await new Program("withoutLock", [storage.path, session]).result<Record<string, unknown>>();
    assert.deepEqual(result, {
      status: "assigned",
      health: "ok",
      error: "PersistenceError",
      cause: "LockUnavailableError",
      statusAfterwards: "assigned",
    });
    assert.equal(statusOnDisk("plain"), "assigned");
  });

  it("of several beads is waited for no longer in all than one is", async () => {
    const ids = ["bd-1", "bd-2", "bd-3"];
    const content = emptyLedger(session);
    for (const id of ids) {
      const atomic = { idempotency_key: `key-${id}`, dispatch_state: "sent" };
      content.assignments[id] = row(id, { occupancy_key: "%1", dispatch_target: "%1", ...atomic });
    }
    const text = JSON.stringify(content, undefined, 2);
    storage.put(session, text, text);
    const store = await load({ lockTimeoutMs: 400 });
    // Each is given up a moment before it alone would have been waited for too long.
    const files = ids.map((id) => beadLockPath({ primary: storage.primary(session) }, id)).sort();
    const holders = await Promise.all(files.map((file) => ForeignHolder.of(file)));
    const start = performance.now();
    const releasing = holders.map(
      (holder, index) =>
        new Promise<void>((resolve) => setTimeout(() => void holder.release().then(resolve), 300 * (index + 1))),
    );
    await assert.rejects(
      store.apply(ids.map((beadId) => ({ kind: "markWorking", beadId }))),
      (error) =>
        error instanceof PersistenceError && error.cause instanceof LockTimeoutError && error.cause.waitedMs === 400,
    );
    assert.ok(performance.now() - start < 800);
    await Promise.all(releasing);
  });

  it("in whose place there is a folder is named, with its path", async () => {
    fs.mkdirSync(beadLock);
    await assert.rejects((await load()).markWorking("bd-1"), (error) => {
      assert.ok(error instanceof PersistenceError);
      assert.deepEqual([error.path, (error.cause as NodeJS.ErrnoException).code], [beadLock, "EISDIR"]);
      return true;
    });
  });
});

async function failing(name: string, work: () => Promise<unknown>): Promise<unknown> {
  const restore = interceptFiles((operation, perform) => {
    if (operation.name === name) throw new Error("injected");
    return perform();
  });
  try {
    return await work();
  } finally {
    restore();
  }
}
