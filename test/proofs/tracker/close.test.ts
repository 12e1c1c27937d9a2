import * as assert from "node:assert/strict";
import * as path from "node:path";
import { closeBead } from "../../../src/tracker/close";
import { eventually } from "../../support/eventually";
import { printing, StandInBr } from "../../support/standInBr";
import { TempFolder } from "../../support/tempFolder";

describe("Closing a bead", () => {
  let folder: TempFolder;
  let br: StandInBr;

  beforeEach(() => {
    folder = new TempFolder("close");
    br = new StandInBr(folder.path);
  });
  afterEach(() => {
    folder.remove();
  });

  const close = (beadId: string, reason = "done") =>
    closeBead({ program: br.program, projectFolder: folder.path }, beadId, reason);
  /** The bead is there, and `br close` does that. */
  const whenOpen = (closing: string, beadId = "bd-1"): void => {
    const shown = printing([{ id: beadId, status: "open" }]);
    br.does(`if [ "$1" = show ]; then\n${shown}else\n${closing}\nfi`);
  };
  const closed = (beadId = "bd-1"): string => printing([{ id: beadId, title: "T", status: "closed" }]);
  const callsOf = (verb: string): (readonly string[])[] =>
    br.calls.map(({ args }) => args).filter(([first]) => first === verb);

  it("runs br in the project's folder", async () => {
    whenOpen(closed());
    assert.deepEqual(await close("bd-1", "it works"), { kind: "closed" });
    assert.deepEqual(callsOf("close"), [["close", "--json", "--reason=it works", "--", "bd-1"]]);
    assert.ok(br.calls.every(({ cwd }) => cwd === folder.path));
  });

  it("is done also when br prints more than the list", async () => {
    const remark = { code: "WORKFLOW_CAPACITY", message: "over capacity" };
    whenOpen(printing({ closed: [{ id: "bd-1", status: "closed" }], warnings: [remark] }));
    assert.deepEqual(await close("bd-1"), { kind: "closed" });
  });

  it("says that the file stayed behind, which br prints on stderr, ending with exit code 0", async () => {
    const warning = {
      code: "AUTO_FLUSH_FAILED",
      message: "Mutation succeeded, but automatic JSONL export failed.",
      jsonl_path: "/p/.beads/issues.jsonl",
      error: "I/O error: Operation not permitted (os error 1)",
      recovery: "Run br sync --flush-only after fixing the export problem",
    };
    whenOpen(`${closed()}(${printing({ warning })}) >&2`);
    assert.deepEqual(await close("bd-1"), { kind: "closed-file-behind", message: warning.error });
  });

  it("hands over hostile text as it is, none of it as an option", async () => {
    for (const text of ["--force", "-f", "$(touch x)", "; rm -rf /", "a\"b'c", "two\nlines", "é 🦀", "--", "=x"]) {
      whenOpen(closed(text), text);
      assert.deepEqual(await close(text, text), { kind: "closed" }, text);
      assert.deepEqual(callsOf("close").at(-1), ["close", "--json", `--reason=${text}`, "--", text]);
      assert.deepEqual(callsOf("show").at(-1), ["show", "--json", "--", text]);
    }
  });

  it("leaves out a blank reason", async () => {
    whenOpen(closed());
    await close("bd-1", " \n");
    assert.deepEqual(callsOf("close"), [["close", "--json", "--", "bd-1"]]);
  });

  it("never closes another bead that br takes the id for", async () => {
    br.does(printing([{ id: "bd-1a2b", status: "open" }]));
    assert.deepEqual(await close("bd-1"), { kind: "no-such-bead" });
    assert.deepEqual(callsOf("close"), []);
  });

  it("never closes the bead that br touched last", async () => {
    for (const id of ["", " "]) assert.deepEqual(await close(id), { kind: "no-such-bead" });
    assert.deepEqual(br.calls, []);
  });

  it("runs nothing for what can't be an argument", async () => {
    assert.deepEqual(await close("bd-1\0"), { kind: "invalid-text" });
    assert.deepEqual(await close("bd-1", "\0"), { kind: "invalid-text" });
    assert.deepEqual(await close("bd-1", "x".repeat(1_000_000)), { kind: "invalid-text" });
    assert.deepEqual(br.calls, []);
  });

  it("says that the bead is closed already, also when another process closed it first", async () => {
    br.does(printing([{ id: "bd-1", status: "closed" }]));
    assert.deepEqual(await close("bd-1"), { kind: "already-closed" });
    whenOpen(`${printing({ closed: [], skipped: [{ id: "bd-1", reason: "already closed" }] })}exit 3`);
    assert.deepEqual(await close("bd-1"), { kind: "already-closed" });
  });

  it("says why br refused", async () => {
    const skipped = printing({ closed: [], skipped: [{ id: "bd-1", reason: "blocked by: bd-2" }] });
    const error = (message: string): string => printing({ error: { code: "CODE", message } });
    whenOpen(`${skipped}${error("all skipped")}exit 3`);
    assert.deepEqual(await close("bd-1"), { kind: "refused", message: "blocked by: bd-2" });
    whenOpen(`${error("not by yourself")}exit 4`);
    assert.deepEqual(await close("bd-1"), { kind: "refused", message: "not by yourself" });
  });

  it("says that there is no such bead, as br's error document does", async () => {
    const error = { code: "ISSUE_NOT_FOUND", message: "Issue not found: bd-1" };
    br.does(`${printing({ error })}exit 3`);
    assert.deepEqual(await close("bd-1"), { kind: "no-such-bead" });
    br.does(`{ ${printing({ error })}} >&2; exit 3`);
    assert.deepEqual(await close("bd-1"), { kind: "no-such-bead" });
  });

  it("doesn't say that it is closed when br says something else", async () => {
    for (const printed of ["Closed bd-1", [], {}, [{ id: "bd-2" }], { closed: [] }]) {
      whenOpen(printing(printed));
      assert.deepEqual(await close("bd-1"), { kind: "unknown", cause: "bad-output" });
    }
  });

  it("doesn't know how it ended when br was ended", async () => {
    whenOpen("exec sleep 30");
    const abort = new AbortController();
    const options = { program: br.program, projectFolder: folder.path, signal: abort.signal };
    const closing = closeBead(options, "bd-1", "done");
    await eventually(() => {
      assert.equal(callsOf("close").length, 1);
    });
    abort.abort();
    assert.deepEqual(await closing, { kind: "unknown", cause: "aborted" });
    whenOpen("kill -KILL $$");
    assert.deepEqual(await close("bd-1"), { kind: "unknown", cause: "killed" });
  });

  it("says when there is no br", async () => {
    const options = { program: path.join(folder.path, "none"), projectFolder: folder.path };
    assert.deepEqual(await closeBead(options, "bd-1", "done"), { kind: "no-br" });
  });
});
