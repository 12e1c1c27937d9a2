import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { detailsText } from "../../../../src/views/beads/rowDetails";
import { firstAvailable, rowContextValue } from "../../../../src/views/beads/contextValue";
import { reasons } from "../../../../src/messages/reasons";
import { hoverMarkdown } from "../../../../src/views/beads/tooltip";
import { absoluteTime } from "../../../../src/messages/time";
import type { AttentionReason } from "../../../../src/session/attentionReason";
import { type Assignment, assignmentFields, type FieldKind } from "../../../../src/assignment";
import { row } from "../../../support/foreignSave";
import { LedgerOfRows } from "../../../support/ledgerOfRows";

const now = Date.parse("2026-11-22T12:00:00Z");

function hover(fields: Record<string, unknown>, reason?: AttentionReason): string {
  return hoverMarkdown(
    row("bd-1", fields) as unknown as Assignment,
    reason === undefined ? undefined : { reason },
    now,
  );
}

function details(fields: Record<string, unknown>): string {
  return detailsText(row("bd-1", fields) as unknown as Assignment, undefined, now);
}

/** The text of the rendered Markdown: entities decoded, cells separated. */
function read(markdown: string): string {
  return markdown.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

/** A value of the field's kind that no other field has. */
function sample(kind: FieldKind, index: number): unknown {
  switch (kind) {
    case "string":
      return `value${index}`;
    case "integer":
      return 1000 + index;
    case "boolean":
      return true;
    case "timestamp":
      return new Date(now - index * 86_400_000).toISOString();
    case "strings":
      return [`value${index}`];
    case "integers":
      return [1000 + index];
  }
}

describe("the hover of a row", () => {
  it("says what it is, since when, what is wrong, what to do next, and who has it", () => {
    const lines = read(
      hover(
        {
          status: "failed",
          failed_at: "2026-11-22T11:48:00Z",
          fail_reason: "exit 1",
          retry_count: 3,
          occupancy_key: "%3",
          pane: 3,
          agent_type: "cod",
          agent_name: "GreenCastle",
        },
        "failed",
      ),
    ).split("\n\n");
    assert.equal(lines[0], "**bd-1** Title of bd-1");
    assert.match(lines[1] ?? "", /^Failed 12 minutes ago \(.*2026/);
    assert.deepEqual(lines.slice(2, 5), [
      "Reason: exit 1",
      "Next: Retry it or remove it.",
      "Pane 3 (%3) · Codex CLI · GreenCastle",
    ]);
    assert.match(lines[5] ?? "", /^Retries: 3/);
  });

  it("has at most four facts more, however much ntm knows of a row", async () => {
    const ledger = new LedgerOfRows();
    try {
      for (const one of (await ledger.of("schema9/atomic")).rows) {
        const text = hoverMarkdown(one, { reason: "stuck" }, now);
        const facts = text.split("\n\n").at(-2) ?? "";
        assert.ok(facts.split("\n").length <= 4, text);
        assert.ok(text.split("\n").filter((line) => line !== "").length <= 11, text);
      }
    } finally {
      ledger.remove();
    }
  });

  const stages: readonly [row: string, stage: string][] = [
    ["at-intent", "claim (under way) → reserve files → send prompt → work"],
    ["at-claiming", "claim (under way) → reserve files → send prompt → work"],
    ["at-claim-unknown", "claim (hangs here) → reserve files → send prompt → work"],
    ["at-claim-conflict", "claim (hangs here) → reserve files → send prompt → work"],
    ["at-claimed", "claim ✓ → reserve files (under way) → send prompt → work"],
    ["at-reserving", "claim ✓ → reserve files (under way) → send prompt → work"],
    ["at-reservation-failed", "claim ✓ → reserve files (hangs here) → send prompt → work"],
    ["at-reserved", "claim ✓ → reserve files ✓ → send prompt (under way) → work"],
    ["at-sending", "claim ✓ → reserve files ✓ → send prompt (under way) → work"],
    ["at-dispatch-failed", "claim ✓ → reserve files ✓ → send prompt (hangs here) → work"],
    ["at-sent", "claim ✓ → reserve files ✓ → send prompt ✓ → work (under way)"],
    ["at-working", "claim ✓ → reserve files ✓ → send prompt ✓ → work (under way)"],
  ];
  it("says at which stage ntm is, and where it hangs", async () => {
    const ledger = new LedgerOfRows();
    try {
      const snapshot = await ledger.of("schema9/atomic");
      for (const [beadId, stage] of stages) {
        const one = snapshot.get(beadId);
        assert.ok(one, beadId);
        assert.ok(read(hoverMarkdown(one, undefined, now)).includes(`Stage: ${stage}`), beadId);
      }
    } finally {
      ledger.remove();
    }
  });

  it("has a link to the command that helps, where the row has it", () => {
    const failed = row("bd-1", { status: "failed" }) as unknown as Assignment;
    const links = (markdown: string): string[] =>
      Array.from(markdown.matchAll(/\]\(command:ntmAssignments\.(\w+)\?/g), ([, name]) => name ?? "");
    assert.deepEqual(links(hoverMarkdown(failed, { reason: "failed" }, now, {}, "retry")), ["retry", "showDetails"]);
    assert.deepEqual(links(hoverMarkdown(failed, { reason: "failed" }, now, {})), ["showDetails"]);
    const context = rowContextValue(failed, 1, true, { reason: "failed" });
    assert.equal(firstAvailable(context, [reasons.failed.command, "copyNtmCommand"]), "retry");
    const readOnly = rowContextValue(failed, 1, false, { reason: "failed" });
    assert.equal(firstAvailable(readOnly, [reasons.failed.command, "copyNtmCommand"]), undefined);
    const sending = row("bd-2", { status: "claimed", idempotency_key: "k" }) as unknown as Assignment;
    assert.equal(firstAvailable(rowContextValue(sending, 9, true), ["retry", "copyNtmCommand"]), "retry");
  });

  it("has one link, to all details, and no other markup, with any text of an agent", () => {
    const attack =
      "[x](command:workbench.action.quit) <img src=x onerror=alert(1)> ![i](https://evil.test/i.png) | a | b |\n" +
      "# h\n\n- l\n**b** `c` $(trash) https://evil.test www.evil.test a@evil.test &lt; \\";
    const markdown = hoverMarkdown(
      row(attack, {
        bead_title: attack,
        fail_reason: attack,
        agent_name: attack,
        status: attack,
        retry_count: 1,
      }) as unknown as Assignment,
      { reason: "failed" },
      now,
    );
    const link = /\[Show Details\]\(command:ntmAssignments\.showDetails\?([^()\s]*)\)$/.exec(markdown);
    assert.deepEqual(JSON.parse(decodeURIComponent(link?.[1] ?? "")), [
      { kind: "row", id: `row:${attack}`, beadId: attack },
    ]);
    const own = markdown
      .slice(0, link?.index)
      .replace(/&#\d+;/g, "")
      .replace(/^\*\*(.*)\*\*/, "$1")
      .replace(/^([A-Z][a-z ]*):/gm, "$1")
      .replace(/·|\((%\d+)\)/g, "");
    assert.doesNotMatch(own.replace(/[,]/g, ""), /[!-/:-@[-`{-~]/, own);
  });

  it("stays short, however long the texts are", () => {
    const long = "x".repeat(1_000_000);
    assert.ok(
      hover({ bead_title: long, fail_reason: long, prompt_sent: long, agent_name: long }, "failed").length < 5000,
    );
  });
});

describe("the details of a row", () => {
  it("have times both ways, the reason, and the whole prompt", () => {
    const text = details({
      status: "failed",
      failed_at: "2026-11-22T11:48:00Z",
      fail_reason: "exit 1",
      prompt_sent: "Do\nthis",
    });
    assert.match(text, /^bd-1 Title of bd-1\n/);
    assert.match(text, /^Failed: +12 minutes ago, .*2026/m);
    assert.match(text, /^Reason: +exit 1$/m);
    assert.match(text, /^Prompt: +7 characters in 2 lines$/m);
    assert.ok(text.endsWith("\n\nPrompt:\n\nDo\nthis"), text);
  });

  it("have every field but hashes, a consumer's token, and flags that the stage says", () => {
    const omitted = new Set(["prompt_sha256", "intent_sha256", "completion_consumer_token"]);
    // Another field with the same meaning is shown instead: the pane's id, the reason, and the prompt.
    for (const hidden of ["dispatch_target", "failure_reason", "pending_prompt"]) omitted.add(hidden);
    const fields = Object.fromEntries(
      Object.entries(assignmentFields).map(([name, kind], index) => [name, sample(kind, index)]),
    );
    const text = detailsText({ ...fields, dispatch_state: "sent" } as unknown as Assignment, undefined, now);
    for (const [name, kind] of Object.entries(assignmentFields)) {
      if (omitted.has(name) || kind === "boolean" || name === "dispatch_state") continue;
      const value = kind === "timestamp" ? absoluteTime(Date.parse(String(fields[name]))) : [fields[name]].flat()[0];
      const shown = name === "dispatch_duration" ? "took" : String(value);
      assert.ok(text.includes(shown), `${name} is shown as ${shown}`);
    }
  });

  it("have fields that are not known, too", () => {
    assert.match(details({ from_the_future: { a: [1] } }), /^from_the_future: +\{"a":\[1\]\}$/m);
  });
});
