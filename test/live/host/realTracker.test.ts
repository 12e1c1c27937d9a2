// Where the real tracker is, and what it says there. Everything is made by `br` and `git`.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { closeBead } from "../../../src/tracker/close";
import { findProject } from "../../../src/tracker/project";
import { Tracker } from "../../../src/tracker/tracker";
import type { Disposable } from "../../../src/util/event";
import { eventually } from "../../support/eventually";
import { TempFolder } from "../../support/tempFolder";
import { missingPrograms, searchPath } from "../realSwarm";

const missing = missingPrograms("br", "git");
const isSkipped = missing.length > 0;
const reason = isSkipped ? ` (skipped: not on the path: ${missing.join(", ")})` : "";
const timeoutMs = 60_000;

(isSkipped ? describe.skip : describe)(`The real tracker${reason}`, function () {
  this.timeout(timeoutMs);
  const pathBefore = process.env["PATH"];
  let root: TempFolder;
  let tracker: Tracker;
  let following: Disposable;
  let failures: unknown[];

  before(() => (process.env["PATH"] = searchPath()));
  after(() => (process.env["PATH"] = pathBefore));

  beforeEach(() => {
    root = new TempFolder("real-tracker");
    failures = [];
    tracker = new Tracker({
      findProject: (sessionName) =>
        findProject({
          sessionName,
          projectName: sessionName,
          manifestFolder: (name) => folderOf(name),
          workspaceFolders: [],
        }),
      brProgram: () => "br",
      onFailure: (error) => failures.push(error),
    });
    following = tracker.follow({ wantsReady: true });
    project("main");
    create("main", "One");
  });

  afterEach(() => {
    following.dispose();
    tracker.dispose();
    root.remove();
    for (const name of ["BEADS_DIR", "BEADS_JSONL"]) Reflect.deleteProperty(process.env, name);
    assert.deepEqual(failures, []);
  });

  const folderOf = (name: string): string => path.join(root.path, name);
  const beadsOf = (name: string, file = ""): string => path.join(folderOf(name), ".beads", file);

  function run(name: string, program: string, ...args: readonly string[]): string {
    const stdio = ["ignore", "pipe", "pipe"] as const;
    return execFileSync(program, args, {
      cwd: folderOf(name),
      encoding: "utf8",
      stdio: [...stdio],
      timeout: timeoutMs,
    });
  }

  /** A project with a tracker. */
  function project(name: string): void {
    fs.mkdirSync(folderOf(name));
    run(name, "git", "init", "-q", ".");
    run(name, "br", "init");
  }

  /** @returns the ID of the new bead */
  function create(name: string, title: string, ...flags: readonly string[]): string {
    return (JSON.parse(run(name, "br", "create", title, "--json", ...flags)) as { readonly id: string }).id;
  }

  /** The titles in the file, in its order, and those that are ready. */
  async function shows(titles: readonly string[] | undefined, ready: readonly string[] | string): Promise<void> {
    await eventually(() => {
      const { issues, ready: state } = tracker.current;
      const read = issues?.kind === "read" ? [...issues.issues.values()].map(({ title }) => title) : undefined;
      const list = state?.kind === "ready" ? state.beads.map(({ title }) => title).sort() : state?.kind;
      assert.deepEqual([read?.sort(), list], [titles, ready]);
    }, timeoutMs / 2);
  }

  it("is the project's own, in which beads come and go", async () => {
    tracker.setSession("main");
    await shows(["One"], ["One"]);
    const two = create("main", "Two");
    await shows(["One", "Two"], ["One", "Two"]);
    assert.equal((await tracker.close("main", two, "done")).kind, "closed");
    await shows(["One", "Two"], ["One"]);
    assert.equal((await tracker.close("main", two, "done")).kind, "already-closed");
    assert.equal(tracker.current.file, beadsOf("main", "issues.jsonl"));
    assert.equal(tracker.current.mayLag, false);
  });

  it("keeps beads of every status, and of one that it deleted a tombstone", async () => {
    const ids = ["Later", "Gone"].map((title) => create("main", title));
    run("main", "br", "update", ids[0]!, "--status", "deferred");
    run("main", "br", "delete", ids[1]!, "--force");
    tracker.setSession("main");
    await eventually(() => {
      const { issues } = tracker.current;
      assert.ok(issues?.kind === "read");
      assert.deepEqual(
        ids.map((id) => issues.issues.get(id)?.status),
        ["deferred", "tombstone"],
      );
    });
    assert.equal((await tracker.readyBeads()).kind, "ready");
  });

  it("is found through a redirect, and isn't known where that leads nowhere", async () => {
    for (const [name, target] of [
      ["moved", "../../main/.beads"],
      ["lost", "../../nowhere/.beads"],
    ] as const) {
      project(name);
      create(name, "Stale");
      fs.writeFileSync(beadsOf(name, "redirect"), target);
    }
    tracker.setSession("moved");
    await shows(["One"], ["One"]);
    assert.equal(tracker.current.file, beadsOf("main", "issues.jsonl"));
    tracker.setSession("lost");
    await shows(undefined, "refused");
    const { ready, mayLag } = tracker.current;
    assert.match(ready?.kind === "refused" ? ready.message : "", /Redirect target not found/);
    assert.equal(mayLag, true);
  });

  it("of a linked worktree is that of the main one, not the copy that is checked out", async () => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"];
    run("main", "git", "add", ".");
    run("main", "git", ...identity, "commit", "-q", "-m", "x");
    run("main", "git", "worktree", "add", "-q", folderOf("tree"));
    create("main", "Two");
    tracker.setSession("tree");
    await shows(["One", "Two"], ["One", "Two"]);
    assert.ok(fs.readFileSync(beadsOf("tree", "issues.jsonl"), "utf8").includes("One"), "there is a copy");
  });

  it("is found above a project without a folder of its own; where there is none, it is missing, not empty", async () => {
    fs.mkdirSync(folderOf("main/part"));
    fs.mkdirSync(folderOf("bare"));
    tracker.setSession("main/part");
    await shows(["One"], ["One"]);
    tracker.setSession("bare");
    await shows(undefined, "no-beads-folder");
  });

  it("is moved by variables of the environment, and by another name of its file", async () => {
    project("other");
    create("other", "Other");
    process.env["BEADS_DIR"] = beadsOf("other");
    tracker.setSession("main");
    await shows(["Other"], ["Other"]);
    delete process.env["BEADS_DIR"];
    await tracker.refresh();
    await shows(["One"], ["One"]);
    const metadata = JSON.parse(fs.readFileSync(beadsOf("main", "metadata.json"), "utf8")) as object;
    fs.writeFileSync(beadsOf("main", "metadata.json"), JSON.stringify({ ...metadata, jsonl_export: "beads.jsonl" }));
    create("main", "Two");
    await tracker.refresh();
    await shows(["One", "Two"], ["One", "Two"]);
    assert.equal(tracker.current.file, beadsOf("main", "beads.jsonl"));
  });

  it("lists what is ready although its file stayed behind", async () => {
    create("main", "Two", "--no-auto-flush");
    tracker.setSession("main");
    await shows(["One"], ["One", "Two"]);
  });

  it("is never changed by asking, also where the file has beads that the database hasn't", async () => {
    const file = beadsOf("main", "issues.jsonl");
    const [line = ""] = fs.readFileSync(file, "utf8").split("\n");
    fs.appendFileSync(file, `${line.replace(/"id":"[^"]*"/, '"id":"main-new"').replace("One", "New")}\n`);
    const before = fs.readFileSync(file);
    const listed = (): string => run("main", "br", "list", "--json", "--no-auto-import", "--no-auto-flush");
    const database = listed();
    tracker.setSession("main");
    await shows(["New", "One"], ["One"]);
    assert.ok(fs.readFileSync(file).equals(before));
    assert.equal(listed(), database);
  });

  it("refuses to close what is blocked, in its own words, and says when there is no such bead", async () => {
    const [base, dependent] = [create("main", "Base"), create("main", "Dependent")];
    run("main", "br", "dep", "add", dependent, base);
    const br = { program: "br", projectFolder: folderOf("main") };
    const refused = await closeBead(br, dependent, "done");
    assert.match(refused.kind === "refused" ? refused.message : refused.kind, new RegExp(`blocked by: ${base}`));
    assert.equal((await closeBead(br, "main-none", "done")).kind, "no-such-bead");
    assert.equal((await closeBead(br, base, "done")).kind, "closed");
  });
});
