// What a ready bead looks like in the list and in its hover.
import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { obstacleOf, readyHover, readyPresentation } from "../../../../src/views/ready/provider";
import { mutexesInUse } from "../../../../src/views/ready/view";
import type { Assignment } from "../../../../src/assignment";
import { row } from "../../../support/foreignSave";
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

  it("is dimmed while a bead in progress has the same mutex, which ntm gives to one at a time", () => {
    const issues = new Map(
      [
        ready({ id: "bd-2", labels: ["api", "mutex:db"] }),
        ready({ id: "bd-3", labels: ["mutex:done"] }),
        ready({ id: "bd-4", labels: ["mutex:other"] }),
      ].map((issue) => [issue.id, issue]),
    );
    const rows = [row("bd-2", { status: "working" }), row("bd-3", { status: "completed" })];
    const state = { kind: "read", issues, badLines: 0, isTorn: false } as const;
    const inUse = mutexesInUse(rows as unknown as Assignment[], state);
    assert.deepEqual([...inUse], [["mutex:db", "bd-2"]]);
    assert.equal(mutexesInUse(rows as unknown as Assignment[], undefined).size, 0);
    const waiting = ready({ id: "bd-1", labels: ["mutex:db"] });
    const { description, icon, color } = readyPresentation(waiting, obstacleOf(waiting, inUse));
    assert.equal(obstacleOf(ready({ id: "bd-1", labels: ["mutex:done"] }), inUse), "");
    assert.deepEqual(
      [description, icon, color],
      ["waits for bd-2 (same mutex) · mutex:db", "circle-slash", "disabledForeground"],
    );
  });

  it("is dimmed while a label holds it for an operator, whoever has its mutex", () => {
    for (const label of ["needs-operator", "Human-Input"]) {
      const held = ready({ id: "bd-1", title: "Pay", labels: ["mutex:db", label] });
      const obstacle = obstacleOf(held, new Map([["mutex:db", "bd-2"]]));
      const { description, icon } = readyPresentation(held, obstacle);
      assert.deepEqual(
        [description, icon],
        [`held for an operator (${label}) · Pay · mutex:db · ${label}`, "circle-slash"],
      );
    }
    assert.equal(obstacleOf(ready({ id: "bd-1", labels: ["operator", "needs-operator-manual"] }), new Map()), "");
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
