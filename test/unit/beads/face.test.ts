import "../../support/editorWords";
import * as assert from "node:assert/strict";
import { rowFace, type Moment } from "../../../src/beads/face";
import type { Assignment } from "../../../src/assignment";
import type { Face } from "../../../src/tree/face";
import { row } from "../../support/foreignSave";

const now = Date.parse("2026-11-22T12:00:00Z");

function face(fields: Record<string, unknown>, isStuck: Moment["isStuck"] = () => false): Face {
  return rowFace(row("bd-1", fields) as unknown as Assignment, { schema: 9, isWritable: true, isStuck, now });
}

describe("the line of a row", () => {
  it("says status, age and retries", () => {
    const { label, description } = face({ status: "working", started_at: "2026-11-22T11:48:00Z", retry_count: 2 });
    assert.deepEqual([label, description], ["bd-1 Title of bd-1", "working · 12m · retry 2"]);
  });

  it("says why a row failed, in whichever field that is", () => {
    const failed = { status: "failed", failed_at: "2026-11-22T11:00:00Z" };
    for (const field of ["fail_reason", "failure_reason", "claim_error", "reservation_error", "last_dispatch_error"]) {
      assert.equal(face({ ...failed, [field]: "exit 1" }).description, "failed · 1h · exit 1", field);
    }
    assert.equal(face({ ...failed, fail_reason: "this", claim_error: "not this" }).description, "failed · 1h · this");
  });

  const locked: readonly [fields: Record<string, unknown>, expected: RegExp][] = [
    [
      { status: "working", reserved_paths: ["a", "b"], reservation_expires_at: "2026-11-22T14:05:00Z" },
      /^working · 2h · leased: 2 files until \d\d:\d5$/,
    ],
    [
      {
        status: "claimed",
        dispatch_state: "sending",
        dispatch_started_at: "2026-11-22T11:46:00Z",
        dispatch_attempts: 1,
      },
      /^claimed · sending for 14m, attempt 1$/,
    ],
    [
      { status: "claiming", claim_started_at: "2026-11-22T11:57:00Z", claim_attempts: 2, claim_error: "br timed out" },
      /^claiming for 3m, attempt 2 · br timed out$/,
    ],
    [{ status: "working", clear_state: "reservation_releasing" }, /^working · 2h · being cleared$/],
    [
      { status: "completed", completed_at: "2026-11-22T11:59:00Z", pending_completion_event_id: "e" },
      /^completed · 1m · outcome not yet picked up$/,
    ],
  ];
  for (const [fields, expected] of locked) {
    it(`has a lock and its reason: ${expected.source}`, () => {
      const { icon, description, spoken } = face({ idempotency_key: "k", ...fields });
      assert.match(description, expected);
      assert.equal(icon, "lock");
      assert.match(spoken, /, locked, /);
    });
  }

  it("marks a stuck row in words, not by colour alone", () => {
    const stuck = row("bd-1") as unknown as Assignment;
    const moment: Moment = { schema: 9, isWritable: true, isStuck: (one) => one === stuck, now };
    const { description, spoken, icon } = rowFace(stuck, moment);
    assert.deepEqual([description, icon], ["assigned · 2h · stuck", "warning"]);
    assert.match(spoken, /, stuck, /);
  });

  it("is spoken in full words", () => {
    assert.equal(
      face({
        status: "working",
        started_at: "2026-11-22T11:48:00Z",
        retry_count: 1,
        agent_type: "cod",
        agent_name: "GreenCastle",
        pane: 3,
      }).spoken,
      "bd-1, Title of bd-1, working for 12 minutes, retried once, pane 3, Codex CLI, GreenCastle",
    );
    assert.match(face({ status: "failed", failed_at: "2026-11-21T11:48:00Z" }).spoken, /failed yesterday/);
  });

  it("has no age where the ledger knows no time", () => {
    assert.equal(face({ assigned_at: "0001-01-01T00:00:00Z" }).description, "assigned");
    assert.equal(face({ assigned_at: "2026-11-22T13:00:00Z" }).description, "assigned · <1m");
  });

  it("is one harmless line, whatever an agent wrote", () => {
    const { label, description, spoken, contextValue } = face({
      bead_title: "two\nlines \u202egnp.exe \u001b[31mred\u0007",
      status: "failed",
      fail_reason: "a\u2028b\u200b",
    });
    assert.equal(label, "bd-1 two lines  gnp.exe  [31mred");
    for (const text of [label, description, spoken]) assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.match(contextValue, /^assignment\+failed\b/);
  });

  it("never lets a status into the flags that menus match", () => {
    const { contextValue, icon, description } = face({ status: "x+can-remove+can-complete", idempotency_key: "k" });
    assert.doesNotMatch(contextValue, /can-complete/);
    assert.match(contextValue, /^assignment\+unknown-status/);
    assert.equal(icon, "question");
    assert.match(description, /^x\+can-remove/);
  });
});
