// Every transition that the real ntm made, byte for byte, and every one that it refused.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { loadStore, type AssignmentStatus, type AssignmentStore } from "../../../src/assignment";
import { ledgerFixtures } from "../../support/project";
import { TemporaryStorage } from "../../support/storage";

interface Operation {
  readonly op: string;
  readonly bead_id: string;
  readonly args?: Readonly<Record<string, string | number>>;
  readonly error?: string;
}

interface Ledger {
  readonly assignments: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly updated_at: string;
}

for (const schema of ["schema1", "schema9"]) {
  describe(`ntm's own transitions, ${schema}`, () => {
    let storage: TemporaryStorage;
    beforeEach(() => (storage = new TemporaryStorage()));
    afterEach(() => {
      storage.remove();
    });

    const folder = path.join(ledgerFixtures, schema, "transitions");
    for (const name of fs.readdirSync(folder)) {
      it(name, async () => {
        const read = (file: string): string => fs.readFileSync(path.join(folder, name, file), "utf8");
        const operation = JSON.parse(read("op.json")) as Operation;
        const [before, after] = [read("before.json"), read("after.json")];
        storage.put("session", before, before);
        const times = timesIn(JSON.parse(before) as Ledger, JSON.parse(after) as Ledger, operation.bead_id);
        const now = (): string => times.shift() ?? assert.fail("asked for the time once too often");
        const store = await loadStore("session", { storageDir: storage.path, now });

        if (operation.error !== undefined) {
          await assert.rejects(run(store, operation), { message: operation.error });
          assert.equal(fs.readFileSync(storage.primary("session"), "utf8"), before);
          return;
        }
        await run(store, operation);
        const expected = name.includes("remove-nope") ? before : intended(after, schema, name);
        assert.equal(fs.readFileSync(storage.primary("session"), "utf8"), expected);
        assert.equal(fs.readFileSync(storage.backup("session"), "utf8"), expected);
      });
    }
  });
}

async function run(store: AssignmentStore, { op, bead_id: id, args = {} }: Operation): Promise<unknown> {
  const text = (name: string): string => String(args[name] ?? "");
  const paneId = args["paneId"] === undefined ? undefined : text("paneId");
  switch (op) {
    case "assign":
      return store.assign(
        id,
        text("beadTitle"),
        Number(args["pane"]),
        text("agentType"),
        text("agentName"),
        text("prompt"),
      );
    case "reassign":
      return store.reassign(id, Number(args["newPane"]), text("newAgentType"), text("newAgentName"), paneId);
    case "updateStatus":
      return store.updateStatus(id, text("newStatus") as AssignmentStatus);
    case "markFailed":
      return store.markFailed(id, text("reason"));
    case "markWorking":
      return store.markWorking(id);
    case "markCompleted":
      return store.markCompleted(id);
    case "remove":
      return store.remove(id);
    case "clear":
      return store.clear();
    case "save":
      return store.save();
    default:
      return assert.fail(`unknown operation ${op}`);
  }
}

/** The times of ntm's clock: the row's first, then the ledger's. */
function timesIn(before: Ledger, after: Ledger, beadId: string): string[] {
  const times: string[] = [];
  for (const name of ["assigned_at", "started_at", "completed_at", "failed_at"]) {
    const time = after.assignments[beadId]?.[name];
    if (typeof time === "string" && time !== before.assignments[beadId]?.[name]) times.push(time);
  }
  return [...times, after.updated_at];
}

/** Where this package departs from the schema 1 release on purpose. */
function intended(after: string, schema: string, name: string): string {
  if (schema === "schema9") return after;
  const ledger = JSON.parse(after) as { assignments: Record<string, Record<string, unknown>> };
  const drop = (beadId: string, pattern: RegExp): string => {
    const start = after.indexOf(`    "${beadId}": {`);
    const end = after.indexOf("\n    }", start);
    const row = after.slice(start, end).split("\n");
    const kept = row.filter((line) => !pattern.test(line)).join("\n");
    return after.slice(0, start) + kept.replace(/,$/, "") + after.slice(end);
  };
  if (name.includes("failed-to-assigned")) {
    return drop("bd-failed", /"(?:started_at|completed_at|failed_at|fail_reason|failure_reason)"/);
  }
  assert.ok(Object.keys(ledger.assignments).length > 0 || name.includes("clear"));
  return after;
}
