// The chat's tools: what the user is asked, and what is done once they agreed.
import "../../support/vscodeStub";
import * as assert from "node:assert/strict";
import type { AgentContext } from "../../../src/mcp/tools/ledgerOf";
import { loadStore, type Assignment } from "../../../src/assignment";
import { confirmationOf, invokeChatTool } from "../../../src/chat";
import { TemporaryStorage } from "../../support/storage";

describe("the chat's tools", () => {
  let storage: TemporaryStorage;
  let context: AgentContext;

  beforeEach(() => {
    storage = new TemporaryStorage();
    storage.putFixture("plain", "schema9/plain");
    context = { env: {}, sessionName: "plain", storageDir: storage.path, now: Date.now };
  });
  afterEach(() => {
    storage.remove();
  });

  async function rowOf(beadId: string): Promise<Assignment> {
    const row = (await loadStore("plain", { storageDir: storage.path })).get(beadId);
    assert.ok(row);
    return row;
  }

  it("ask nothing before they read", () => {
    assert.equal(confirmationOf("ntmAssignments_list", {}, "plain", undefined).confirmationMessages, undefined);
    assert.equal(confirmationOf("ntmAssignments_explain", null, "plain", undefined).confirmationMessages, undefined);
  });

  it("say what will change, with ids and titles as text", async () => {
    const row = { ...(await rowOf("B")), bead_title: "[x](command:y)" };
    const { confirmationMessages } = confirmationOf("ntmAssignments_markCompleted", { bead_id: "B" }, "plain", row);
    const message = confirmationMessages?.message;
    assert.ok(typeof message === "string");
    assert.match(message, new RegExp(`session plain is ${row.status} and becomes completed`));
    assert.ok(!message.includes("[x](") && message.includes("&#91;x&#93;"), message);
  });

  it("change the row that the user was asked about, and no other generation of it", async () => {
    const seen = await rowOf("B");
    const done = await invokeChatTool("ntmAssignments_markCompleted", context, { bead_id: "B" }, seen);
    assert.equal(done.isError, false, done.text);
    assert.equal((await rowOf("B")).status, "completed");
    const older = { ...(await rowOf("007")), assigned_at: "2020-01-01T00:00:00Z" };
    const late = await invokeChatTool("ntmAssignments_markWorking", context, { bead_id: "007" }, older);
    assert.equal(late.facts["refused"], "changed-meanwhile", late.text);
  });

  it("refuse input that doesn't fit, and beads that aren't there", async () => {
    const refused = async (name: Parameters<typeof invokeChatTool>[0], input: unknown): Promise<unknown> =>
      (await invokeChatTool(name, context, input)).facts["refused"];
    assert.equal(await refused("ntmAssignments_markFailed", { bead_id: "B" }), "invalid-arguments");
    assert.equal(await refused("ntmAssignments_explain", 7), "invalid-arguments");
    assert.equal(await refused("ntmAssignments_markWorking", { bead_id: "nope" }), "no-bead");
    assert.equal((await invokeChatTool("ntmAssignments_list", context, {})).isError, false);
  });
});
