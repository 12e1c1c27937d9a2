import * as assert from "node:assert/strict";
import {
  ntmAssignCommand,
  ntmCommand,
  ntmReassignCommand,
  UnspeakableArgumentError,
} from "../../../src/actions/ntmCommand";
import type { Assignment } from "../../../src/assignment";

const row = (bead_id: string, status: Assignment["status"] = "failed"): Assignment => ({
  bead_id,
  bead_title: "Fix the parser",
  pane: 1,
  agent_type: "claude",
  status,
  assigned_at: "2026-02-15T10:09:41Z",
  idempotency_key: "key",
});

describe("ntm's command lines", () => {
  it("are the ones that ntm documents", () => {
    assert.deepEqual(ntmCommand("dev", row("bd-1"), "retry"), ["ntm", "assign", "dev", "--retry", "bd-1"]);
    assert.deepEqual(ntmReassignCommand("dev", "bd-1", "%3"), [
      "ntm",
      "assign",
      "dev",
      "--reassign",
      "bd-1",
      "--to-pane",
      "%3",
    ]);
    assert.deepEqual(ntmAssignCommand("dev", "bd-1", "%3"), ["ntm", "assign", "dev", "--pane=%3", "--beads=bd-1"]);
    assert.deepEqual(ntmCommand("dev", row("bd-1", "working"), "clear"), ["ntm", "assign", "dev", "--clear", "bd-1"]);
  });

  it("force the clearing of finished rows, which ntm would leave alone", () => {
    assert.deepEqual(ntmCommand("dev", row("bd-1", "completed"), "clear"), [
      "ntm",
      "assign",
      "dev",
      "--clear",
      "bd-1",
      "--force",
    ]);
  });

  it("never let a value pass for a flag", () => {
    assert.deepEqual(ntmCommand("dev", row("--force"), "retry"), ["ntm", "assign", "dev", "--retry=--force"]);
    assert.deepEqual(ntmCommand("dev", row("-1"), "clear"), ["ntm", "assign", "dev", "--clear=-1"]);
    assert.deepEqual(ntmReassignCommand("dev", "-x", "%3"), [
      "ntm",
      "assign",
      "dev",
      "--reassign=-x",
      "--to-pane",
      "%3",
    ]);
    assert.deepEqual(ntmCommand("--auto", row("bd-1"), "retry"), ["ntm", "assign", "--retry", "bd-1", "--", "--auto"]);
    assert.deepEqual(ntmCommand("dev", row(""), "retry"), ["ntm", "assign", "dev", "--retry="]);
  });

  it("refuse what ntm would read as several beads", () => {
    for (const id of ["bd-1,bd-2", '"bd-1"', " bd-1", "bd-1 ", ""]) {
      assert.throws(() => ntmCommand("dev", row(id, "working"), "clear"), UnspeakableArgumentError, id);
      assert.throws(() => ntmAssignCommand("dev", id, "%3"), UnspeakableArgumentError, id);
    }
  });

  it("refuse what is no pane and no session", () => {
    for (const pane of ["3", "%", "%03", "%3 --force", ""]) {
      assert.throws(() => ntmReassignCommand("dev", "bd-1", pane), UnspeakableArgumentError, pane);
    }
    for (const session of ["", "a b", "a;b", "../x"]) {
      assert.throws(() => ntmCommand(session, row("bd-1"), "retry"), UnspeakableArgumentError, session);
    }
  });
});
