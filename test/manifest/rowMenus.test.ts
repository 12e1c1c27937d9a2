// The commands offered for a row are the ones that the store would execute, for every status, hold and schema: the
// manifest's `when` clauses are compared with the transaction.
import * as assert from "node:assert/strict";
import {
  holdOf,
  isTransitionValid,
  ntmSubcommands,
  paneId,
  type Assignment,
  type AssignmentStatus,
  type Change,
  type RowTransition,
} from "../../src/assignment";
import { Transaction } from "../../src/assignment/transaction";
import { rowContextValue } from "../../src/views/beads/contextValue";
import { commandId, viewIds } from "../../src/contributions";
import { manifest } from "../support/manifest";
import { evaluateWhen } from "../support/whenClause";

const statuses = ["assigned", "working", "completed", "failed", "reassigned", "claiming", "claimed", "paused"];
const schemas = [1, 9];

const plain = {
  bead_id: "bd-1",
  bead_title: "Fix the parser",
  pane: 1,
  agent_type: "claude",
  assigned_at: "2026-03-01T12:00:00Z",
};
const placed = { occupancy_key: "%3", dispatch_target: "%3" };
const atomic = {
  ...placed,
  idempotency_key: "key",
  claim_actor: "me/ntm-key",
  claim_state: "claimed",
  dispatch_state: "sent",
};

/** The content of a row besides its status, by meaning. */
const situations: Readonly<Record<string, Partial<Assignment>>> = {
  plain: {},
  "plain, placed": placed,
  "plain, with a prompt": { ...placed, prompt_sent: "do it" },
  atomic,
  "atomic, its prompt not sent": { ...atomic, dispatch_state: "pending", pending_prompt: "do it" },
  "sending its prompt": { ...atomic, dispatch_state: "sending" },
  "reserving files": { ...atomic, reservation_state: "reserving" },
  leased: { ...atomic, reservation_state: "reserved", reservation_ids: [1], reserved_paths: ["a"] },
  "leased with an error": {
    ...atomic,
    reservation_state: "reserved",
    reservation_completed: true,
    reservation_error: "gone",
  },
  "being cleared": { ...atomic, clear_state: "reservation_releasing" },
  "being ended": { ...atomic, clear_state: "leases_released", pending_terminal_status: "completed" },
  "with an event to be picked up": {
    ...atomic,
    pending_completion_event_id: "e",
    completion_detected_at: "2026-03-01T12:00:00Z",
  },
  "plain, but leased": { reservation_ids: [1] },
};

const cases = schemas.flatMap((schema) =>
  statuses.flatMap((status) =>
    Object.entries(situations).map(([situation, fields]) => {
      const row: Assignment = { ...plain, status: status as AssignmentStatus, ...fields };
      return { schema, row, title: `${status}, ${situation}, schema ${String(schema)}` };
    }),
  ),
);

const target = { pane: 2, paneId: "%4", agentType: "codex", agentName: "" };
const changes: Readonly<Record<RowTransition, Change>> = {
  markWorking: { kind: "markWorking", beadId: "bd-1" },
  markCompleted: { kind: "markCompleted", beadId: "bd-1" },
  markFailed: { kind: "markFailed", beadId: "bd-1", reason: "" },
  retry: { kind: "retry", beadId: "bd-1" },
  reassign: { kind: "reassign", beadId: "bd-1", ...target },
  remove: { kind: "remove", beadId: "bd-1" },
  resolveDispatch: { kind: "resolveDispatch", beadId: "bd-1", outcome: "lost" },
};
const steps = Object.keys(changes) as RowTransition[];

/** The commands that the context menu of a row offers. */
function offered(row: Assignment, schema: number, isWritable = true): ReadonlySet<string> {
  const viewItem = rowContextValue(row, schema, isWritable);
  const items = manifest.contributes.menus["view/item/context"] ?? [];
  return new Set(
    items
      .filter(({ when }) => evaluateWhen(when, { view: viewIds.beads, viewItem }))
      .flatMap(({ command }) => command ?? []),
  );
}

