// The answers to agents for errors that only other processes or the machine can cause.
import * as assert from "node:assert/strict";
import { storeRefusal } from "../../../../src/mcp/tools/refusals";
import {
  AssignmentNotFoundError,
  ConcurrentMutationError,
  LockTimeoutError,
  LockUnavailableError,
  newStore,
  PersistenceError,
  type Assignment,
} from "../../../../src/assignment";
import { row } from "../../../support/foreignSave";

describe("a refusal of the store", () => {
  const store = newStore("atlas");
  const bead = row("bd-1") as unknown as Assignment;
  const file = "/ledgers/atlas/assignments.json";

  for (const [title, error, code, text] of [
    [
      "another process changed the row",
      new ConcurrentMutationError("bd-1", "update superseded generation"),
      "changed-meanwhile",
      /^Another process has just changed or removed "bd-1"\. Nothing was changed\. Ask for my_bead again/,
    ],
    ["the row is gone", new AssignmentNotFoundError("bd-1"), "changed-meanwhile", /changed or removed "bd-1"/],
    [
      "another program keeps the lock",
      new PersistenceError("lock for save", `${file}.lock`, new LockTimeoutError(10_000, undefined)),
      "ledger-trouble",
      /keeps the ledger locked\. Nothing was changed\. Try again\.$/,
    ],
    [
      "there is no native lock for this machine",
      new PersistenceError("lock for save", `${file}.lock`, new LockUnavailableError("no koffi")),
      "ledger-trouble",
      /can't be locked on this machine.*set with ntm/,
    ],
    [
      "the disk is full",
      new PersistenceError("save", file, new Error("ENOSPC: no space\nleft")),
      "ledger-trouble",
      /^The ledger was not changed: "\[ASSIGN\] save failed .*ENOSPC: no space left"\./,
    ],
  ] as const) {
    it(`says that ${title}`, () => {
      const { isError, facts, text: said } = storeRefusal(error, store, bead);
      assert.deepEqual([isError, facts["refused"]], [true, code]);
      assert.match(said, text);
    });
  }

  it("is none for an internal error, which isn't the ledger's", () => {
    assert.throws(() => storeRefusal(new TypeError("oops"), store, bead), /oops/);
  });
});
