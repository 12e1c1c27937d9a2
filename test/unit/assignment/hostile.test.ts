// Ids and texts that a program could trip over go through every step, and come back as they were.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import {
  AssignmentHeldError,
  loadStore,
  newStore,
  ntmSubcommands,
  allowedTransitions,
  refusal,
  storageDir,
} from "../../../src/assignment";
import { TemporaryStorage } from "../../support/storage";

const ids = [
  ...["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "10", "9", "-1", "1e3", "total"],
  ...["[a](command:x)", "<img src=x>", "**b**", "`c`", "$(touch x)", "'; rm", '"', "\\", "../..", "a/b", "--force"],
  ...["\u0000", "\u001b[31m", "\u202egnp", "\u2028", "a\nb", "é", "😀", " "],
];

describe("hostile content", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  it("goes through every step, under every id", async () => {
    const options = { storageDir: storage.path };
    const store = newStore("s", options);
    const each = (change: (id: string) => Parameters<typeof store.apply>[0][number]): Promise<void> =>
      store.apply(ids.map(change)).then((results) => {
        for (const { beadId, error } of results) assert.equal(error, undefined, JSON.stringify(beadId));
      });
    const text = (id: string): string => `${id} \u0007 </script> ${id}`;
    await each((id) => ({
      kind: "assign",
      beadId: id,
      beadTitle: text(id),
      pane: 1,
      agentType: id,
      agentName: id,
      prompt: text(id),
    }));
    await each((id) => ({ kind: "markWorking", beadId: id }));
    await each((id) => ({ kind: "markFailed", beadId: id, reason: text(id) }));
    for (const id of ids) {
      const row = (await loadStore("s", options)).get(id);
      assert.deepEqual([row?.bead_id, row?.bead_title, row?.fail_reason], [id, text(id), text(id)]);
    }
    await each((id) => ({ kind: "retry", beadId: id }));
    await each((id) => ({ kind: "markWorking", beadId: id }));
    await each((id) => ({ kind: "reassign", beadId: id, pane: 2, agentType: "codex", agentName: "", paneId: "%7" }));
    assert.equal((await loadStore("s", options)).stats().assigned, ids.length);
    await each((id) => ({ kind: "remove", beadId: id }));
    assert.equal((await loadStore("s", options)).list().length, 0);
    assert.equal(({} as Record<string, unknown>)["bead_id"], undefined, "no prototype was touched");
  });

  it("has no size that is too large for a row", async () => {
    const options = { storageDir: storage.path };
    const huge = "x\u202e".repeat(50_000);
    await newStore("s", options).assign(huge.slice(0, 1000), huge, 1, "codex", "", huge);
    const [row] = (await loadStore("s", options)).list();
    assert.equal(row?.prompt_sent, huge);
  });

  it("gives a lone surrogate the replacement that Go would", async () => {
    const store = newStore("s", { storageDir: storage.path });
    await store.assign("b", "a\ud800b", 1, "codex", "", "");
    assert.equal((await loadStore("s", { storageDir: storage.path })).get("b")?.bead_title, "a\ufffdb");
  });

  const ledgerWith = (id: string, fields: string): string =>
    `{"session_name": "s", "assignments": {${JSON.stringify(id)}: {"bead_id": ${JSON.stringify(id)}, "bead_title": "t", "pane": 1, "agent_type": "claude", "status": "failed", "assigned_at": "2026-11-22T10:00:00Z", ${fields}}}, "updated_at": "2026-11-22T10:00:00Z", "version": 1}`;

  it("nested five thousand levels deep is copied, compared and written back as it was", async () => {
    const deep = `${"[".repeat(5000)}1${"]".repeat(5000)}`;
    storage.put("s", ledgerWith("b", `"future": ${deep}`));
    const store = await loadStore("s", { storageDir: storage.path });
    assert.equal(store.getAll().length, 1);
    await store.retry("b");
    assert.match(fs.readFileSync(storage.primary("s"), "utf8"), /"status": "assigned"/);
    assert.ok(fs.readFileSync(storage.primary("s"), "utf8").includes(`"future": ${deep}`));
    const row = store.get("b")!;
    await store.remove("b");
    await store.apply([{ kind: "restore", beadId: "b", row }]);
    assert.ok(fs.readFileSync(storage.primary("s"), "utf8").includes(`"future": ${deep}`));
  });

  it("under the empty id is shown, and nothing is offered or done", async () => {
    storage.put("s", ledgerWith("", '"fail_reason": "x"'));
    const store = await loadStore("s", { storageDir: storage.path });
    const row = store.get("")!;
    assert.deepEqual([allowedTransitions(row, 1), ntmSubcommands(row)], [[], []]);
    assert.ok(refusal(row, "retry", 1) instanceof AssignmentHeldError);
  });

  it("with a count that can't be raised exactly refuses a retry", async () => {
    for (const count of ["9007199254740991", "9007199254740993"]) {
      storage.put("s", ledgerWith("b", `"retry_count": ${count}`));
      const store = await loadStore("s", { storageDir: storage.path });
      await assert.rejects(store.retry("b"), RangeError);
      assert.ok(fs.readFileSync(storage.primary("s"), "utf8").includes(`"retry_count": ${count}`));
    }
  });
});

describe("the storage folder without a home", () => {
  it("is in the temporary folder that Go finds", () => {
    const names = ["HOME", "TMP", "TEMP", "TMPDIR"];
    const before = names.map((name) => [name, process.env[name]] as const);
    try {
      Object.assign(process.env, { HOME: "", TMP: "/elsewhere", TEMP: "/elsewhere" });
      delete process.env["TMPDIR"];
      if (process.platform !== "win32") assert.equal(storageDir(), "/tmp/ntm/sessions");
      process.env["TMPDIR"] = "/mine";
      if (process.platform !== "win32") assert.equal(storageDir(), "/mine/ntm/sessions");
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });
});
