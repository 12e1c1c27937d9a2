// What a ready bead looks like in the list and in its hover.
import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { readyHover, readyPresentation } from "../../../../src/views/ready/provider";
import { decodeReady, type ReadyBead } from "../../../../src/tracker/ready";

function ready(bead: Record<string, unknown>): ReadyBead {
  const state = decodeReady(JSON.stringify([bead]));
  assert.ok(state.kind === "ready");
  const [first] = state.beads;
  assert.ok(first !== undefined);
  return first;
}

describe("A ready bead", () => {
  it("shows its priority and ID first, then title and labels", () => {
    const { label, description, accessibilityLabel } = readyPresentation(
      ready({ id: "bd-1", priority: 0, title: "Fix the parser", labels: ["api", "urgent"] }),
    );
    assert.deepEqual([label, description], ["P0 bd-1", "Fix the parser · api · urgent"]);
    assert.equal(accessibilityLabel, "bd-1, priority 0, Fix the parser, api, urgent");
  });

  it("shows no priority and no title that it doesn't have", () => {
    const { label, description } = readyPresentation(ready({ id: "bd-1" }));
    assert.deepEqual([label, description], ["bd-1", ""]);
  });

  it("says everything in its hover, and renders nothing that a description contains", () => {
    const text = readyHover(
      ready({
        id: "bd-1",
        priority: 2,
        title: "A [link](command:evil)",
        labels: ["api"],
        issue_type: "bug",
        description: "<img src=x> **bold** [run](command:workbench.action.quit)\u202e",
      }),
    );
    assert.ok(!/\]\(|<|\*\*bold|\u202e/.test(text.replace("**bd&#45;1**", "")), text);
    for (const fact of ["Priority&#58; 2", "Type&#58; bug", "Labels&#58; api"]) assert.ok(text.includes(fact), text);
  });

  it("keeps only the beginning of a huge description", () => {
    assert.ok(readyHover(ready({ id: "bd-1", description: "x".repeat(1_000_000) })).length < 2000);
  });
});
