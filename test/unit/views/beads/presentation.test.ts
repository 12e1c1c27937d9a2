import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { groupPresentation } from "../../../../src/views/beads/groupItem";
import { rowPresentation, type PresentationContext } from "../../../../src/views/beads/rowItem";
import type { Assignment } from "../../../../src/assignment";
import type { AttentionReason, Problem } from "../../../../src/session/attentionReason";
import type { TreeItemPresentation } from "../../../../src/views/tree/treeItem";
import { row } from "../../../support/foreignSave";

const now = Date.parse("2026-11-22T12:00:00Z");

function context(reason?: AttentionReason): PresentationContext {
  return {
    schema: 9,
    isWritable: true,
    problemOf: () => (reason === undefined ? undefined : { reason }),
    namesPane: false,
    now,
  };
}

function presentation(fields: Record<string, unknown>, reason?: AttentionReason): TreeItemPresentation {
  return rowPresentation(row("bd-1", fields) as unknown as Assignment, context(reason));
}

describe("the line of a row", () => {
  it("says how long, retries and title, in this order", () => {
    const { label, description } = presentation({
      status: "working",
      started_at: "2026-11-22T11:48:00Z",
      retry_count: 2,
    });
    assert.deepEqual([label, description], ["bd-1", "12m · retry 2 · Title of bd-1"]);
  });

  it("says why a row failed, in whichever field that is", () => {
    const failed = { status: "failed", failed_at: "2026-11-22T11:00:00Z" };
    for (const field of ["fail_reason", "failure_reason", "claim_error", "reservation_error", "last_dispatch_error"]) {
      assert.equal(presentation({ ...failed, [field]: "exit 1" }).description, "1h · exit 1 · Title of bd-1", field);
    }
    assert.equal(
      presentation({ ...failed, fail_reason: "this", claim_error: "not this" }).description,
      "1h · this · Title of bd-1",
    );
  });

  const locked: readonly [fields: Record<string, unknown>, expected: RegExp][] = [
    [
      {
        status: "working",
        started_at: "2026-11-22T10:00:00Z",
        reserved_paths: ["a", "b"],
        reservation_expires_at: "2026-11-22T14:05:00Z",
      },
      /^2h · leased until \d\d:\d5 · Title of bd-1$/,
    ],
    [
      {
        status: "claimed",
        dispatch_state: "sending",
        dispatch_started_at: "2026-11-22T11:46:00Z",
        dispatch_attempts: 1,
      },
      /^sending 14m · Title of bd-1$/,
    ],
    [
      { status: "claiming", claim_started_at: "2026-11-22T11:57:00Z", claim_attempts: 2, claim_error: "br timed out" },
      /^claiming 3m · br timed out · Title of bd-1$/,
    ],
    [{ status: "working", clear_state: "reservation_releasing" }, /^clearing · Title of bd-1$/],
    [
      { status: "completed", completed_at: "2026-11-22T11:59:00Z", pending_completion_event_id: "e" },
      /^1m · outcome not picked up · Title of bd-1$/,
    ],
  ];
  for (const [fields, expected] of locked) {
    it(`has a lock and its reason: ${expected.source}`, () => {
      const { icon, description, accessibilityLabel } = presentation({ idempotency_key: "k", ...fields });
      assert.match(description, expected);
      // Files are reserved for as long as the agent works.
      assert.equal(icon, "reserved_paths" in fields ? "play-circle" : "lock");
      assert.match(accessibilityLabel, /, locked, /);
    });
  }

  it("has a warning in place of the lock once ntm hangs", () => {
    const hanging = { status: "claiming", idempotency_key: "k", claim_error: "connection refused" };
    assert.deepEqual(
      [presentation(hanging).icon, presentation(hanging, "held").icon, presentation(hanging, "stranded").icon],
      ["lock", "warning", "warning"],
    );
  });

  it("marks a stuck row with text, not by color alone", () => {
    const { description, accessibilityLabel, icon } = presentation({}, "stuck");
    assert.deepEqual([description, icon], ["2h stuck · Title of bd-1", "warning"]);
    assert.match(accessibilityLabel, /, stuck, /);
  });

  it("has an accessibility label without abbreviations", () => {
    assert.equal(
      presentation({
        status: "working",
        started_at: "2026-11-22T11:48:00Z",
        retry_count: 1,
        agent_type: "cod",
        agent_name: "GreenCastle",
        pane: 3,
      }).accessibilityLabel,
      "bd-1, Title of bd-1, working for 12 minutes, retried once, pane 3, Codex CLI, GreenCastle",
    );
    assert.match(
      presentation({ status: "failed", failed_at: "2026-11-21T11:48:00Z" }).accessibilityLabel,
      /failed yesterday/,
    );
  });

  it("has no age where the ledger knows no time", () => {
    assert.equal(presentation({ assigned_at: "0001-01-01T00:00:00Z" }).description, "Title of bd-1");
  });

  it("has no age where the time is ahead of this clock by more than clocks differ", () => {
    assert.equal(presentation({ assigned_at: "2026-11-22T12:00:30Z" }).description, "<1m · Title of bd-1");
    const { description, accessibilityLabel } = presentation({ assigned_at: "2026-11-22T13:00:00Z" });
    assert.equal(description, "Title of bd-1");
    assert.match(accessibilityLabel, /, assigned, pane/);
  });

  it("has no age after a retry, for the ledger keeps the time of the first assignment alone", () => {
    assert.equal(presentation({ retry_count: 1 }).description, "retry 1 · Title of bd-1");
  });

  it("has the age of a time that Go takes, and Date.parse doesn't", () => {
    assert.equal(presentation({ assigned_at: "2026-11-22T11:00:00,5Z" }).description, "59m · Title of bd-1");
  });

  it("shows a count beyond the exact numbers as such", () => {
    assert.match(presentation({ retry_count: 2 ** 60 }).description, /^retry >9007199254740991 · /);
  });

  it("is one line without control characters, with any text of an agent", () => {
    const { label, description, accessibilityLabel, contextValue } = presentation({
      bead_title: "two\nlines \u202egnp.exe \u001b[31mred\u0007",
      status: "failed",
      fail_reason: "a\u2028b\u200b",
    });
    assert.equal(label, "bd-1");
    assert.ok(description.endsWith("a b · two lines gnp.exe  [31mred"), description);
    for (const text of [label, description, accessibilityLabel])
      assert.doesNotMatch(text, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.match(contextValue, /^assignment\+failed\b/);
  });

  it("never lets a status into the flags that menus match", () => {
    const { contextValue, icon, description } = presentation({
      status: "x+can-remove+can-complete",
      idempotency_key: "k",
    });
    assert.doesNotMatch(contextValue, /can-complete/);
    assert.match(contextValue, /^assignment\+unknown-status/);
    assert.equal(icon, "question");
    assert.match(description, /^x\+can-remove/);
  });
});

describe("the line of a pane", () => {
  const rows = (...fields: Record<string, unknown>[]): readonly Assignment[] =>
    fields.map((one, index) => row(`bd-${index + 1}`, one) as unknown as Assignment);

  function pane(
    isExpanded: boolean,
    all: readonly Assignment[],
    reasonOf: (row: Assignment) => AttentionReason | undefined = () => undefined,
  ) {
    const group = {
      node: { kind: "pane", id: "pane:%3", identity: "%3" } as const,
      pane: {
        identity: "%3",
        paneId: "%3",
        index: 3,
        isAmbiguous: false,
        agentType: "cod",
        agentName: "GreenCastle",
        rows: all,
      },
      rows: all,
    };
    return groupPresentation(group, isExpanded, {
      ...context(),
      problemOf: (one): Problem | undefined => {
        const reason = reasonOf(one);
        return reason === undefined ? undefined : { reason };
      },
    });
  }

  const working = { status: "working", started_at: "2026-11-22T11:48:00Z" };

  it("says what its only agent is doing while it is collapsed, with the icon of that row", () => {
    const { label, description, icon, accessibilityLabel } = pane(false, rows(working));
    assert.deepEqual([label, description, icon], ["Pane 3 · codex", "bd-1 · 12m · Title of bd-1", "play-circle"]);
    assert.match(accessibilityLabel, /^Pane 3, codex, bd-1, Title of bd-1, working for 12 minutes/);
  });

  it("counts several rows, with the icon of the worst of them", () => {
    const all = rows(working, { status: "failed", failed_at: "2026-11-22T11:00:00Z" }, working);
    const collapsed = pane(false, all, (one) => (one.status === "failed" ? "failed" : undefined));
    assert.deepEqual([collapsed.description, collapsed.icon], ["1 failed · 2 working · GreenCastle", "error"]);
    const stuck = pane(false, rows(working, working), (one) => (one.bead_id === "bd-2" ? "stuck" : undefined));
    assert.equal(stuck.icon, "warning");
  });

  it("counts before it names the agent while it is expanded, with the agent's icon", () => {
    const { description, icon } = pane(true, rows(working));
    assert.deepEqual([description, icon], ["1 working · GreenCastle", "agent/codex"]);
  });

  it("names its agent when nothing is in flight", () => {
    const finished = rows({ status: "completed", completed_at: "2026-11-22T11:00:00Z" });
    assert.deepEqual([pane(false, finished).description, pane(false, finished).icon], ["GreenCastle", "agent/codex"]);
  });
});
