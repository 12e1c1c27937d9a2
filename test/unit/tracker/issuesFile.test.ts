import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import type { Issue } from "../../../src/tracker/issue";
import { IssuesFile, maxFileBytes, maxLineBytes } from "../../../src/tracker/issuesFile";
import { openDescriptors } from "../../support/openDescriptors";
import { projectRoot } from "../../support/project";
import { TempFolder } from "../../support/tempFolder";
import { unprivileged } from "../../support/unprivileged";

describe("The tracker's file", () => {
  let folder: TempFolder;
  let file: IssuesFile;

  beforeEach(() => {
    folder = new TempFolder("issues");
    file = new IssuesFile(path.join(folder.path, "issues.jsonl"));
  });
  afterEach(() => {
    folder.remove();
  });

  const write = (...lines: readonly (string | object)[]): void => {
    const texts = lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`);
    put(texts.join(""));
  };
  /** As `br` does: by a temporary file and a rename. */
  const put = (content: string | Uint8Array): void => {
    fs.writeFileSync(`${file.path}.tmp`, content);
    fs.renameSync(`${file.path}.tmp`, file.path);
  };
  const read = async () => {
    const state = await file.read();
    assert.ok(state.kind === "read", JSON.stringify(state));
    return state;
  };
  const issues = async (): Promise<Issue[]> => [...(await read()).issues.values()];
  const ids = async (): Promise<string[]> => [...(await read()).issues.keys()];

  it("is read as br wrote it", async () => {
    fs.copyFileSync(path.join(projectRoot, "test/fixtures/br/issues.jsonl"), file.path);
    const { issues, badLines, isTorn } = await read();
    assert.deepEqual([issues.size, badLines, isTorn], [7, 0, false]);
    assert.deepEqual(issues.get("atlas-tm7"), {
      id: "atlas-tm7",
      title: "Sixth",
      status: "closed",
      assignee: undefined,
      priority: 2,
      issue_type: "task",
      labels: [],
      dependencies: [],
      updated_at: "2026-11-24T09:26:32.369615098Z",
      closed_at: "2026-11-24T09:26:32.368963603Z",
      close_reason: "done here",
    });
    assert.deepEqual(issues.get("atlas-4nn")?.dependencies, [{ depends_on_id: "atlas-0lh", type: "blocks" }]);
  });

  it("gives each bad line up alone, and counts them", async () => {
    write({ id: "a" }, "<<<<<<< HEAD", "", "null", "[1]", { title: "no id" }, { id: "" }, { id: 7 }, { id: "b" });
    assert.deepEqual(await ids(), ["a", "b"]);
    assert.equal((await read()).badLines, 6);
  });

  it("gives each field of a wrong kind up alone", async () => {
    const dependencies = [{ depends_on_id: "b", type: "blocks" }, { type: "blocks" }, 7, { depends_on_id: "c" }];
    write({ id: "a", title: 7, status: [], priority: "P1", labels: ["x", 1], dependencies, assignee: null, later: {} });
    assert.deepEqual(await issues(), [
      {
        id: "a",
        title: "",
        status: "",
        priority: undefined,
        assignee: undefined,
        issue_type: undefined,
        labels: ["x"],
        dependencies: [
          { depends_on_id: "b", type: "blocks" },
          { depends_on_id: "c", type: "" },
        ],
        updated_at: undefined,
        closed_at: undefined,
        close_reason: undefined,
      },
    ]);
  });

  it("may end in the middle of a line, which is no bad one", async () => {
    put('{"id":"a"}\n{"id":"b","tit');
    const { badLines, isTorn } = await read();
    assert.deepEqual([await ids(), badLines, isTorn], [["a"], 0, true]);
  });

  it("may end without a newline", async () => {
    put('{"id":"a"}\n{"id":"b"}');
    assert.deepEqual([await ids(), (await read()).isTorn], [["a", "b"], false]);
  });

  it("counts the newer of two lines for one id", async () => {
    const line = (title: string, minute: string) => ({ id: "a", title, updated_at: `2026-11-24T09:${minute}:00Z` });
    write(line("older", "01"), line("newer", "03"), line("between", "02"));
    assert.deepEqual(
      (await issues()).map(({ title }) => title),
      ["newer"],
    );
  });

  it("holds ids that are names of an object's own things", async () => {
    write('{"id":"__proto__","title":"p"}', { id: "constructor" });
    assert.deepEqual(await ids(), ["__proto__", "constructor"]);
  });

  it("leaves out a line that is too long, and keeps what follows", async () => {
    write({ id: "a" }, { id: "b", title: "x".repeat(maxLineBytes) }, { id: "c" });
    assert.deepEqual([await ids(), (await read()).badLines], [["a", "c"], 1]);
  });

  it("is read the same however its lines meet the borders of what is read at once", async () => {
    const size = fc.nat({ max: 200_000 });
    await fc.assert(
      fc.asyncProperty(fc.array(size, { maxLength: 6 }), fc.boolean(), async (sizes, isTerminated) => {
        const lines = sizes.map((length, index) => JSON.stringify({ id: `i${index}`, title: "é".repeat(length / 2) }));
        put(lines.join("\n") + (isTerminated && lines.length > 0 ? "\n" : ""));
        assert.deepEqual(
          (await issues()).map(({ id, title }) => JSON.stringify({ id, title })),
          lines,
        );
      }),
      { numRuns: 30 },
    );
  });

  it("resolves with any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        put(bytes);
        await read();
      }),
      { numRuns: 50 },
    );
  });

  it("has a state of its own for everything that isn't a file to read", async () => {
    assert.deepEqual(await file.read(), { kind: "absent" });
    fs.mkdirSync(file.path);
    assert.deepEqual(await file.read(), { kind: "folder" });
    fs.rmdirSync(file.path);
    fs.symlinkSync("/etc/passwd", file.path);
    assert.deepEqual(await file.read(), { kind: "symlink" });
    fs.unlinkSync(file.path);
    execFileSync("mkfifo", [file.path]);
    assert.deepEqual(await file.read(), { kind: "special-file" });
    fs.unlinkSync(file.path);
    fs.writeFileSync(file.path, "");
    fs.truncateSync(file.path, maxFileBytes + 1);
    assert.deepEqual(await file.read(), { kind: "too-large", bytes: maxFileBytes + 1 });
    write({ id: "a" });
    assert.deepEqual(await ids(), ["a"]);
    assert.deepEqual(await new IssuesFile(path.join(file.path, "x")).read(), { kind: "absent" });
  });

  it("says why it can't be read, and is read once it can be", async () => {
    write({ id: "a" });
    fs.chmodSync(file.path, 0o000);
    await unprivileged(folder.path, async () => {
      assert.deepEqual(await file.read(), { kind: "unreadable", code: "EACCES" });
      fs.chmodSync(file.path, 0o600);
      assert.deepEqual(await ids(), ["a"]);
    });
  });

  describe("read again", () => {
    it("gives the same objects for what didn't change", async () => {
      write({ id: "a", labels: ["x"] }, { id: "b", title: "before" });
      const before = await read();
      write({ id: "a", labels: ["x"] }, { id: "b", title: "after" });
      const after = await read();
      assert.equal(after.issues.get("a"), before.issues.get("a"));
      assert.notEqual(after.issues.get("b"), before.issues.get("b"));
      assert.equal(after.issues.get("b")?.title, "after");
    });

    it("gives the same state for the same content, and for an untouched file", async () => {
      write({ id: "a" }, { id: "b" });
      const before = await file.read();
      assert.equal(await file.read(), before);
      write({ id: "a" }, { id: "b" });
      assert.equal(await file.read(), before);
      write({ id: "b" }, { id: "a" });
      assert.deepEqual(await ids(), ["b", "a"]);
    });

    it("sees every change of a field that is shown", async () => {
      const text = fc.option(fc.constantFrom("", "x", "y"), { nil: undefined });
      const issue = fc.record({
        title: text,
        status: text,
        assignee: text,
        priority: fc.option(fc.nat({ max: 2 }), { nil: undefined }),
        issue_type: text,
        labels: fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }),
        dependencies: fc.array(
          fc.record({ depends_on_id: fc.constantFrom("b", "c"), type: fc.constantFrom("blocks", "related") }),
          { maxLength: 2 },
        ),
        updated_at: text,
        closed_at: text,
        close_reason: text,
      });
      await fc.assert(
        fc.asyncProperty(issue, issue, async (first, second) => {
          write({ id: "a", ...first });
          await file.read();
          write({ id: "a", ...second });
          const fresh = new IssuesFile(file.path);
          assert.deepEqual(await file.read(), await fresh.read());
        }),
        { numRuns: 60 },
      );
    });

    it("is whole although the file is replaced in the middle", async function () {
      const closed = openDescriptors();
      if (closed === undefined) this.skip();
      const generation = (title: string): string => {
        const lines = Array.from({ length: 20_000 }, (_, index) => JSON.stringify({ id: `i${index}`, title }));
        return `${lines.join("\n")}\n`;
      };
      put(generation("first"));
      const reading = file.read();
      while (openDescriptors() === closed) await new Promise((resolve) => setImmediate(resolve));
      put(generation("second"));
      const state = await reading;
      assert.ok(state.kind === "read");
      assert.deepEqual([...new Set([...state.issues.values()].map(({ title }) => title))], ["second"]);
    });
  });

  it("leaves the event loop to others while a large one is read", async () => {
    const filler = "x".repeat(450);
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      JSON.stringify({ id: `i${index}`, description: filler }),
    );
    put(lines.join("\n"));
    let turns = 0;
    let isOver = false;
    const count = (): void => {
      turns++;
      if (!isOver) setImmediate(count);
    };
    count();
    await read();
    isOver = true;
    assert.ok(turns > 50, `${turns} turns`);
  });
});
