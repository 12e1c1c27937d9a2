// Ids and texts that a program could trip over go through every step, and come back as they were.
import * as assert from "node:assert/strict";
import { loadStore, newStore } from "../../../src/assignment";
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
});
