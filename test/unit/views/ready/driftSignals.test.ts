// Drift as signals for attention: which rows have one, and that nothing changes that needn't.
import * as assert from "node:assert/strict";
import type { Assignment } from "../../../../src/assignment";
import { driftSignals } from "../../../../src/views/ready/driftSignals";
import { noSignals, type Signals } from "../../../../src/session/attentionReason";
import { decodeIssue, type Issue } from "../../../../src/tracker/issue";
import type { IssuesState } from "../../../../src/tracker/issuesFile";
import { row } from "../../../support/foreignSave";

const assignedAt = "2026-03-01T12:00:00Z";
const closedAt = "2026-03-01T13:00:00Z";

function working(beadId: string, fields: Record<string, unknown> = {}): Assignment {
  return row(beadId, { status: "working", assigned_at: assignedAt, ...fields }) as unknown as Assignment;
}

function tracker(...issues: readonly Record<string, unknown>[]): IssuesState {
  const decoded = issues.map((issue) => decodeIssue(issue)).filter((issue) => issue !== undefined);
  return {
    kind: "read",
    issues: new Map(decoded.map((issue): [string, Issue] => [issue.id, issue])),
    badLines: 0,
    isTorn: false,
  };
}

const driftOf = (rows: readonly Assignment[], issues: IssuesState | undefined, before: Signals = noSignals): Signals =>
  driftSignals(rows, issues, before);

describe("The signals of drift", () => {
  const closed = { id: "bd-1", status: "closed", closed_at: closedAt, close_reason: "done elsewhere" };

  it("show that a bead in flight was closed, when and why", () => {
    const signals = driftOf([working("bd-1"), working("bd-2")], tracker(closed));
    const expected = { reason: "closed-in-tracker", since: Date.parse(closedAt), text: "done elsewhere" };
    assert.deepEqual([...signals], [["bd-1", [expected]]]);
  });

  it("call a deleted bead deleted, not closed", () => {
    const deleted = { id: "bd-1", status: "tombstone", updated_at: closedAt };
    const signals = driftOf([working("bd-1")], tracker(deleted));
    assert.deepEqual([...signals], [["bd-1", [{ reason: "deleted-in-tracker", since: Date.parse(closedAt) }]]]);
  });

  it("name the one who has the claim now", () => {
    const claim = { idempotency_key: "k", claim_state: "claimed", claim_actor: "me", claimed_at: assignedAt };
    const taken = { id: "bd-1", status: "in_progress", assignee: "them", updated_at: closedAt };
    const [signal] = driftOf([working("bd-1", claim)], tracker(taken)).get("bd-1") ?? [];
    assert.deepEqual(signal, { reason: "claim-lost", since: Date.parse(closedAt), text: "them" });
  });

  it("are none while the tracker isn't known", () => {
    assert.equal(driftOf([working("bd-1")], undefined).size, 0);
    assert.equal(driftOf([working("bd-1")], { kind: "absent" }).size, 0);
  });

  it("stay the same map, and the same lists, until a row's drift changes", () => {
    const [one, two] = [working("bd-1"), working("bd-2")];
    const first = driftOf([one, two], tracker(closed));
    assert.equal(driftOf([one, working("bd-2")], tracker(closed), first), first, "another row, the tracker read again");
    const second = driftOf([one, two], tracker(closed, { ...closed, id: "bd-2" }), first);
    assert.notEqual(second, first);
    assert.equal(second.get("bd-1"), first.get("bd-1"));
  });

  it("end with the row, or with what was wrong", () => {
    const issues = tracker(closed, { ...closed, id: "bd-2" });
    const before = driftOf([working("bd-1"), working("bd-2")], issues);
    const completed = row("bd-1", { status: "completed" }) as unknown as Assignment;
    const after = driftOf([completed, working("bd-2")], issues, before);
    assert.deepEqual([...after.keys()], ["bd-2"]);
    assert.deepEqual([...driftOf([completed], issues, after).keys()], []);
    assert.deepEqual([...driftOf([working("bd-1")], tracker({ ...closed, status: "open" }), before).keys()], []);
  });
});
