import * as assert from "node:assert/strict";
import {
  ntmAssignCommand,
  ntmClearCommand,
  ntmCommand,
  ntmReassignCommand,
  ntmRunCommand,
  UnquotableArgumentError,
} from "../../../src/ntm/commandLine";
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
  it("are the documented ones", () => {
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

  it("force the clearing of finished rows, which ntm would otherwise ignore", () => {
    assert.deepEqual(ntmCommand("dev", row("bd-1", "completed"), "clear"), [
      "ntm",
      "assign",
      "dev",
      "--clear",
      "bd-1",
      "--force",
    ]);
  });

  it("never let a value be read as a flag", () => {
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

  it("refuse a value that ntm would read as several beads", () => {
    for (const id of ["bd-1,bd-2", '"bd-1"', " bd-1", "bd-1 ", ""]) {
      assert.throws(() => ntmCommand("dev", row(id, "working"), "clear"), UnquotableArgumentError, id);
      assert.throws(() => ntmAssignCommand("dev", id, "%3"), UnquotableArgumentError, id);
    }
  });

  it("refuse an invalid pane or session", () => {
    for (const pane of ["3", "%", "%03", "%3 --force", ""]) {
      assert.throws(() => ntmReassignCommand("dev", "bd-1", pane), UnquotableArgumentError, pane);
    }
    for (const session of ["", "a b", "a;b", "../x"]) {
      assert.throws(() => ntmCommand(session, row("bd-1"), "retry"), UnquotableArgumentError, session);
    }
  });

  it("clear several rows in one call, forced when one of them is finished", () => {
    const rows = [row("bd-1"), row("bd-2")];
    assert.deepEqual(ntmClearCommand("dev", rows), ["ntm", "assign", "dev", "--clear", "bd-1,bd-2"]);
    const withFinished = ntmClearCommand("dev", [...rows, row("bd-3", "completed")]);
    assert.deepEqual(withFinished, ["ntm", "assign", "dev", "--clear", "bd-1,bd-2,bd-3", "--force"]);
    assert.throws(() => ntmClearCommand("dev", [row("a,b")]), UnquotableArgumentError);
  });

  it("print JSON when they are run, with what the user overrides", () => {
    const retry = ntmCommand("dev", row("bd-1"), "retry");
    assert.deepEqual(ntmRunCommand(retry, { toPane: "%4", overrides: ["without-reservations"] }), [
      ...retry,
      "--reserve-files=false",
      "--to-pane=%4",
      "--json",
    ]);
    const dashed = ntmRunCommand(ntmCommand("-x", row("bd-1"), "retry"), {
      overrides: ["force", "ignore-dependencies"],
    });
    assert.deepEqual(dashed.slice(-5), ["--force", "--ignore-deps", "--json", "--", "-x"]);
    const forced = ntmRunCommand(ntmCommand("dev", row("bd-1", "completed"), "clear"), { overrides: ["force"] });
    assert.equal(forced.filter((argument) => argument === "--force").length, 1);
    assert.throws(() => ntmRunCommand(retry, { toPane: "3" }), UnquotableArgumentError);
  });
});
