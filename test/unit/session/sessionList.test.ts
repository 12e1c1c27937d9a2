import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { listSessions } from "../../../src/session/sessionList";
import { TemporaryStorage } from "../../support/storage";

describe("the list of sessions", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });
  const names = async (): Promise<string[]> =>
    (await listSessions(storage.path)).entries.map((entry) => entry.sessionName);

  it("has every folder with a ledger or a backup of one, by name", async () => {
    storage.put("web--ui", "{}");
    storage.put("web", undefined, "{}");
    storage.put("api", "{}", "{}");
    assert.deepEqual(await names(), ["api", "web", "web--ui"]);
  });

  it("omits saved sessions and folders without a ledger, but lists the latter separately", async () => {
    fs.writeFileSync(path.join(storage.path, "saved.json"), "{}");
    fs.writeFileSync(path.join(storage.path, "session.lock"), "");
    storage.put("archived", "{}");
    storage.put("prompts-only", undefined);
    const list = await listSessions(storage.path);
    assert.deepEqual([list.entries, list.ledgerless], [[], ["prompts-only"]]);
  });

  it("names no folder without a ledger that hasn't changed for a day: there may be thousands", async () => {
    storage.put("old", undefined);
    storage.put("recent", undefined);
    const yesterday = Date.now() / 1000 - 90_000;
    fs.utimesSync(path.join(storage.path, "old"), yesterday, yesterday);
    assert.deepEqual((await listSessions(storage.path)).ledgerless, ["recent"]);
    storage.put("old", "{}");
    assert.deepEqual(await names(), ["old"]);
  });

  it("has the time of the newer copy's save", async () => {
    storage.put("api", "{}", "{}");
    fs.utimesSync(storage.primary("api"), 1000, 1000);
    fs.utimesSync(storage.backup("api"), 2000, 2000);
    assert.equal((await listSessions(storage.path)).entries[0]?.savedAt, 2_000_000);
  });

  it("reports an illegal name, and continues", async () => {
    storage.put("not a name", "{}");
    storage.put("api", "{}");
    const { entries } = await listSessions(storage.path);
    assert.deepEqual(
      entries.map(({ sessionName, problem }) => [sessionName, problem]),
      [
        ["api", undefined],
        ["not a name", { kind: "illegal-name" }],
      ],
    );
  });

  it("reports a folder that can't be accessed, and continues", async () => {
    storage.put("api", "{}");
    storage.put("circle", undefined);
    fs.symlinkSync("assignments.json", storage.primary("circle"));
    fs.symlinkSync("loop", path.join(storage.path, "loop"));
    const { entries } = await listSessions(storage.path);
    assert.deepEqual(
      entries.map(({ sessionName, problem }) => [sessionName, problem]),
      [
        ["api", undefined],
        ["circle", { kind: "unreachable", code: "ELOOP" }],
        ["loop", { kind: "unreachable", code: "ELOOP" }],
      ],
    );
  });

  it("has a session whose ledger is a folder: reading it reports the problem", async () => {
    fs.mkdirSync(storage.primary("odd"), { recursive: true });
    assert.deepEqual(await names(), ["odd"]);
  });

  it("distinguishes a missing storage folder from one that can't be listed", async () => {
    assert.deepEqual((await listSessions(path.join(storage.path, "none"))).storage, { kind: "missing" });
    const file = path.join(storage.path, "file");
    fs.writeFileSync(file, "");
    assert.deepEqual((await listSessions(file)).storage, { kind: "unreachable", code: "ENOTDIR" });
  });
});
