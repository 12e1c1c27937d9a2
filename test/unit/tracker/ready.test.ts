import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { askReady, decodeReady, keepSame, type ReadyState } from "../../../src/tracker/ready";
import { projectRoot } from "../../support/project";
import { printing, StandInBr } from "../../support/standInBr";
import { TempFolder } from "../../support/tempFolder";

const recorded = fs.readFileSync(path.join(projectRoot, "test/fixtures/br/ready.json"), "utf8");
const ids = (state: ReadyState | undefined): string[] => {
  assert.ok(state?.kind === "ready", JSON.stringify(state));
  return state.beads.map(({ id }) => id);
};

describe("The list of ready beads", () => {
  let folder: TempFolder;
  let br: StandInBr;

  beforeEach(() => {
    folder = new TempFolder("ready");
    br = new StandInBr(folder.path);
  });
  afterEach(() => {
    folder.remove();
  });

  const ask = (options: { program?: string; projectFolder?: string; signal?: AbortSignal } = {}) =>
    askReady({ program: br.program, projectFolder: folder.path, ...options }, { mayImport: false });

  it("is what br printed, in its order", () => {
    assert.deepEqual(ids(decodeReady(recorded)), ["atlas-rdz", "atlas-0lh", "atlas-h49", "atlas-tm7"]);
    assert.deepEqual(ids(decodeReady("[]")), []);
  });

  it("is asked for in the project's folder, in a way that writes nothing", async () => {
    br.does(printing(recorded));
    assert.equal(ids(await ask()).length, 4);
    const args = ["ready", "--json", "--limit", "0", "--no-auto-import", "--no-auto-flush"];
    assert.deepEqual(br.calls, [{ args, cwd: folder.path }]);
  });

  it("leaves out entries that are no beads, unless nothing is left", () => {
    assert.deepEqual(ids(decodeReady('[{"id":"a"},7,{"title":"x"}]')), ["a"]);
    assert.deepEqual(decodeReady('[7,{"title":"x"}]'), { kind: "bad-output" });
  });

  it("is never taken for empty when br printed something else", () => {
    for (const printed of ["", "null", "{}", "No ready work", "[", '"[]"']) {
      assert.deepEqual(decodeReady(printed), { kind: "bad-output" }, printed);
    }
  });

  it("may be missing for want of a program, or of the folder", async () => {
    assert.deepEqual(await ask({ program: "no-such-program-here" }), { kind: "no-br" });
    assert.deepEqual(await ask({ projectFolder: path.join(folder.path, "gone") }), { kind: "no-project" });
  });

  it("may be refused, in br's words", async () => {
    const error = { error: { code: "NOT_INITIALIZED", message: "Beads not initialized", hint: null } };
    br.does(`${printing(error)} exit 2`);
    assert.deepEqual(await ask(), { kind: "refused", message: "Beads not initialized" });
    br.does("echo error: unexpected argument >&2; exit 2");
    assert.deepEqual(await ask(), { kind: "refused", message: "error: unexpected argument" });
  });

  it("isn't asked of a br that can only import first, unless that is wanted", async () => {
    const refusal = "error: unexpected argument '--no-auto-import' found";
    br.does(`case "$*" in *--no-auto-import*) echo "${refusal}" >&2; exit 2;; esac\n${printing(recorded)}`);
    assert.deepEqual(await ask(), { kind: "would-import" });
    assert.equal(br.calls.length, 1);
    const options = { program: br.program, projectFolder: folder.path };
    assert.equal(ids(await askReady(options, { mayImport: true })).length, 4);
  });

  it("may take too long", async () => {
    br.does("exec sleep 30");
    const options = { program: br.program, projectFolder: folder.path };
    assert.deepEqual(await askReady(options, { mayImport: false, timeoutMs: 50 }), { kind: "timed-out" });
  });

  it("isn't known when the question was taken back", async () => {
    br.does("exec sleep 30");
    assert.equal(await ask({ signal: AbortSignal.timeout(50) }), undefined);
  });

  it("keeps the objects of what didn't change", () => {
    const list = (...beads: readonly object[]) => decodeReady(JSON.stringify(beads));
    const before = list({ id: "a" }, { id: "b", title: "x" });
    assert.equal(keepSame(before, list({ id: "a" }, { id: "b", title: "x" })), before);
    const after = keepSame(before, list({ id: "b", title: "y" }, { id: "a" }));
    assert.ok(after.kind === "ready" && before.kind === "ready");
    assert.deepEqual(ids(after), ["b", "a"]);
    assert.equal(after.beads[1], before.beads[0]);
    assert.notEqual(after.beads[0], before.beads[1]);
    for (const other of [{ kind: "no-br" }, { kind: "refused", message: "x" }] as const) {
      assert.equal(keepSame(before, other), other);
      assert.equal(keepSame(other, { ...other }), other);
    }
    assert.deepEqual(keepSame({ kind: "refused", message: "x" }, { kind: "refused", message: "y" }), {
      kind: "refused",
      message: "y",
    });
  });
});