/** Whether ntm does the step, because the row must be left to it. */
function isNtms(row: Assignment, step: RowTransition): boolean {
  return (step === "retry" || step === "reassign") && ntmSubcommands(row).includes(step);
}

/** Whether the store would execute it. */
function isDone(row: Assignment, change: Change, schema: number): boolean {
  const snapshot = {
    sessionName: "s",
    version: schema,
    generation: schema === 9 ? 1n : 0n,
    updatedAt: "2026-03-01T12:00:00Z",
    clearedGenerations: new Map<string, bigint>(),
    rows: new Map([[row.bead_id, { row, raw: undefined, source: undefined }]]),
    unknown: new Map<string, string>(),
  };
  const [result] = new Transaction("s", snapshot, snapshot, () => "2026-03-01T13:00:00Z").addAll([change]).results;
  return result?.error === undefined;
}

describe("Manifest, for a row: what the menus offer", () => {
  it("is exactly what the store would execute, or ntm", () => {
    for (const { schema, row, title } of cases) {
      const commands = offered(row, schema);
      for (const step of steps) {
        const isExpected = isDone(row, changes[step], schema) || isNtms(row, step);
        assert.equal(commands.has(commandId(step)), isExpected, `${step}: ${title}`);
        assert.ok(!(isDone(row, changes[step], schema) && isNtms(row, step)), `${step} has one owner: ${title}`);
      }
      assert.equal(commands.has(commandId("release")), ntmSubcommands(row).includes("clear"), `release: ${title}`);
    }
  });

  it("is what the guard and the transition table allow", () => {
    for (const { schema, row, title } of cases) {
      const commands = offered(row, schema);
      for (const step of steps) {
        const targetPane = step === "reassign" ? target.paneId : paneId(row);
        const isAllowed =
          isTransitionValid(row.status, step, schema) && holdOf(row, step, schema, targetPane) === undefined;
        assert.equal(commands.has(commandId(step)), isAllowed || isNtms(row, step), `${step}: ${title}`);
      }
    }
  });

  it("is no change if the ledger can't be written", () => {
    for (const { schema, row, title } of cases) {
      const commands = offered(row, schema, false);
      for (const step of [...steps, "release"] as const) assert.ok(!commands.has(commandId(step)), `${step}: ${title}`);
    }
  });

  it("includes the ntm command for rows that ntm accepts, and for no others", () => {
    for (const { schema, row, title } of cases) {
      const isOffered = offered(row, schema).has(commandId("runNtmCommand"));
      assert.equal(isOffered, ntmSubcommands(row).length > 0, title);
      assert.equal(offered(row, schema).has(commandId("copyNtmCommand")), isOffered, title);
    }
  });

  it("always includes copying the ID, and the prompt if there is one", () => {
    for (const { schema, row, title } of cases) {
      const commands = offered(row, schema);
      assert.ok(commands.has(commandId("copyBeadId")), title);
      const hasPrompt = (row.prompt_sent ?? row.pending_prompt) !== undefined;
      for (const name of ["copyPrompt", "showPrompt"] as const) {
        assert.equal(commands.has(commandId(name)), hasPrompt, `${name}: ${title}`);
      }
    }
  });

  it("includes at most three inline buttons", () => {
    const inline = (manifest.contributes.menus["view/item/context"] ?? []).filter(({ group }) =>
      group?.startsWith("inline"),
    );
    for (const { schema, row, title } of cases) {
      for (const problem of [undefined, { reason: "stuck" as const }]) {
        const viewItem = rowContextValue(row, schema, true, problem);
        const buttons = inline.filter(({ when }) => evaluateWhen(when, { view: viewIds.beads, viewItem }));
        assert.ok(buttons.length <= 3, title);
      }
    }
  });

  it("isn't changed by a status that looks like a flag", () => {
    const row: Assignment = { ...plain, status: "x+can-complete+can-remove" as AssignmentStatus, ...atomic };
    assert.equal(offered(row, 9).has(commandId("markCompleted")), false);
    assert.equal(offered(row, 9).has(commandId("remove")), false);
  });
});
