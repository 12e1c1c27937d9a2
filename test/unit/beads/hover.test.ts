import "../../support/editorWords";
import * as assert from "node:assert/strict";
import { hoverMarkdown } from "../../../src/beads/hover";
import { absoluteTime } from "../../../src/beads/spokenTime";
import type { Assignment } from "../../../src/assignment";
import { assignmentFields, type FieldKind } from "../../../src/assignment/assignment";
import { row } from "../../support/foreignSave";
import { LedgerOfRows } from "../../support/ledgerOfRows";

const now = Date.parse("2026-11-22T12:00:00Z");

function hover(fields: Record<string, unknown>): string {
  return hoverMarkdown(row("bd-1", fields) as unknown as Assignment, false, now);
}

/** What a person reads once Markdown has been laid out: entities decoded, cells apart. */
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
  it("tells times both ways, and the reason, retries and size of the prompt", () => {
    const text = read(
      hover({
        status: "failed",
        failed_at: "2026-11-22T11:48:00Z",
        fail_reason: "exit 1",
        retry_count: 3,
        prompt_sent: "Do\nthis",
      }),
    );
    assert.match(text, /\| Failed \| 12 minutes ago, .*2026.* \|/);
    assert.match(text, /\| Reason \| exit 1 \|/);
    assert.match(text, /\| Retries \| 3 \|/);
    assert.match(text, /\| Prompt \| 7 characters in 2 lines \|/);
    assert.match(text, /```text\nDo\nthis\n```$/);
  });

  it("tells every field but hashes, a consumer's token, and flags that the stage tells", () => {
    const untold = new Set(["prompt_sha256", "intent_sha256", "completion_consumer_token"]);
    // The first of these hides the next: what is told is the pane's id, the reason, and the prompt.
    for (const hidden of ["dispatch_target", "failure_reason", "pending_prompt"]) untold.add(hidden);
    const fields = Object.fromEntries(
      Object.entries(assignmentFields).map(([name, kind], index) => [name, sample(kind, index)]),
    );
    const text = read(hoverMarkdown({ ...fields, dispatch_state: "sent" } as unknown as Assignment, false, now));
    for (const [name, kind] of Object.entries(assignmentFields)) {
      if (untold.has(name) || kind === "boolean" || name === "dispatch_state") continue;
      const value = kind === "timestamp" ? absoluteTime(Date.parse(String(fields[name]))) : [fields[name]].flat()[0];
      const shown = name === "dispatch_duration" ? "took" : String(value);
      assert.ok(text.includes(shown), `${name} is told as ${shown}`);
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
  it("tells at which stage ntm is, and where it hangs", async () => {
    const ledger = new LedgerOfRows();
    try {
      const snapshot = await ledger.of("schema9/atomic");
      for (const [beadId, stage] of stages) {
        const one = snapshot.get(beadId);
        assert.ok(one, beadId);
        assert.ok(read(hoverMarkdown(one, false, now)).includes(`| Stage | ${stage} |`), beadId);
      }
    } finally {
      ledger.remove();
    }
  });

  it("tells fields that are not known, too", () => {
    assert.match(read(hover({ from_the_future: { a: [1] } })), /\| from_the_future \| \{"a":\[1\]\} \|/);
  });

  it("has no markup but its own, whatever an agent wrote", () => {
    const attack =
      "[x](command:workbench.action.quit) <img src=x onerror=alert(1)> ![i](https://evil.test/i.png) | a | b |\n" +
      "# h\n\n- l\n**b** `c` $(trash) https://evil.test www.evil.test a@evil.test &lt; \\";
    const markdown = hover({ bead_title: attack, fail_reason: attack, agent_name: attack, status: attack });
    const own = markdown
      .replace(/&#\d+;/g, "")
      .replace(/^\*\*bd1\*\*$|^\|.*\|$/gm, (line) => line.replace(/[|*:-]/g, ""));
    assert.doesNotMatch(own, /[!-/:-@[-`{-~]/, own);
  });

  it("lets no prompt end the block that it stands in", () => {
    const markdown = hover({ prompt_sent: "```\n[x](command:y)\n`````\nrest\u202e" });
    const fence = "``````";
    assert.ok(markdown.endsWith(`${fence}text\n\`\`\`\n[x](command:y)\n\`\`\`\`\`\nrest\u{fffd}\n${fence}`), markdown);
  });

  it("shows the first lines of a long prompt, and where the rest is", () => {
    const markdown = hover({ prompt_sent: Array.from({ length: 99 }, (_, index) => `line ${index}`).join("\n") });
    assert.match(markdown, /line 9\n… \(Show Prompt has the rest\)/);
    assert.doesNotMatch(markdown, /line 10/);
    assert.ok(hover({ prompt_sent: "x".repeat(1_000_000) }).length < 5000);
  });
});
