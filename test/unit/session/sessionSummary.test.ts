import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { listSessions } from "../../../src/session/sessionList";
import { SessionSummaries, type SessionFailures } from "../../../src/session/sessionSummary";
import { changeAsNtm, emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { TemporaryStorage } from "../../support/storage";

describe("the summaries of sessions", () => {
  let storage: TemporaryStorage;
  let summaries: SessionSummaries;
  beforeEach(() => {
    storage = new TemporaryStorage();
    summaries = new SessionSummaries(storage.path);
    for (const name of ["api", "web"]) {
      const content = emptyLedger(name);
      content.assignments["a"] = row("a");
      fs.mkdirSync(path.join(storage.path, name));
      saveAsNtm(storage.primary(name), content);
    }
  });
  afterEach(() => {
    storage.remove();
  });
  const read = async (): Promise<readonly SessionFailures[]> =>
    summaries.read((await listSessions(storage.path)).entries);

  it("count the rows of each ledger", async () => {
    await read();
    assert.deepEqual([summaries.kept("api")?.stats.assigned, summaries.kept("web")?.health.kind], [1, "ok"]);
  });

  it("are updated only for a ledger that changed", async () => {
    await read();
    const [api, web] = [summaries.kept("api"), summaries.kept("web")];
    changeAsNtm(storage.primary("web"), ({ assignments }) => (assignments["b"] = row("b")));
    await read();
    assert.equal(summaries.kept("api"), api);
    assert.deepEqual([web?.stats.total, summaries.kept("web")?.stats.total], [1, 2]);
  });

  it("report what failed since a ledger was read before, each failure once", async () => {
    const failedBeads = async (): Promise<unknown> =>
      (await read()).map(({ sessionName, rows }) => [sessionName, rows.map((one) => one.bead_id)]);
    changeAsNtm(storage.primary("web"), ({ assignments }) => {
      assignments["old"] = row("old", { status: "failed", failed_at: "2026-11-22T10:00:00Z" });
    });
    assert.deepEqual(await failedBeads(), []);
    changeAsNtm(storage.primary("web"), ({ assignments }) => {
      assignments["a"] = row("a", { status: "failed", failed_at: "2026-11-22T10:01:00Z" });
    });
    assert.deepEqual(await failedBeads(), [["web", ["a"]]]);
    changeAsNtm(storage.primary("web"), ({ assignments }) => (assignments["b"] = row("b")));
    assert.deepEqual(await failedBeads(), []);
    changeAsNtm(storage.primary("web"), ({ assignments }) => {
      assignments["a"] = row("a", { status: "failed", failed_at: "2026-11-22T10:05:00Z" });
    });
    assert.deepEqual(await failedBeads(), [["web", ["a"]]], "it failed again");
  });

  it("report nothing as failed that was only unreadable before", async () => {
    changeAsNtm(storage.primary("web"), ({ assignments }) => {
      assignments["a"] = row("a", { status: "failed", failed_at: "2026-11-22T10:01:00Z" });
    });
    await read();
    const [primary, backup] = [storage.primary("web"), storage.backup("web")].map((file) => fs.readFileSync(file));
    for (const file of [storage.primary("web"), storage.backup("web")]) fs.writeFileSync(file, "{");
    await read();
    fs.writeFileSync(storage.primary("web"), primary ?? "");
    fs.writeFileSync(storage.backup("web"), backup ?? "");
    assert.deepEqual(await read(), []);
  });

  it("report a ledger's problem, and continue", async () => {
    fs.writeFileSync(storage.primary("api"), "{");
    fs.writeFileSync(storage.backup("api"), "{");
    fs.mkdirSync(path.join(storage.path, "not a name"));
    saveAsNtm(path.join(storage.path, "not a name", "assignments.json"), emptyLedger("not a name"));
    await read();
    assert.equal(summaries.kept("api")?.health.kind, "unreadable");
    assert.equal(summaries.kept("web")?.stats.total, 1);
    assert.equal(summaries.kept("not a name"), undefined);
  });

  it("are dropped with their sessions", async () => {
    await read();
    fs.rmSync(path.join(storage.path, "api"), { recursive: true });
    await read();
    assert.equal(summaries.kept("api"), undefined);
  });
});
