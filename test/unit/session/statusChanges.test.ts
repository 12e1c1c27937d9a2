import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadStore } from "../../../src/assignment";
import { rowsWithNewStatus } from "../../../src/session/statusChanges";
import { SessionSnapshot } from "../../../src/session/sessionSnapshot";
import { changeAsNtm, emptyLedger, row, saveAsNtm, type LedgerContent } from "../../support/foreignSave";
import { TemporaryStorage } from "../../support/storage";

describe("status changes", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  /** The beads of the session `s` whose status changed by an edit. */
  async function moved(
    rows: readonly Record<string, unknown>[],
    edit: (content: LedgerContent) => void,
  ): Promise<string[]> {
    const primary = storage.primary("s");
    const content = emptyLedger("s");
    for (const one of rows) content.assignments[one["bead_id"] as string] = one;
    fs.mkdirSync(path.dirname(primary));
    saveAsNtm(primary, content);
    const store = await loadStore("s", { storageDir: storage.path });
    const before = SessionSnapshot.of(store, undefined);
    changeAsNtm(primary, edit);
    await store.load();
    return rowsWithNewStatus(before, SessionSnapshot.of(store, before)).map(({ bead_id }) => bead_id);
  }

  const set = (beadId: string, fields: Record<string, unknown>) => (content: LedgerContent) => {
    Object.assign(content.assignments[beadId]!, fields);
  };
  const failed = { status: "failed", failed_at: "2026-11-22T11:00:00Z" };

  it("include rows with another status, and new rows", async () => {
    const rows = [row("bd-1", { status: "working" }), row("bd-2")];
    assert.deepEqual(await moved(rows, set("bd-1", failed)), ["bd-1"]);
    storage.remove();
    storage = new TemporaryStorage();
    const add = (content: LedgerContent): void => {
      content.assignments["bd-3"] = row("bd-3");
    };
    assert.deepEqual(await moved(rows, add), ["bd-3"]);
  });

  it("include rows that got the same status again", async () => {
    const again = { failed_at: "2026-11-22T12:00:00Z" };
    assert.deepEqual(await moved([row("bd-1", failed)], set("bd-1", again)), ["bd-1"]);
  });

  it("don't include rows of which something else changed, or nothing", async () => {
    const rows = [row("bd-1", failed), row("bd-2")];
    assert.deepEqual(await moved(rows, set("bd-1", { retry_count: 2 })), []);
    storage.remove();
    storage = new TemporaryStorage();
    assert.deepEqual(await moved(rows, () => undefined), []);
  });

  it("don't include rows of a ledger that didn't exist before", async () => {
    const store = await loadStore("s", { storageDir: storage.path });
    const before = SessionSnapshot.of(store, undefined);
    fs.mkdirSync(path.dirname(storage.primary("s")));
    const content = emptyLedger("s");
    content.assignments["bd-1"] = row("bd-1", failed);
    saveAsNtm(storage.primary("s"), content);
    await store.load();
    assert.deepEqual(rowsWithNewStatus(before, SessionSnapshot.of(store, before)), []);
  });
});
