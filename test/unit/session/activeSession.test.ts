import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { InvalidSessionNameError } from "../../../src/assignment";
import { interceptFiles } from "../../support/fileOperations";
import { ActiveSession, type ActiveSessionChange, type SessionEnvironment } from "../../../src/session/activeSession";
import { eventually } from "../../support/eventually";
import { changeAsNtm, emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { SilentLog } from "../../support/silentLog";
import { TemporaryStorage } from "../../support/storage";

describe("the active session", () => {
  let storage: TemporaryStorage;
  let storageFolder: string;
  let log: SilentLog;
  let session: ActiveSession | undefined;
  let changes: [before: string | undefined, after: string | undefined][];
  let pinned: string | undefined;
  let workspaceFolders: string[];

  beforeEach(() => {
    storage = new TemporaryStorage();
    storageFolder = storage.path;
    log = new SilentLog();
    changes = [];
    pinned = undefined;
    workspaceFolders = [];
  });
  afterEach(() => {
    session?.dispose();
    storage.remove();
    assert.deepEqual(log.errors, []);
  });

  function place(sessionName: string, savedAt: number): void {
    fs.mkdirSync(path.join(storage.path, sessionName), { recursive: true });
    const content = emptyLedger(sessionName);
    content.assignments["a"] = row("a");
    saveAsNtm(storage.primary(sessionName), content);
    for (const copy of [storage.primary(sessionName), storage.backup(sessionName)])
      fs.utimesSync(copy, savedAt, savedAt);
  }
  async function start(options: Partial<SessionEnvironment> = {}): Promise<ActiveSession> {
    const started = new ActiveSession({
      storageFolder: () => storageFolder,
      workspaceFolders: () => workspaceFolders,
      pin: {
        get: () => pinned,
        set: (sessionName) => {
          pinned = sessionName;
          return Promise.resolve();
        },
      },
      log,
      ...options,
    });
    session = started;
    started.onDidChange(({ before, after }: ActiveSessionChange) =>
      changes.push([before?.sessionName, after?.sessionName]),
    );
    await started.refresh();
    return started;
  }
  const shows = (sessionName: string | undefined): Promise<void> =>
    eventually(() => {
      assert.equal(session?.snapshot?.sessionName, sessionName);
    });

  it("is undefined until there is a session, and then that session", async () => {
    fs.rmSync(storage.path, { recursive: true });
    const active = await start();
    assert.deepEqual([active.snapshot, active.list?.storage.kind], [undefined, "missing"]);
    place("api", 1000);
    await shows("api");
    assert.equal(active.list?.storage.kind, "ok");
    assert.deepEqual(changes, [[undefined, "api"]]);
  });

  it("is found in a folder that existed before its ledger", async () => {
    fs.mkdirSync(path.join(storage.path, "api"));
    await start();
    place("api", 1000);
    await shows("api");
  });

  it("doesn't change when another session is saved later", async () => {
    place("api", 2000);
    place("web", 1000);
    const active = await start();
    await shows("api");
    place("web", 3000);
    place("new", 4000);
    await active.refresh();
    assert.equal(active.snapshot?.sessionName, "api");
  });

  it("is replaced by another one when its ledger is deleted, and undefined after the last one", async () => {
    place("api", 2000);
    place("web", 1000);
    await start();
    fs.rmSync(path.join(storage.path, "api"), { recursive: true });
    await shows("web");
    fs.rmSync(storage.primary("web"));
    fs.rmSync(storage.backup("web"));
    await shows(undefined);
    place("web", 1000);
    await shows("web");
  });

  it("is switched for this window, and pinned for the workspace", async () => {
    place("api", 2000);
    place("web", 1000);
    const active = await start();
    await active.switchTo("web");
    assert.deepEqual([active.snapshot?.sessionName, pinned], ["web", undefined]);
    await active.pin("api");
    assert.deepEqual([active.snapshot?.sessionName, pinned], ["api", "api"]);
    await active.pin(undefined);
    assert.equal(active.snapshot?.sessionName, "api");
  });

  it("is chosen by the rule again when it is unpinned", async () => {
    place("api", 2000);
    place("web", 1000);
    workspaceFolders.push("web");
    const active = await start();
    await active.pin("api");
    assert.equal(active.snapshot?.sessionName, "api");
    await active.pin(undefined);
    assert.equal(active.snapshot.sessionName, "web");
    await active.pin("api");
    await active.switchTo("web");
    await active.pin(undefined);
    assert.equal(active.snapshot.sessionName, "web", "what the user switched to since stays");
  });

  it("asks nothing of its folder that the thread would wait for", async () => {
    place("api", 2000);
    fs.mkdirSync(path.join(storage.path, "without-ledger"));
    const synchronous = new Set<string>();
    let looks = 0;
    const stop = interceptFiles((operation, perform) => {
      if (operation.path.startsWith(storage.path)) {
        if (operation.name.endsWith("Sync")) synchronous.add(operation.name);
        else looks++;
      }
      return perform();
    });
    try {
      await start({ pollIntervalMs: 5 });
      const before = looks;
      await eventually(() => {
        assert.ok(looks > before + 40);
      });
    } finally {
      stop();
    }
    assert.deepEqual([...synchronous], []);
  });

  it("says that its folder doesn't answer, and asks no more until it does", async () => {
    place("api", 2000);
    const active = await start({ pollIntervalMs: 5, responseTimeMs: 30 });
    let answer = (): void => undefined;
    const hanging = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    const stop = interceptFiles(async (operation, perform) => {
      if (operation.path.startsWith(storage.path)) {
        asked++;
        await hanging;
      }
      return perform();
    });
    const told: boolean[] = [];
    active.onDidChangeResponsiveness(() => told.push(active.isUnresponsive));
    try {
      await eventually(() => {
        assert.deepEqual(told, [true]);
      });
      const before = asked;
      await new Promise((resolve) => setTimeout(resolve, 50));
      assert.equal(asked, before);
      answer();
      await eventually(() => {
        assert.deepEqual(told, [true, false]);
      });
    } finally {
      stop();
    }
  });

  it("can be pinned before it has a ledger, and becomes active when it gets one", async () => {
    place("api", 2000);
    pinned = "to-come";
    const active = await start();
    assert.deepEqual([active.snapshot?.sessionName, active.snapshot?.exists], ["to-come", false]);
    place("to-come", 1000);
    await eventually(() => {
      assert.ok(active.snapshot?.get("a"));
    });
  });

  it("follows the workspace's folders", async () => {
    place("api", 2000);
    place("web", 1000);
    const active = await start();
    workspaceFolders.push("web");
    await active.refresh();
    assert.equal(active.snapshot?.sessionName, "web");
  });

  it("shows only its own changes", async () => {
    place("api", 2000);
    place("web", 1000);
    const active = await start();
    await active.switchTo("web");
    changes.length = 0;
    changeAsNtm(storage.primary("api"), ({ assignments }) => (assignments["b"] = row("b")));
    changeAsNtm(storage.primary("web"), ({ assignments }) => (assignments["b"] = row("b")));
    await eventually(() => {
      assert.ok(active.snapshot?.get("b"));
    });
    assert.deepEqual(changes, [["web", "web"]]);
  });

  it("refuses a name that could lead to another folder, from any source", async () => {
    place("api", 2000);
    pinned = "../api";
    const active = await start();
    assert.equal(active.snapshot?.sessionName, "api");
    await assert.rejects(active.switchTo("../api"), InvalidSessionNameError);
    await assert.rejects(active.pin("a/b"), InvalidSessionNameError);
  });

  it("moves to another storage folder when the setting changes", async () => {
    place("api", 2000);
    const active = await start();
    storageFolder = path.join(storage.path, "other");
    fs.mkdirSync(path.join(storageFolder, "moved"), { recursive: true });
    saveAsNtm(path.join(storageFolder, "moved", "assignments.json"), emptyLedger("moved"));
    await active.refresh();
    assert.deepEqual([active.snapshot?.sessionName, active.snapshot?.rows], ["moved", []]);
  });
});
