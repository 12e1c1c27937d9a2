import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import type { Assignment } from "../../../src/assignment";
import { trackedBead, decodeIssue } from "../../../src/tracker/issue";
import { driftOf } from "../../../src/tracker/drift";
import { IssuesFile, type IssuesState } from "../../../src/tracker/issuesFile";
import { projectRoot } from "../../support/project";

const before = "2026-11-24T09:00:00.000000001Z";
const assigned = "2026-11-24T09:10:00Z";
const claimed = "2026-11-24T09:10:00.12245995Z";
const after = "2026-11-24T09:20:00.5Z";

const plain = {
  bead_id: "bd-1",
  bead_title: "Title",
  pane: 1,
  agent_type: "claude",
  status: "working",
  assigned_at: assigned,
} as Assignment;
const atomic: Assignment = {
  ...plain,
  idempotency_key: "key",
  claim_actor: "pane-1/ntm-key",
  claim_state: "claimed",
  claimed_at: claimed,
};

function tracker(...issues: readonly object[]): IssuesState {
  const decoded = issues.map((issue) => {
    const value = decodeIssue(issue);
    assert.ok(value !== undefined);
    return value;
  });
  return { kind: "read", issues: new Map(decoded.map((issue) => [issue.id, issue])), badLines: 0, isTorn: false };
}
const drift = (row: Assignment, issue: object) => driftOf(row, tracker({ id: "bd-1", ...issue }));
const kind = (row: Assignment, issue: object): string => drift(row, issue).kind;

describe("Drift", () => {
  it("is none where the tracker has the claim as ntm made it", () => {
    assert.equal(kind(atomic, { status: "in_progress", assignee: "pane-1/ntm-key", updated_at: claimed }), "none");
    assert.equal(kind(atomic, { status: "in_progress", assignee: "pane-1/ntm-key", updated_at: after }), "none");
    assert.equal(kind(atomic, { status: "blocked", assignee: "pane-1/ntm-key", updated_at: after }), "none");
  });

  it("is a bead that was closed in the tracker after the row was assigned", () => {
    const issue = { status: "closed", closed_at: after, close_reason: "done", updated_at: after };
    const expected = { kind: "closed-in-tracker", closedAt: after, reason: "done" };
    for (const row of [plain, atomic, { ...atomic, status: "claimed" } as const]) {
      assert.deepEqual(drift(row, issue), expected);
    }
    assert.deepEqual(drift(plain, { status: "closed", updated_at: after }), { ...expected, reason: undefined });
    assert.deepEqual(drift(plain, { status: "tombstone", updated_at: after }), {
      kind: "deleted-in-tracker",
      deletedAt: after,
    });
  });

  it("isn't claimed of a closing that the row's claim came after: the lines lag behind", () => {
    for (const time of [before, assigned, claimed]) {
      assert.equal(kind(atomic, { status: "closed", closed_at: time, updated_at: time }), "unknown", time);
    }
    assert.equal(kind(plain, { status: "closed", closed_at: before, updated_at: after }), "unknown");
    assert.equal(kind(plain, { status: "closed" }), "unknown");
    assert.equal(
      kind({ ...plain, assigned_at: "0001-01-01T00:00:00Z" }, { status: "closed", closed_at: after }),
      "unknown",
    );
  });

  it("is a claim that was released, or that another agent has now", () => {
    const lost = { kind: "claim-lost", changedAt: after };
    assert.deepEqual(drift(atomic, { status: "open", updated_at: after }), {
      ...lost,
      status: "open",
      holder: undefined,
    });
    assert.deepEqual(drift(atomic, { status: "open", assignee: "pane-1/ntm-key", updated_at: after }), {
      ...lost,
      status: "open",
      holder: undefined,
    });
    assert.deepEqual(drift(atomic, { status: "in_progress", assignee: "me", updated_at: after }), {
      ...lost,
      status: "in_progress",
      holder: "me",
    });
  });

  it("isn't a claim that the lines can't know of yet", () => {
    for (const updated_at of [before, assigned, claimed, "no time", undefined]) {
      assert.equal(kind(atomic, { status: "open", updated_at }), "unknown", updated_at);
    }
    assert.equal(kind({ ...atomic, claimed_at: "" }, { status: "open", updated_at: after }), "unknown");
  });

  it("isn't a lost claim where none was made", () => {
    const open = { status: "open", updated_at: after };
    for (const row of [
      plain,
      { ...atomic, claim_actor: "" },
      { ...atomic, status: "claiming", claim_state: "claiming" } as const,
      { ...atomic, claim_state: "unknown" },
    ]) {
      assert.equal(kind(row, open), "none", JSON.stringify(row));
    }
  });

  it("is nothing for a row that isn't in flight, or that ntm is finishing", () => {
    const closed = { status: "closed", closed_at: after };
    for (const status of ["completed", "failed", "reassigned"] as const) {
      assert.equal(kind({ ...atomic, status }, closed), "none", status);
    }
    assert.equal(kind({ ...atomic, clear_state: "reservation_releasing" }, closed), "none");
  });

  it("is unknown without the bead, without its status, and without the file", () => {
    assert.equal(driftOf(atomic, tracker({ id: "other", status: "open" })).kind, "unknown");
    assert.equal(kind(atomic, { updated_at: after }), "unknown");
    assert.equal(driftOf(atomic, undefined).kind, "unknown");
    assert.equal(driftOf(atomic, { kind: "absent" }).kind, "unknown");
  });

  it("is never found in lines from before the row's claim", () => {
    const time = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date("2026-11-24T09:10:00Z") });
    const issue = fc.record({
      status: fc.constantFrom("open", "in_progress", "closed", "tombstone", "blocked", "later", ""),
      assignee: fc.constantFrom(undefined, "", "me", "pane-1/ntm-key"),
      updated_at: time.map((date) => date.toISOString()),
    });
    const status = fc.constantFrom("claiming", "claimed", "assigned", "working", "failed", "completed");
    fc.assert(
      fc.property(issue, status, fc.boolean(), (fields, status, isAtomic) => {
        const row = { ...(isAtomic ? atomic : plain), status } as Assignment;
        const closed_at = fields.status === "closed" ? fields.updated_at : undefined;
        assert.match(kind(row, { ...fields, closed_at }), /^(none|unknown)$/);
      }),
    );
  });

  it("is found in the recorded swarm: a claim of another row, and one without drift", async () => {
    const state = await new IssuesFile(path.join(projectRoot, "test/fixtures/br/issues.jsonl")).read();
    const text = fs.readFileSync(path.join(projectRoot, "test/fixtures/br/assignments.json"), "utf8");
    const rows = (JSON.parse(text) as { assignments: Record<string, Assignment> }).assignments;
    assert.deepEqual(
      Object.values(rows).map((row) => [row.bead_id, driftOf(row, state).kind]),
      [
        ["atlas-5ly", "claim-lost"],
        ["atlas-b5f", "none"],
        ["atlas-rdz", "claim-lost"],
      ],
    );
  });
});

