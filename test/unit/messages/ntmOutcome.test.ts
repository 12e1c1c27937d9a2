// What the user reads about each answer that was recorded from the real ntm, and what the log keeps of it.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { redactPrompts } from "../../../src/commands/ntm/runJob";
import { decodeAssignOutput } from "../../../src/ntm/assignOutput";
import { refusalOf } from "../../../src/ntm/outcome";
import { refusalExplanation } from "../../../src/messages/ntmOutcome";
import { projectRoot } from "../../support/project";

const folder = path.join(projectRoot, "test/fixtures/ntm-cli");
const read = (name: string): string => fs.readFileSync(path.join(folder, name), "utf8");

function explanation(name: string, beadId = "b1"): string {
  const output = decodeAssignOutput(read(`${name}.json`)) ?? assert.fail(name);
  const { sentence, next } = refusalExplanation(beadId, refusalOf(output, output.error ?? assert.fail(name)));
  return `${sentence} ${next}`;
}

const expected: Readonly<Record<string, RegExp>> = {
  "assign-pane-blocked": /^b1 is blocked in the tracker by atlas-0lh\. Nothing was sent\.$/,
  "assign-pane-busy": /^The agent that should get b1 seems to be busy\. Nothing was sent\.$/,
  "assign-pane-claim-conflict": /^b1 is claimed in the tracker by atlas-pane-1\/ntm-f361e893afd2\. /,
  "assign-pane-dispatch-unknown": /^ntm considers the agent in the pane to have exited, .* resolve the dispatch\.$/,
  "assign-pane-no-such-bead": /^The tracker has no bead b1\. /,
  "assign-pane-no-such-pane": /^The target pane of b1 can't be used: “pane selector "%99" not found/,
  "assign-pane-reservation-required": /^ntm couldn't reserve files for b1: Agent Mail isn't available\. /,
  "assign-pane-target-busy": /^The target pane of b1 already has atlas-rdz in flight\. /,
  "clear-refused-dispatch-unknown": /^ntm couldn't release b1: “1 of 1 assignments failed to clear”\. /,
  "no-such-session": /^ntm refused b1: “session "nosuch" not found \(available: atlas\)” \(INTERNAL_ERROR\)\. /,
  "reassign-invalid-state": /^ntm refused b1 because of its state: “.*from status claimed”\. /,
  "retry-not-failed": /^ntm refused b1 because of its state: “.*\(status: assigned\)”\. /,
  "retry-not-found": /^b1 isn't in the ledger any more\. /,
  "retry-skipped": /^ntm skipped b1: “retry atlas-rdz was skipped: .*at dispatch”\. The list shows how far it got\.$/,
};

describe("What the user reads of ntm's answers", () => {
  it("has a sentence for every recorded refusal", () => {
    const refused = fs.readdirSync(folder).filter((name) => decodeAssignOutput(read(name))?.success === false);
    assert.deepEqual(refused.map((name) => path.basename(name, ".json")).sort(), Object.keys(expected).sort());
    for (const [name, sentence] of Object.entries(expected)) assert.match(explanation(name), sentence, name);
  });

  it("is about the bead in question when ntm's answer is about several", () => {
    assert.match(
      explanation("clear-refused-dispatch-unknown", "atlas-b5f"),
      /^ntm doesn't release atlas-b5f while it doesn't know whether its prompt arrived\. .* resolve the dispatch\.$/,
    );
  });

  it("is logged without prompts and commands, in any form", () => {
    for (const name of fs.readdirSync(folder)) {
      assert.doesNotMatch(redactPrompts(read(name), []), /Work on bead/, name);
    }
    assert.equal(redactPrompts('{"command": "TOKEN=a \\"b\\" c", "code": 1}', []), '{"command": "…", "code": 1}');
    assert.equal(redactPrompts("error: can't send: say\nhello!", ["say\nhello"]), "error: can't send: …!");
  });
});
