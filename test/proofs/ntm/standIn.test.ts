// The stand-in for ntm prints what the real one prints, and does to the ledger what that does.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadStore, type AssignmentStore } from "../../../src/assignment";
import {
  ntmAssignCommand,
  ntmClearCommand,
  ntmCommand,
  ntmReassignCommand,
  ntmRunCommand,
  type CommandLine,
} from "../../../src/ntm/commandLine";
import { findNtm, runNtm } from "../../../src/ntm/program";
import type { NtmOutcome } from "../../../src/ntm/outcome";
import { emptyLedger, saveAsNtm } from "../../support/foreignSave";
import { Home } from "../../support/home";
import { NtmStandIn } from "../../support/ntm/control";
import { projectRoot } from "../../support/project";
import { TemporaryStorage } from "../../support/storage";

const session = "ferry";

describe("the stand-in for ntm", () => {
  let storage: TemporaryStorage;
  let ntm: NtmStandIn;
  beforeEach(() => {
    storage = new TemporaryStorage();
    ntm = new NtmStandIn(storage.path);
    const ledger = new Home(storage.path).ledgerPath(session);
    fs.mkdirSync(path.dirname(ledger), { recursive: true });
    saveAsNtm(ledger, emptyLedger(session));
  });
  afterEach(() => {
    storage.remove();
  });

  const run = (command: CommandLine): Promise<NtmOutcome> =>
    runNtm(ntmRunCommand(command), { program: ntm.program, cwd: storage.path });
  const load = (): Promise<AssignmentStore> =>
    loadStore(session, { storageDir: path.join(storage.path, ".ntm/sessions") });
  const recorded = (name: string): unknown =>
    JSON.parse(fs.readFileSync(path.join(projectRoot, `test/fixtures/ntm-cli/${name}.json`), "utf8"));

  it("goes the whole way, printing the fields that ntm prints", async () => {
    const sent = await run(ntmAssignCommand(session, "b1", "%3"));
    assertShape(sent, recorded("assign-pane-codex-sent"), ["receipt"]);
    let store = await load();
    assert.equal(store.get("b1")?.dispatch_state, "sent");
    assertShape(await run(ntmAssignCommand(session, "b2", "%3")), recorded("assign-pane-target-busy"), ["data"]);
    await store.markWorking("b1");
    assertShape(await run(ntmReassignCommand(session, "b1", "%4")), recorded("reassign-done"), ["agent_name"]);
    store = await load();
    await store.markFailed("b1", "tests fail");
    assertShape(await run(ntmCommand(session, store.get("b1")!, "retry")), recorded("retry-done"), ["agent_name"]);
    store = await load();
    assert.deepEqual([store.get("b1")?.status, store.get("b1")?.retry_count], ["assigned", 1]);
    assertShape(await run(ntmClearCommand(session, store.list())), recorded("clear-done"));
    assert.deepEqual((await load()).list(), []);
    assert.ok(ntm.calls.every(({ args }) => args.at(-1) === "--json"));
  });

  it("strands a row by refusing or dying amid a dispatch, and goes on once that is resolved", async () => {
    for (const [beadId, control] of [
      ["b1", { strands: true }],
      ["b2", { dies: true }],
    ] as const) {
      ntm.control(control);
      const outcome = await run(ntmAssignCommand(session, beadId, beadId === "b1" ? "%1" : "%2"));
      assert.equal(
        outcome.kind === "refused" ? outcome.code : outcome.kind === "failed" && outcome.error.failure,
        beadId === "b1" ? "DISPATCH_UNKNOWN" : "killed",
      );
    }
    ntm.control({});
    const store = await load();
    const refused = await run(ntmClearCommand(session, store.list()));
    assertShape(refused, recorded("clear-refused-dispatch-unknown"));
    await store.resolveDispatch("b1", "lost");
    await store.resolveDispatch("b2", "arrived");
    assert.equal((await run(ntmClearCommand(session, store.list()))).kind, "ok");
  });

  it("refuses as its plan says, unless a flag overrides that", async () => {
    ntm.control({ refuse: { code: "PANE_BUSY", message: "pane 2 is busy", unless: "--force" } });
    const command = ntmAssignCommand(session, "b1", "%2");
    const refused = await run(command);
    assert.ok(refused.kind === "refused" && refused.code === "PANE_BUSY");
    const forced = await runNtm(ntmRunCommand(command, { overrides: ["force"] }), {
      program: ntm.program,
      cwd: storage.path,
    });
    assert.equal(forced.kind, "ok");
  });

  it("is found like the real one", async () => {
    const found = await findNtm("", { PATH: ntm.bin });
    assert.deepEqual([found?.path, await found?.version()], [ntm.program, "1.29.3"]);
  });
});

/** Every field that ntm printed is there with the same type; those named may be missing. */
function assertShape(outcome: NtmOutcome, expected: unknown, missing: readonly string[] = []): void {
  assert.ok(outcome.kind !== "failed", outcome.kind === "failed" ? outcome.error.message : "");
  compare(outcome.output.document, expected, "", missing);
}

function compare(found: unknown, expected: unknown, at: string, missing: readonly string[]): void {
  if (Array.isArray(expected)) {
    assert.ok(Array.isArray(found), at);
    if (expected.length > 0 && found.length > 0) compare(found[0], expected[0], `${at}[0]`, missing);
    return;
  }
  if (typeof expected !== "object" || expected === null) {
    assert.equal(typeof found, typeof expected, at);
    return;
  }
  for (const [name, value] of Object.entries(expected)) {
    if (missing.includes(name)) continue;
    compare((found as Record<string, unknown> | undefined)?.[name], value, `${at}.${name}`, missing);
  }
}
