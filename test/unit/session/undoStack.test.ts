import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  AssignmentHeldError,
  ConcurrentMutationError,
  loadStore,
  type AssignmentStore,
  type Change,
} from "../../../src/assignment";
import { UndoStack } from "../../../src/session/undoStack";
import { changeAsNtm, emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { TemporaryStorage } from "../../support/storage";

const target = { pane: 2, paneId: "%2", agentType: "codex", agentName: "GreenCastle" };

describe("undoing a change", () => {
  let storage: TemporaryStorage;
  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
  });

  const place = async (schema: 1 | 9, ...rows: readonly Record<string, unknown>[]): Promise<AssignmentStore> => {
    const content = emptyLedger("s", schema);
    for (const fields of rows) content.assignments[String(fields["bead_id"])] = row(String(fields["bead_id"]), fields);
    fs.mkdirSync(path.dirname(storage.primary("s")), { recursive: true });
    saveAsNtm(storage.primary("s"), content);
    return loadStore("s", { storageDir: storage.path });
  };
  const placed = { occupancy_key: "%1", dispatch_target: "%1", prompt_sent: "Do it", agent_name: "BlueLake" };
  const rowOnDisk = (beadId: string): string | undefined => {
    const text = fs.readFileSync(storage.primary("s"), "utf8");
    const { assignments } = JSON.parse(text) as { assignments: Record<string, unknown> };
    // The text itself, because unknown numbers must keep every digit.
    const found = new RegExp(`"${beadId}": \\{[^}]*\\}`).exec(text)?.[0];
    return assignments[beadId] === undefined ? undefined : found;
  };

  const cases: readonly [name: string, fields: Record<string, unknown>, change: (beadId: string) => Change][] = [
    ["markWorking", {}, (beadId) => ({ kind: "markWorking", beadId })],
    ["markCompleted", { status: "working" }, (beadId) => ({ kind: "markCompleted", beadId })],
    ["markFailed", { status: "working" }, (beadId) => ({ kind: "markFailed", beadId, reason: "gave up" })],
    ["retry", { status: "failed", fail_reason: "exit 1", retry_count: 2 }, (beadId) => ({ kind: "retry", beadId })],
    ["reassign", { status: "working" }, (beadId) => ({ kind: "reassign", beadId, ...target })],
    ["remove", { status: "completed" }, (beadId) => ({ kind: "remove", beadId })],
    [
      "assign over a finished row",
      { status: "completed" },
      (beadId) => ({ kind: "assign", beadId, beadTitle: "New", prompt: "", ...target }),
    ],
  ];
  for (const schema of [1, 9] as const) {
    for (const [name, fields, change] of cases) {
      it(`puts back every byte of the row: ${name}, schema ${schema}`, async () => {
        const store = await place(schema, { bead_id: "a", ...placed, ...fields, later: [1, { x: "é" }] });
        // Written once by us, so that only the change and its inverse can make a difference.
        await store.save();
        const before = rowOnDisk("a");
        const undo = new UndoStack();
        const undoable = undo.add(store, await store.apply([change("a")]));
        assert.ok(undoable);
        assert.notEqual(rowOnDisk("a"), before);
        const [undone] = await store.apply(undoable.inverse);
        assert.equal(undone?.error, undefined);
        assert.equal(rowOnDisk("a"), before);
      });
    }
  }

  it("takes back a new assignment", async () => {
    const store = await place(1);
    const assign: Change = { kind: "assign", beadId: "a", beadTitle: "", prompt: "", ...target, observed: null };
    const undoable = new UndoStack().add(store, await store.apply([assign]));
    await store.apply(undoable?.inverse ?? []);
    assert.equal(rowOnDisk("a"), undefined);
  });

  it("puts back all rows of a change with one save", async () => {
    const rows = Array.from({ length: 7 }, (_, index) => ({ bead_id: `b${index}`, ...placed }));
    const store = await place(9, ...rows);
    const before = store.getAll();
    const removed = await store.apply(rows.map(({ bead_id: beadId }) => ({ kind: "remove", beadId })));
    const undoable = new UndoStack().add(store, removed);
    const { generation } = store;
    await store.apply(undoable?.inverse ?? []);
    assert.equal(store.generation, generation + 1);
    assert.deepEqual((await loadStore("s", { storageDir: storage.path })).getAll(), before);
  });

  it("is refused once the row is something else, and leaves the ledger as it is", async () => {
    const store = await place(9, { bead_id: "a", ...placed });
    const undoable = new UndoStack().add(store, await store.apply([{ kind: "markWorking", beadId: "a" }]));
    changeAsNtm(storage.primary("s"), ({ assignments }) => {
      assignments["a"] = { ...assignments["a"], last_dispatch_error: "x" };
    });
    const bytes = fs.readFileSync(storage.primary("s"), "utf8");
    const [refused] = await store.apply(undoable?.inverse ?? []);
    assert.ok(refused?.error instanceof ConcurrentMutationError);
    assert.equal(fs.readFileSync(storage.primary("s"), "utf8"), bytes);
  });

  it("doesn't restore an active row without a pane ID in schema 9, which would stop ntm", async () => {
    const store = await place(9, { bead_id: "a", status: "working" });
    const results = await store.apply([{ kind: "remove", beadId: "a" }]);
    assert.equal(new UndoStack().add(store, results), undefined);
    const [result] = results;
    assert.ok(result?.error === undefined && result?.before !== undefined);
    const [refused] = await store.apply([{ kind: "restore", beadId: "a", row: result.before }]);
    assert.ok(refused?.error instanceof AssignmentHeldError);
    assert.equal(refused.error.hold.code, "unplaced");
    assert.equal(store.get("a"), undefined);
  });

  it("isn't offered for rows that ntm claimed", async () => {
    const claimed = { ...placed, idempotency_key: "k", dispatch_state: "sent", status: "assigned" };
    const store = await place(9, { bead_id: "a", ...claimed });
    const results = await store.apply([{ kind: "markWorking", beadId: "a" }]);
    assert.equal(results[0]?.error, undefined);
    assert.equal(new UndoStack().add(store, results), undefined);
  });

  it("is done once, the latest change first", async () => {
    const store = await place(1, { bead_id: "a", ...placed });
    const undo = new UndoStack();
    const first = undo.add(store, await store.apply([{ kind: "markWorking", beadId: "a" }]));
    const second = undo.add(store, await store.apply([{ kind: "markCompleted", beadId: "a" }]));
    assert.equal(undo.latest, second);
    assert.ok(first !== undefined && second !== undefined);
    assert.deepEqual([undo.take(second), undo.take(second)], [true, false]);
    await store.apply(second.inverse);
    assert.equal(undo.latest, first);
    await store.apply(first.inverse);
    assert.equal(store.get("a")?.status, "assigned");
  });
});
