// Every pair of copies that ntm's loaders were asked about: what may be written, and what is shown.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadStore, PersistenceError } from "../../../src/assignment";
import { ledgerFixtures } from "../../support/project";
import { TemporaryStorage } from "../../support/storage";

interface Expectation {
  readonly session: string;
  readonly strict_error?: string;
  readonly strict_title?: string | null;
  readonly lenient_title?: string | null;
}

/** ntm refuses this pair; for schema 1 it is what every save leaves. */
const naturalInSchema1 = "diverge-v1-previous-save";

describe("Pairs of copies", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  for (const name of fs.readdirSync(path.join(ledgerFixtures, "pairs"))) {
    const file = path.join(ledgerFixtures, "pairs", name, "expect.json");
    const expected = JSON.parse(fs.readFileSync(file, "utf8")) as Expectation;
    const { session } = expected;
    const strictError = name === naturalInSchema1 ? undefined : expected.strict_error;

    it(`${name} is ${strictError === undefined ? "written" : "refused"}`, async () => {
      storage.putFixture(session, `pairs/${name}`);
      const before = storage.files(session);
      const store = await loadStore(session, { storageDir: storage.path });
      assert.deepEqual(storage.files(session), before, "reading changed something");

      if (strictError === undefined) {
        assert.deepEqual(store.health, { kind: "ok" });
        const title = name === naturalInSchema1 ? "P" : (expected.strict_title ?? undefined);
        assert.equal(store.get("b")?.bead_title, title);
        await store.save();
        assert.deepEqual((await loadStore(session, { storageDir: storage.path })).health, { kind: "ok" });
        return;
      }
      assert.notEqual(store.health.kind, "ok");
      assert.equal(store.health.kind !== "ok" && store.health.problem.message, strictError);
      if (expected.lenient_title !== undefined) {
        assert.equal(store.health.kind, "degraded");
        assert.equal(store.get("b")?.bead_title, expected.lenient_title);
      }
      for (const change of [
        () => store.assign("new", "t", 1, "codex", "", "", "%1"),
        () => store.reassign("b", 1, "codex", "", "%1"),
        () => store.updateStatus("b", "working"),
        () => store.markWorking("b"),
        () => store.markCompleted("b"),
        () => store.markFailed("b", "r"),
        () => store.retry("b"),
        () => store.remove("b"),
        () => store.save(),
      ]) {
        await assert.rejects(change, PersistenceError);
      }
      assert.deepEqual(storage.files(session), before);
    });
  }

  it("of schema 1 are the primary and the save before, whatever their times say", async () => {
    const copy = (title: string, updatedAt: string): string => {
      const row = { bead_id: "b", bead_title: title, pane: 1, agent_type: "claude", status: "assigned" };
      const assignments = { b: { ...row, assigned_at: "2026-11-22T10:00:00Z" } };
      return JSON.stringify({ session_name: "s", assignments, updated_at: updatedAt, version: 1 });
    };
    // The clock was put back by two seconds between two saves.
    storage.put("s", copy("new", "2026-11-22T10:00:00Z"), copy("old", "2026-11-22T10:00:02Z"));
    const store = await loadStore("s", { storageDir: storage.path });
    assert.deepEqual([store.health.kind, store.get("b")?.bead_title], ["ok", "new"]);
    assert.equal((await store.markWorking("b")).status, "working");
  });

  for (const [encoding, bytes] of [
    ["UTF-8 with a byte order mark", Buffer.from('\ufeff{"session_name":"s"}')],
    ["UTF-16", Buffer.from('{"session_name":"s"}', "utf16le")],
  ] as const) {
    it(`in ${encoding} are named as such`, async () => {
      storage.put("s", bytes);
      const { health } = await loadStore("s", { storageDir: storage.path });
      assert.equal(health.kind !== "ok" && health.problem.code, "encoding");
    });
  }
});
