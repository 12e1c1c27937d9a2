import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { newStore } from "../../../src/assignment";
import { LedgerFollower } from "../../../src/session/ledgerFollower";
import type { SessionSnapshot } from "../../../src/session/sessionSnapshot";
import { eventually } from "../../support/eventually";
import { changeAsNtm, emptyLedger, row, saveAsNtm, saveAsOldNtm } from "../../support/foreignSave";
import { SilentLog } from "../../support/silentLog";
import { TemporaryStorage } from "../../support/storage";

describe("a followed ledger", () => {
  let storage: TemporaryStorage;
  let log: SilentLog;
  let follower: LedgerFollower;
  /** Every snapshot that was published. */
  let shown: SessionSnapshot[];

  beforeEach(() => {
    storage = new TemporaryStorage();
    log = new SilentLog();
    shown = [];
  });
  afterEach(() => {
    follower.dispose();
    storage.remove();
    assert.deepEqual(log.errors, []);
  });

  async function follow(): Promise<void> {
    follower = new LedgerFollower(newStore("s", { storageDir: storage.path }), log);
    follower.onDidChange(() => {
      assert.ok(follower.snapshot);
      shown.push(follower.snapshot);
    });
    await follower.refresh();
    shown.length = 0;
  }
  const primary = (): string => storage.primary("s");
  const current = (): SessionSnapshot => {
    assert.ok(follower.snapshot);
    return follower.snapshot;
  };
  const place = (rows: readonly Record<string, unknown>[]): void => {
    fs.mkdirSync(path.dirname(primary()), { recursive: true });
    const content = emptyLedger("s");
    for (const one of rows) content.assignments[String(one["bead_id"])] = one;
    saveAsNtm(primary(), content);
  };
  /** Waits until earlier changes have been published, by making another change. */
  const settled = async (): Promise<void> => {
    await follower.refresh();
  };

  it("publishes a foreign save, with unchanged rows as the same objects", async () => {
    place([row("a"), row("b")]);
    await follow();
    const before = current();
    changeAsNtm(primary(), ({ assignments }) => (assignments["a"] = row("a", { status: "working" })));
    await eventually(() => {
      assert.equal(current().get("a")?.status, "working");
    });
    assert.equal(current().get("b"), before.get("b"));
    assert.equal(current().generation, 2);
  });

  it("publishes an own save once", async () => {
    place([row("a", { occupancy_key: "%1" })]);
    await follow();
    await follower.store.markWorking("a");
    assert.equal(shown.length, 1, "shown before the promise is fulfilled");
    // The watcher reports the save some time later; a foreign change comes after that.
    changeAsNtm(primary(), ({ assignments }) => (assignments["b"] = row("b")));
    await eventually(() => {
      assert.ok(current().get("b"));
    });
    assert.equal(shown.length, 2);
  });

  it("publishes nothing if nothing changed", async () => {
    place([row("a")]);
    await follow();
    await follower.refresh();
    fs.utimesSync(primary(), new Date(), new Date());
    await follower.poll();
    assert.deepEqual(shown, []);
  });

  it("reads once more after the last of many saves", async () => {
    place([row("a", { retry_count: 0 })]);
    await follow();
    for (let count = 1; count <= 200; count++) {
      changeAsNtm(primary(), ({ assignments }) => (assignments["a"] = row("a", { retry_count: count })));
      if (count % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => {
      assert.equal(current().get("a")?.retry_count, 200);
    });
  });

  it("never shows a problem for the instant without a ledger in every save of ntm up to 1.19", async () => {
    fs.mkdirSync(path.dirname(primary()), { recursive: true });
    const content = emptyLedger("s", 1);
    content.assignments["a"] = row("a");
    saveAsOldNtm(primary(), content);
    await follow();
    const trouble: string[] = [];
    follower.store.subscribe(() => {
      if (follower.store.health.kind === "ok") return;
      trouble.push(follower.store.health.kind);
      content.assignments["a"] = row("a", { status: "working" });
      saveAsOldNtm(primary(), content);
    });
    fs.renameSync(primary(), storage.backup("s"));
    await eventually(() => {
      assert.equal(current().get("a")?.status, "working");
    });
    assert.deepEqual(trouble, ["degraded"]);
    for (const snapshot of shown) assert.deepEqual([snapshot.health.kind, snapshot.exists], ["ok", true]);
  });

  it("keeps the last rows when the ledger becomes unreadable, and names the problem", async () => {
    place([row("a")]);
    await follow();
    const before = current();
    fs.writeFileSync(primary(), '{"session_name": "s", "assign');
    fs.writeFileSync(`${primary()}.bak`, "");
    await eventually(() => {
      assert.equal(current().health.kind, "unreadable");
    });
    assert.equal(current().isStale, true);
    assert.equal(current().isWritable, false);
    assert.equal(current().get("a"), before.get("a"));
    place([row("b")]);
    await eventually(() => {
      assert.equal(current().health.kind, "ok");
    });
    assert.deepEqual([current().isStale, current().get("a")], [false, undefined]);
  });

  it("follows a ledger that is created, deleted, and created again", async () => {
    await follow();
    assert.equal(current().exists, false);
    place([row("a")]);
    await eventually(() => {
      assert.ok(current().get("a"));
    });
    fs.rmSync(storage.path, { recursive: true });
    await eventually(() => {
      assert.equal(current().exists, false);
    });
    assert.deepEqual(current().rows, []);
    place([row("b")]);
    await eventually(() => {
      assert.ok(current().get("b"));
    });
  });

  it("follows another folder that replaces the session's", async () => {
    place([row("a")]);
    await follow();
    const folder = path.dirname(primary());
    fs.cpSync(folder, `${folder}-next`, { recursive: true });
    changeAsNtm(path.join(`${folder}-next`, "assignments.json"), ({ assignments }) => (assignments["b"] = row("b")));
    fs.renameSync(folder, `${folder}-old`);
    fs.renameSync(`${folder}-next`, folder);
    await eventually(() => {
      assert.ok(current().get("b"));
    });
  });

  it("shows the backup of an interrupted save", async () => {
    place([row("a")]);
    await follow();
    const content = emptyLedger("s");
    content.persistence_generation = 2;
    content.assignments["b"] = row("b");
    fs.writeFileSync(`${primary()}.bak.tmp`, JSON.stringify(content, undefined, 2));
    fs.renameSync(`${primary()}.bak.tmp`, `${primary()}.bak`);
    await eventually(() => {
      assert.ok(current().get("b"));
    });
  });

  it("finds on poll a change without an event", async () => {
    place([row("a")]);
    await follow();
    await settled();
    // Written in place through a link from outside the folder: this causes no event.
    const alias = path.join(storage.path, "alias");
    fs.linkSync(primary(), alias);
    fs.rmSync(`${primary()}.bak`);
    await settled();
    const content = emptyLedger("s");
    content.persistence_generation = 5;
    content.assignments["c"] = row("c");
    fs.writeFileSync(alias, JSON.stringify(content, undefined, 2));
    await follower.poll();
    assert.ok(current().get("c"));
  });
});
