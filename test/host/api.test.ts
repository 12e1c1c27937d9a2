// The API as a second extension uses it.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import type { NtmAssignments, NtmAssignmentsApi, SessionChange } from "../../src/api";
import { eventually } from "../support/eventually";
import { changeAsNtm, row } from "../support/foreignSave";
import { useHost } from "./hostTest";
import type { LedgerStage } from "./ledgerStage";

interface Consumer {
  readonly provider: NtmAssignments;
  readonly api: NtmAssignmentsApi;
  readonly changes: SessionChange[];
}

describe("The API", () => {
  const host = useHost();
  let consumer: Consumer;
  let stage: LedgerStage;

  before(async () => {
    const extension = vscode.extensions.getExtension<Consumer>("ntm-assignments-test.consumer");
    assert.ok(extension, "the consumer is installed");
    consumer = await extension.activate();
  });
  beforeEach(async () => {
    stage = await host.show([
      row("a", { occupancy_key: "%1" }),
      row("b", { status: "failed", occupancy_key: "%2", fail_reason: "no" }),
    ]);
    consumer.changes.length = 0;
  });

  it("has a version, and says so when asked for another", () => {
    assert.equal(consumer.api.version, 1);
    assert.throws(() => consumer.provider.getApi(2 as 1), /no API of version 2/);
  });

  it("provides the active session as an immutable value", () => {
    const { session } = consumer.api;
    assert.deepEqual(
      [session?.sessionName, session?.schema, session?.isHealthy, session?.rows.map((one) => one.bead_id)],
      [stage.sessionName, 9, true, ["a", "b"]],
    );
    assert.equal(consumer.api.session, session);
    assert.ok(Object.isFrozen(session) && Object.isFrozen(session?.rows));
  });

  it("fires for a change by another process, with the states before and after", async () => {
    changeAsNtm(stage.primary, ({ assignments }) => (assignments["b"] = row("b", { occupancy_key: "%2" })));
    await eventually(() => {
      assert.equal(consumer.changes.length, 1);
    });
    const [change] = consumer.changes;
    assert.deepEqual([change?.before?.rows[1]?.status, change?.after?.rows[1]?.status], ["failed", "assigned"]);
    assert.equal(change?.after?.rows[0], change?.before?.rows[0]);
  });

  it("takes the steps that are possible, and refuses the others by name", async () => {
    const { api } = consumer;
    assert.deepEqual(api.possibleSteps("a"), ["markWorking", "markCompleted", "markFailed", "remove"]);
    assert.equal((await api.markWorking("a")).status, "working");
    assert.equal((await api.markFailed("a", "by hand")).status, "failed");
    assert.deepEqual([stage.row("a")?.["status"], stage.row("a")?.["fail_reason"]], ["failed", "by hand"]);
    assert.equal((await api.retry("b")).status, "assigned");
    assert.equal((await api.markCompleted("b")).status, "completed");
    await assert.rejects(api.markWorking("b"), { name: "InvalidTransitionError" });
    await assert.rejects(api.markWorking("nowhere"), { name: "AssignmentNotFoundError" });
    assert.deepEqual(api.possibleSteps("nowhere"), []);
  });
});