describe("What the tracker knows of a bead", () => {
  const facts = (...issues: readonly object[]) => trackedBead("bd-1", tracker(...issues));

  it("is its status, priority, labels and kind", () => {
    const fields = { status: "open", priority: 0, labels: ["ui"], issue_type: "bug", assignee: "me", title: "T" };
    assert.deepEqual(facts({ id: "bd-1", ...fields }), {
      title: "T",
      status: "open",
      priority: 0,
      labels: ["ui"],
      issueType: "bug",
      assignee: "me",
      waitsFor: [],
    });
  });

  it("is what it waits for: open beads that block it, each once", () => {
    const on = (depends_on_id: string, type = "blocks") => ({ depends_on_id, type });
    const dependencies = [
      on("open"),
      on("open", "waits-for"),
      on("closed"),
      on("deleted"),
      on("unheard-of"),
      on("parent", "parent-child"),
      on("related", "related"),
      on("taken"),
    ];
    const known = facts(
      { id: "bd-1", status: "open", dependencies },
      { id: "open", status: "open" },
      { id: "closed", status: "closed" },
      { id: "deleted", status: "tombstone" },
      { id: "parent", status: "open" },
      { id: "related", status: "open" },
      { id: "taken", status: "in_progress" },
    );
    assert.deepEqual(
      known?.waitsFor.map(({ id }) => id),
      ["open", "taken"],
    );
  });

  it("is that a closed one waits for nothing", () => {
    const dependencies = [{ depends_on_id: "open", type: "blocks" }];
    const known = facts({ id: "bd-1", status: "closed", dependencies }, { id: "open", status: "open" });
    assert.deepEqual(known?.waitsFor, []);
  });

  it("is nothing when it isn't there", () => {
    assert.equal(facts({ id: "other" }), undefined);
    assert.equal(trackedBead("bd-1", { kind: "folder" }), undefined);
  });
});
