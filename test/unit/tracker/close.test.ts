import * as assert from "node:assert/strict";
import { closeBead, type CloseOutcome } from "../../../src/tracker/close";
import { StandInBr, printing } from "../../support/standInBr";
import { TempFolder } from "../../support/tempFolder";

/** As br 0.7.6 prints them. */
const closed = {
  id: "p-mfr",
  title: "Three",
  status: "closed",
  closed_at: "2026-11-29T08:07:21.162481646+00:00",
  close_reason: "done",
};
const failedFlush = {
  warning: {
    code: "AUTO_FLUSH_FAILED",
    message: "Mutation succeeded, but automatic JSONL export failed.",
    beads_dir: "/p/.beads",
    jsonl_path: "/p/.beads/issues.jsonl",
    error: "I/O error: Operation not permitted (os error 1)",
    recovery: "Run br sync --flush-only after fixing the export problem",
  },
};
const skipped = (reason: string): string =>
  [
    JSON.stringify({ closed: [], skipped: [{ id: "p-mfr", reason }] }),
    JSON.stringify({ error: { code: "NOTHING_TO_DO", message: `Nothing to do: ${reason}`, hint: null } }, undefined, 2),
  ].join("\n");
const failed = (code: string, message: string): string =>
  JSON.stringify({ error: { code, message, hint: null, retryable: false, context: null } }, undefined, 2);

describe("Closing a bead in the tracker", () => {
  let folder: TempFolder;
  let br: StandInBr;
  beforeEach(() => {
    folder = new TempFolder("close");
    br = new StandInBr(folder.path);
  });
  afterEach(() => {
    folder.remove();
  });

  /** @param script what `br close` does; `br show` shows an open bead */
  function close(script: string, beadId = "p-mfr", reason = "done"): Promise<CloseOutcome> {
    br.does(`case "$1" in show) ${printing([{ ...closed, status: "open" }])};; *) ${script}\n;; esac`);
    return closeBead({ program: br.program, projectFolder: folder.path }, beadId, reason);
  }

  it("is done when br lists it, by itself or beside a remark", async () => {
    assert.deepEqual(await close(printing([closed])), { kind: "closed" });
    assert.deepEqual(br.calls.at(-1)?.args, ["close", "--json", "--reason=done", "--", "p-mfr"]);
    const remark = { code: "WORKFLOW_CAPACITY", message: "over capacity" };
    assert.deepEqual(await close(printing({ closed: [closed], warnings: [remark] })), { kind: "closed" });
  });

  it("is told to have left the file behind, which br says on its other stream, and ends with exit code 0", async () => {
    const script = `${printing([closed])}\n(${printing(failedFlush)}) >&2`;
    assert.deepEqual(await close(script), { kind: "closed-file-behind", message: failedFlush.warning.error });
  });

  it("is done before, impossible for such an ID, or refused in br's words", async () => {
    const blocked = "blocked by: p-hhm — close the open blocker(s) first, or use --force to close anyway";
    const policy = "Policy violation: a reason is required";
    const cases: readonly (readonly [string, CloseOutcome])[] = [
      [`${printing(skipped("already closed"))}\nexit 3`, { kind: "already-closed" }],
      [`${printing(skipped(blocked))}\nexit 3`, { kind: "refused", message: blocked }],
      [`${printing(failed("ISSUE_NOT_FOUND", "Issue not found: p-mfr"))}\nexit 3`, { kind: "no-such-bead" }],
      [`${printing(failed("POLICY_VIOLATION", policy))}\nexit 4`, { kind: "refused", message: policy }],
    ];
    for (const [script, outcome] of cases) assert.deepEqual(await close(script), outcome, script);
  });

  it("isn't known to be done when br says something else", async () => {
    const unknown = { kind: "unknown", cause: "bad-output" };
    for (const printed of ["", "[]", "{}", "closed", [{ ...closed, id: "p-other" }], { closed: [] }]) {
      assert.deepEqual(await close(printing(printed)), unknown, JSON.stringify(printed));
    }
  });

  it("never closes another bead: br takes a part of an ID for the only one that has it, and none for the last one", async () => {
    assert.deepEqual(await close(printing([closed]), "mfr"), { kind: "no-such-bead" });
    assert.deepEqual(await close(printing([closed]), " "), { kind: "no-such-bead" });
    assert.deepEqual(
      br.calls.map(({ args }) => args[0]),
      ["show"],
    );
  });
});
