// What ntm printed, as recorded from the real program, decoded; and what can help after each refusal.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { decodeAssignOutput } from "../../../src/ntm/assignOutput";
import { refusalOf, wayOut, type NtmOutcome } from "../../../src/ntm/outcome";
import { projectRoot } from "../../support/project";

const folder = path.join(projectRoot, "test/fixtures/ntm-cli");
const read = (name: string): string => fs.readFileSync(path.join(folder, `${name}.json`), "utf8");

type Refusal = Extract<NtmOutcome, { kind: "refused" }>;

function refusal(name: string): Refusal {
  const output = decodeAssignOutput(read(name)) ?? assert.fail(name);
  return refusalOf(output, output.error ?? assert.fail(name));
}

describe("ntm's answers", () => {
  it("decode, every recorded one", () => {
    const names = fs.readdirSync(folder);
    assert.ok(names.length > 20);
    for (const name of names) {
      const text = fs.readFileSync(path.join(folder, name), "utf8");
      const output = decodeAssignOutput(text);
      const { success } = JSON.parse(text) as { success: boolean };
      assert.equal(output?.success, success, name);
      assert.equal(output.error === undefined, success, name);
      assert.deepEqual(output.document, JSON.parse(text), `${name}: nothing is lost`);
    }
  });

  it("return the result for each bead", () => {
    const beads = (name: string): unknown => decodeAssignOutput(read(name))?.beads;
    assert.deepEqual(beads("clear-two-done"), [
      { beadId: "ferry-ajr", isDone: true },
      { beadId: "ferry-52y", isDone: true },
    ]);
    assert.deepEqual(beads("clear-refused-dispatch-unknown"), [
      {
        beadId: "atlas-b5f",
        isDone: false,
        message: "assignment dispatch outcome is unknown: cannot clear atlas-b5f while dispatch outcome is unknown",
      },
    ]);
    assert.deepEqual(beads("retry-skipped"), [
      {
        beadId: "atlas-rdz",
        isDone: false,
        message: "dispatch atlas-rdz: pane %2 is not freshly and confidently idle at dispatch",
      },
    ]);
    assert.deepEqual(beads("retry-failed-nothing"), []);
  });

  it("return what a refusal names", () => {
    assert.deepEqual(refusal("assign-pane-target-busy").details, { owner: { paneId: "%2", beadId: "atlas-rdz" } });
    assert.deepEqual(refusal("assign-pane-claim-conflict").details, { claimedBy: "atlas-pane-1/ntm-f361e893afd2" });
    assert.deepEqual(refusal("assign-pane-blocked").details, { blockedBy: ["atlas-0lh"] });
    assert.deepEqual(refusal("assign-pane-no-such-pane").details.availablePanes, [
      { selector: "0", paneId: "%0" },
      { selector: "1", paneId: "%1" },
      { selector: "2", paneId: "%2" },
      { selector: "3", paneId: "%3" },
    ]);
  });

  it("have the way out that helps", () => {
    const ways: Record<string, string> = {
      "assign-pane-busy": "try-again-force",
      "assign-pane-reservation-required": "without-reservations",
      "assign-pane-blocked": "ignore-dependencies",
      "assign-pane-no-such-bead": "none",
      "assign-pane-target-busy": "show-owner",
      "assign-pane-claim-conflict": "show-owner",
      "assign-pane-dispatch-unknown": "resolve-dispatch",
      "assign-pane-no-such-pane": "choose-pane",
      "clear-refused-dispatch-unknown": "resolve-dispatch",
      "retry-skipped": "choose-pane",
      "retry-not-failed": "none",
      "retry-not-found": "none",
      "reassign-invalid-state": "none",
      "no-such-session": "none",
    };
    for (const [name, way] of Object.entries(ways)) assert.equal(wayOut(refusal(name)), way, name);
    const refusals = fs
      .readdirSync(folder)
      .filter((name) => read(name.replace(".json", "")).includes('"success":false'));
    assert.deepEqual(
      refusals.map((name) => name.replace(".json", "")),
      Object.keys(ways).sort(),
      "every recorded refusal is in the table",
    );
  });

  it("keep codes and fields that aren't known", () => {
    const text = '{"success":false,"error":{"code":"NEW_IN_2027","message":"m","details":{"a":1}},"more":[1],"data":7}';
    const output = decodeAssignOutput(text) ?? assert.fail();
    assert.deepEqual(output.error, { code: "NEW_IN_2027", message: "m", details: { a: 1 } });
    assert.deepEqual(output.document["more"], [1]);
    assert.equal(wayOut(refusalOf(output, output.error)), "none");
  });

  it("are found behind other lines, and nothing else is taken for one", () => {
    assert.equal(decodeAssignOutput('warning: old config\n{"success":true}\n')?.success, true);
    for (const text of ["", "{", "null", "[]", "ok", '{"success":"yes"}', '{"error":"x"}', '{"success":true} {']) {
      assert.equal(decodeAssignOutput(text), undefined, text);
    }
  });

  it("survive items of the wrong form", () => {
    const text = '{"success":true,"data":{"cleared":[7,{"bead_id":"a","success":true},{"bead_id":1}],"skipped":"x"}}';
    assert.deepEqual(decodeAssignOutput(text)?.beads, [{ beadId: "a", isDone: true }]);
  });
});
