// Recording the outcome of a dispatch that ntm left unknown: for which rows, against which conflicts, and which bytes change.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import {
  AssignmentHeldError,
  AssignmentNotFoundError,
  ConcurrentMutationError,
  InvalidTransitionError,
  loadStore,
  newStore,
  type AssignmentStore,
  type Change,
  type DispatchOutcome,
} from "../../../src/assignment";
import { changeAsNtm, emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { TemporaryStorage } from "../../support/storage";

const session = "atlas";
const bead = "atlas-5ly";
const time = "2026-11-25T08:00:00.000000001Z";

describe("Resolving a dispatch", () => {
  let storage: TemporaryStorage;
  beforeEach(() => {
    storage = new TemporaryStorage();
    storage.putFixture(session, "stranded");
  });
  afterEach(() => {
    storage.remove();
  });

  const load = (): Promise<AssignmentStore> => loadStore(session, { storageDir: storage.path, now: () => time });
  const text = (): string => fs.readFileSync(storage.primary(session), "utf8");
  /** The fixture after replacements in the row of the bead, and the ledger's own two fields. */
  const expected = (before: string, ...edits: readonly (readonly [from: string, to: string])[]): string => {
    const start = before.indexOf(`    "${bead}": {`);
    const end = before.indexOf("\n    }", start);
    let changed = before.slice(start, end);
    for (const [from, to] of edits) {
      assert.ok(changed.includes(from), from);
      changed = changed.replace(from, to);
    }
    return (before.slice(0, start) + changed + before.slice(end))
      .replace('"persistence_generation": 12', '"persistence_generation": 13')
      .replace(/"updated_at": ".*"/, `"updated_at": "${time}"`);
  };
  /** As if a newer ntm had written it: with a field that this version doesn't know. */
  const addUnknownField = (): void => {
    const edited = text().replace(
      /("bead_id": "atlas-5ly",[^}]*)\n {4}\}/,
      '$1,\n      "new_in_2027": {"a":[1.50]}\n    }',
    );
    for (const copy of [storage.primary(session), storage.backup(session)]) fs.writeFileSync(copy, edited);
  };

  it("that arrived makes the row an assigned one with a sent prompt, and changes no other byte", async () => {
    addUnknownField();
    const before = text();
    const prompt = `Work on bead ${bead}: Parse quoted identifiers. Check dependencies first with \`br dep tree ${bead}\`.`;
    await (await load()).resolveDispatch(bead, "arrived", "seen in the pane");
    const after = expected(
      before,
      ['"status": "claimed"', '"status": "assigned"'],
      [
        '"assigned_at": "2026-11-24T09:02:34.818369315Z",',
        `"assigned_at": "2026-11-24T09:02:34.818369315Z",\n      "prompt_sent": "${prompt}",`,
      ],
      ['"dispatch_state": "sending"', '"dispatch_state": "sent"'],
      [`\n      "pending_prompt": "${prompt}",`, ""],
      [
        '"2026-11-24T09:02:34.909900687Z"',
        `"2026-11-24T09:02:34.909900687Z",\n      "dispatched_at": "${time}",\n      "dispatch_receipt_id": "seen in the pane"`,
      ],
    );
    assert.equal(text(), after);
    assert.equal(fs.readFileSync(storage.backup(session), "utf8"), after);
  });

  it("that was lost makes it pending with a reason, and changes no other byte", async () => {
    addUnknownField();
    const before = text();
    await (await load()).resolveDispatch(bead, "lost", "a bare shell");
    const after = expected(
      before,
      ['"dispatch_state": "sending"', '"dispatch_state": "pending"'],
      [
        '"2026-11-24T09:02:34.909900687Z"',
        '"2026-11-24T09:02:34.909900687Z",\n      "last_dispatch_error": "a bare shell"',
      ],
    );
    assert.equal(text(), after);
    assert.equal(fs.readFileSync(storage.backup(session), "utf8"), after);
  });

  it("drops an earlier error once the prompt arrived, and has a text of its own for a blank note", async () => {
    changeAsNtm(storage.primary(session), ({ assignments }) => {
      assignments[bead]!["last_dispatch_error"] = "tmux: no such pane";
    });
    const store = await load();
    const arrived = await store.resolveDispatch(bead, "arrived", " ");
    assert.equal(arrived.last_dispatch_error, undefined);
    assert.notEqual(arrived.dispatch_receipt_id?.trim() ?? "", "");
    const lost = await store.resolveDispatch("atlas-rdz", "lost");
    assert.notEqual(lost.last_dispatch_error?.trim() ?? "", "");
  });

  describe("is refused, and the file stays,", () => {
    async function expectRefusal(change: Promise<unknown>, error: new (...args: never[]) => Error): Promise<void> {
      const before = storage.files(session);
      await assert.rejects(change, error);
      assert.deepEqual(storage.files(session), before);
    }

    it("for every row that isn't an atomic one whose prompt is being sent", async () => {
      const sending = { status: "claimed", dispatch_state: "sending", idempotency_key: "key", pending_prompt: "p" };
      const rows: Record<string, [fields: Record<string, unknown>, error: new (...args: never[]) => Error]> = {
        plain: [{ status: "assigned" }, InvalidTransitionError],
        "not atomic": [{ ...sending, idempotency_key: undefined }, AssignmentHeldError],
        pending: [{ ...sending, dispatch_state: "pending" }, AssignmentHeldError],
        sent: [{ ...sending, status: "assigned", dispatch_state: "sent" }, InvalidTransitionError],
        failed: [{ ...sending, status: "failed" }, InvalidTransitionError],
        clearing: [{ ...sending, clear_state: "reservation_releasing" }, AssignmentHeldError],
      };
      const content = emptyLedger(session);
      const placed = { occupancy_key: "%1", dispatch_target: "%1" };
      for (const [id, [fields]] of Object.entries(rows)) content.assignments[id] = row(id, { ...placed, ...fields });
      saveAsNtm(storage.primary(session), content);
      const store = await load();
      for (const [id, [, error]] of Object.entries(rows)) {
        for (const outcome of ["arrived", "lost"] as const)
          await expectRefusal(store.resolveDispatch(id, outcome), error);
      }
      await expectRefusal(store.resolveDispatch("nobody", "lost"), AssignmentNotFoundError);
    });

    it("below schema 9, where no row is atomic", async () => {
      const content = emptyLedger(session, 1);
      content.assignments[bead] = row(bead, { status: "claimed", dispatch_state: "sending", idempotency_key: "key" });
      for (const copy of [storage.primary(session), storage.backup(session)]) {
        fs.writeFileSync(copy, JSON.stringify(content, undefined, 2));
      }
      await expectRefusal((await load()).resolveDispatch(bead, "lost"), InvalidTransitionError);
    });

    const changedBehind: Record<string, Record<string, unknown>> = {
      "another generation": { idempotency_key: "another" },
      "another attempt": { dispatch_attempts: 2 },
      "the same attempt at another time": { dispatch_started_at: "2026-11-24T09:30:00Z" },
      "another pane": { dispatch_target: "%9", occupancy_key: "%9" },
      "a dispatch whose outcome was recorded meanwhile": { dispatch_state: "pending" },
    };
    for (const [title, fields] of Object.entries(changedBehind)) {
      it(`when the row on disk is ${title}`, async () => {
        const store = await load();
        const observed = store.get(bead);
        changeAsNtm(storage.primary(session), ({ assignments }) => Object.assign(assignments[bead]!, fields));
        const isPending = "dispatch_state" in fields;
        await expectRefusal(
          store.resolveDispatch(bead, "arrived"),
          isPending ? AssignmentHeldError : ConcurrentMutationError,
        );
        assert.notEqual(store.get(bead), observed, "the row on disk must be shown");
        const [result] = await store.apply([{ kind: "resolveDispatch", beadId: bead, outcome: "lost", observed }]);
        assert.ok(result?.error !== undefined, "what the user saw counts, not what was loaded since");
      });
    }

    it("when no read saw the row", async () => {
      const store = await load();
      for (const observed of [null, undefined]) {
        const fresh = observed === null ? store : newStore(session, { storageDir: storage.path });
        const before = storage.files(session);
        const [result] = await fresh.apply([{ kind: "resolveDispatch", beadId: bead, outcome: "lost", observed }]);
        assert.ok(result?.error instanceof ConcurrentMutationError);
        assert.deepEqual(storage.files(session), before);
      }
    });

    it("when the outcome isn't one of the two", async () => {
      const store = await load();
      const changes = [{ outcome: "maybe" }, {}, { outcome: "lost", note: 7 }];
      for (const fields of changes) {
        const change = { kind: "resolveDispatch", beadId: bead, ...fields } as unknown as Change;
        await expectRefusal(store.apply([change]), TypeError);
      }
      await expectRefusal(store.resolveDispatch(bead, "both" as DispatchOutcome), TypeError);
    });
  });

  it("goes with other changes in one save", async () => {
    const store = await load();
    const results = await store.apply([
      { kind: "resolveDispatch", beadId: bead, outcome: "arrived" },
      { kind: "markWorking", beadId: bead },
      { kind: "resolveDispatch", beadId: "atlas-rdz", outcome: "lost" },
      { kind: "resolveDispatch", beadId: "atlas-rdz", outcome: "arrived" },
    ]);
    const statuses = results.map((result) => result.error?.name ?? ("row" in result ? result.row?.status : undefined));
    assert.deepEqual(statuses, ["assigned", "working", "claimed", "AssignmentHeldError"]);
    assert.equal(store.generation, 13);
    const locks = fs.readdirSync(path.dirname(store.path)).filter((name) => name.includes(".atomic-bead-"));
    assert.equal(locks.length, 2);
  });
});
