import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { findProject } from "../../../src/tracker/project";
import { Tracker, type TrackerState } from "../../../src/tracker/tracker";
import type { Disposable } from "../../../src/util/event";
import { eventually } from "../../support/eventually";
import { printing, StandInBr } from "../../support/standInBr";
import { TempFolder } from "../../support/tempFolder";

describe("A followed tracker", () => {
  let root: TempFolder;
  let br: StandInBr;
  let tracker: Tracker;
  let failures: unknown[];
  let asked: number;

  beforeEach(() => {
    root = new TempFolder("tracker");
    br = new StandInBr(root.path);
    br.does("echo []");
    failures = [];
    asked = 0;
    // The poll is left out: what these tests see came from the watcher, or from a request.
    tracker = start({ pollMs: 3_600_000 });
  });
  afterEach(() => {
    tracker.dispose();
    root.remove();
    assert.deepEqual(failures, []);
  });

  function start(times: { pollMs: number; readyLastsMs?: number }): Tracker {
    return new Tracker({
      findProject: (sessionName) => {
        asked++;
        const workspaceFolders = fs.readdirSync(root.path).map((name) => ({ name, path: path.join(root.path, name) }));
        return findProject({
          sessionName,
          projectName: sessionName,
          manifestFolder: () => undefined,
          workspaceFolders,
        });
      },
      brProgram: () => br.program,
      onFailure: (error) => failures.push(error),
      ...times,
    });
  }

  const make = (session: string): void => {
    fs.mkdirSync(path.join(root.path, session, ".beads"), { recursive: true });
  };
  const write = (session: string, ...ids: readonly string[]): void => {
    const file = path.join(root.path, session, ".beads", "issues.jsonl");
    fs.writeFileSync(`${file}.tmp`, ids.map((id) => `${JSON.stringify({ id })}\n`).join(""));
    fs.renameSync(`${file}.tmp`, file);
  };
  const ids = (): string[] | undefined => {
    const { issues } = tracker.current;
    return issues?.kind === "read" ? [...issues.issues.keys()] : undefined;
  };
  const shows = (...expected: readonly string[]): Promise<void> =>
    eventually(() => {
      assert.deepEqual(ids(), expected);
    });
  const readyIs = (kind: string): Promise<void> =>
    eventually(() => {
      assert.equal(tracker.current.ready?.kind, kind);
    });
  const follow = (wantsReady = false): Disposable => tracker.follow({ wantsReady });

  describe("that is redirected", () => {
    const redirect = (session: string): void => {
      fs.writeFileSync(path.join(root.path, session, ".beads", "redirect"), "../../other/.beads\n");
    };
    const whereIs = (folder: string): string => path.join(root.path, folder, ".beads");

    it("is read where br says that it is, and followed there", async () => {
      make("s");
      make("other");
      write("s", "stale");
      write("other", "a");
      redirect("s");
      const said = { path: whereIs("other"), jsonl_path: path.join(whereIs("other"), "issues.jsonl"), prefix: "x" };
      br.does(printing(said));
      tracker.setSession("s");
      follow();
      await shows("a");
      assert.deepEqual(
        br.calls.map(({ args }) => args),
        [["where", "--json"]],
      );
      write("other", "a", "b");
      await shows("a", "b");
      assert.equal(br.calls.length, 1, "it is asked once");
    });

    it("isn't known while br can't say where, whatever file is in the project", async () => {
      make("s");
      write("s", "stale");
      redirect("s");
      for (const script of ["exit 1", "echo no json", "echo '[]'", printing({ path: "a", jsonl_path: "b" })]) {
        br.does(script);
        tracker.setSession("s");
        const following = follow();
        await eventually(() => {
          assert.equal(tracker.current.project?.kind, "found");
        });
        assert.deepEqual([ids(), tracker.current.mayLag], [undefined, true], script);
        following.dispose();
        tracker.setSession(undefined);
      }
    });

    it("is looked for again when the redirect is gone", async () => {
      make("s");
      write("s", "own");
      redirect("s");
      br.does("exit 1");
      tracker.setSession("s");
      follow();
      await eventually(() => {
        assert.equal(tracker.current.project?.kind, "found");
      });
      assert.equal(ids(), undefined);
      fs.rmSync(path.join(whereIs("s"), "redirect"));
      await tracker.refresh();
      assert.deepEqual([ids(), tracker.current.mayLag], [["own"], false]);
    });
  });

  describe("of a project that is a linked worktree, or has no folder of its own", () => {
    const inMain = (): object => {
      const folder = path.join(root.path, "main", ".beads");
      return { path: folder, jsonl_path: path.join(folder, "issues.jsonl"), prefix: "x" };
    };

    beforeEach(() => {
      make("main");
      write("main", "a");
    });

    it("is read where br says that it is, not where an old copy is checked out", async () => {
      make("tree");
      write("tree", "stale");
      fs.writeFileSync(path.join(root.path, "tree", ".git"), "gitdir: ../main/.git/worktrees/tree\n");
      br.does(printing(inMain()));
      tracker.setSession("tree");
      follow();
      await shows("a");
      assert.equal(tracker.current.mayLag, false);
    });

    it("is found by br alone, which is asked once, and runs in the project", async () => {
      fs.mkdirSync(path.join(root.path, "plain"));
      br.does(`case "$1" in where) ${printing(inMain())};; *) echo '[{"id":"a"}]';; esac`);
      tracker.setSession("plain");
      follow(true);
      await shows("a");
      await readyIs("ready");
      write("main", "a", "b");
      await shows("a", "b");
      assert.equal((await tracker.readyBeads()).kind, "ready");
      assert.equal(br.calls.filter(({ args }) => args[0] === "where").length, 1);
      assert.deepEqual([...new Set(br.calls.map(({ cwd }) => cwd))], [path.join(root.path, "plain")]);
    });

    it("is none where br knows none", async () => {
      fs.mkdirSync(path.join(root.path, "plain"));
      br.does("exit 2");
      tracker.setSession("plain");
      follow(true);
      await readyIs("no-beads-folder");
      assert.equal((await tracker.close("plain", "a", "done")).kind, "no-beads-folder");
      make("plain");
      write("plain", "own");
      await tracker.refresh();
      assert.deepEqual(ids(), ["own"]);
    });
  });

  it("asks a br that imports first only when told to, also after a refresh that asked nothing", async () => {
    make("s");
    br.does('case "$*" in *--no-auto-import*) echo "unexpected argument --no-auto-import" >&2; exit 2;; esac\necho []');
    tracker.setSession("s");
    const hidden = follow();
    await tracker.refresh({ mayImport: true });
    assert.deepEqual(br.calls, []);
    follow(true);
    await readyIs("would-import");
    await tracker.refresh({ mayImport: true });
    await readyIs("ready");
    await tracker.refresh();
    await readyIs("would-import");
    hidden.dispose();
  });

  it("may be out of date where the tracker keeps a Dolt database, and is found under another name", async () => {
    make("s");
    write("s", "a");
    const metadata = path.join(root.path, "s", ".beads", "metadata.json");
    fs.writeFileSync(metadata, JSON.stringify({ database: "dolt" }));
    tracker.setSession("s");
    follow();
    await shows("a");
    assert.equal(tracker.current.mayLag, true);
    assert.deepEqual(br.calls, []);
    fs.writeFileSync(metadata, JSON.stringify({ jsonl_export: "beads.jsonl" }));
    const other = path.join(root.path, "s", ".beads", "beads.jsonl");
    fs.writeFileSync(other, '{"id":"b"}\n');
    br.does(printing({ path: path.dirname(other), jsonl_path: other }));
    await tracker.refresh();
    assert.deepEqual([ids(), tracker.current.mayLag], [["b"], false]);
  });

  it("reads nothing, and doesn't run br, before the first follower", async () => {
    make("s");
    tracker.setSession("s");
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(asked, 0);
    follow();
    await eventually(() => {
      assert.deepEqual(tracker.current.issues, { kind: "absent" });
    });
    assert.deepEqual(br.calls, []);
  });

  it("shows what is written, as soon as it is", async () => {
    make("s");
    write("s", "a");
    tracker.setSession("s");
    follow();
    await shows("a");
    const before = tracker.current;
    const changes: TrackerState[] = [];
    tracker.onDidChange((state) => changes.push(state));
    write("s", "a", "b");
    await shows("a", "b");
    assert.equal(changes[0], before);
    assert.ok(before.issues?.kind === "read" && tracker.current.issues?.kind === "read");
    assert.equal(tracker.current.issues.issues.get("a"), before.issues.issues.get("a"));
  });

  it("finds the tracker when it is made later", async () => {
    fs.mkdirSync(path.join(root.path, "s"));
    tracker.setSession("s");
    follow(true);
    await readyIs("no-beads-folder");
    make("s");
    write("s", "a");
    await shows("a");
    await readyIs("ready");
  });

  it("says that there is no project", async () => {
    tracker.setSession("s");
    follow(true);
    await readyIs("no-project");
    assert.deepEqual(br.calls, []);
  });

  it("drops one session's project at once when it follows another", async () => {
    for (const session of ["s", "t"]) {
      make(session);
      write(session, `of-${session}`);
    }
    tracker.setSession("s");
    follow(true);
    await shows("of-s");
    await readyIs("ready");
    tracker.setSession("t");
    assert.deepEqual(tracker.current, {
      sessionName: "t",
      project: undefined,
      issues: undefined,
      mayLag: false,
      ready: undefined,
    });
    await shows("of-t");
    write("s", "late");
    write("t", "x");
    await shows("x");
  });

  it("asks br when the list is wanted, and again when the file's content changed", async () => {
    make("s");
    write("s", "a");
    tracker.setSession("s");
    follow();
    await shows("a");
    assert.deepEqual(br.calls, []);
    br.does(printing([{ id: "a" }]));
    follow(true);
    await readyIs("ready");
    const before = tracker.current.ready;
    write("s", "a");
    await tracker.refresh();
    assert.equal(tracker.current.ready, before);
    br.does(printing([{ id: "b" }]));
    write("s", "a", "b");
    await eventually(() => {
      const { ready } = tracker.current;
      assert.deepEqual(ready?.kind === "ready" ? ready.beads.map(({ id }) => id) : ready, ["b"]);
    });
  });

  it("doesn't ask br for a file that was only rewritten", async () => {
    make("s");
    write("s", "a");
    tracker.setSession("s");
    follow(true);
    await readyIs("ready");
    const calls = br.calls.length;
    // As a `br ready` that writes the file out would do.
    write("s", "a");
    write("s", "a");
    write("s", "a", "b");
    await eventually(() => {
      assert.ok(br.calls.length > calls);
    });
    assert.equal(br.calls.length, calls + 1);
  });

  it("never asks twice at once, and never shows the answer of another session", async () => {
    for (const session of ["s", "t"]) make(session);
    const busy = path.join(root.path, "busy");
    // The trap comes first: the question may be aborted as soon as the folder is seen.
    br.does(`trap "rmdir '${busy}'; kill \\$child 2> /dev/null; exit" TERM
      mkdir '${busy}' || exit 9
      case "$PWD" in */s) sleep 30 > /dev/null 2>&1 & child=$!; wait;; esac
      rmdir '${busy}'
      printf '[{"id":"%s"}]' "$PWD"`);
    const shown: unknown[] = [];
    tracker.onDidChange(() => shown.push(tracker.current.ready));
    tracker.setSession("s");
    follow(true);
    await eventually(() => {
      assert.ok(fs.existsSync(busy));
    });
    tracker.setSession("t");
    await readyIs("ready");
    const last = shown.at(-1);
    assert.deepEqual(
      shown.filter((ready) => ready !== undefined),
      [last],
    );
    assert.match(JSON.stringify(last), /\/t"/);
  });

  it("asks again after a while, for a bead may become ready by time alone", async () => {
    make("s");
    tracker.dispose();
    tracker = start({ pollMs: 20, readyLastsMs: 40 });
    tracker.setSession("s");
    follow(true);
    await readyIs("ready");
    br.does("exit 1");
    await readyIs("refused");
  });

  it("finds by polling what no watcher reports", async () => {
    tracker.dispose();
    tracker = start({ pollMs: 20 });
    tracker.setSession("s");
    follow();
    await eventually(() => {
      assert.deepEqual(tracker.current.project, { kind: "no-project" });
    });
    make("s");
    write("s", "a");
    await shows("a");
  });

  it("stops after the last follower, and continues with the next one", async () => {
    make("s");
    write("s", "a");
    tracker.setSession("s");
    const followers = [follow(), follow(true)];
    await readyIs("ready");
    for (const follower of followers) follower.dispose();
    const before = [asked, br.calls.length];
    write("s", "b");
    await new Promise((resolve) => {
      fs.stat(root.path, resolve);
    });
    assert.deepEqual([asked, br.calls.length], before);
    follow();
    await shows("b");
  });

  it("closes a bead in the session's project, and reads the result", async () => {
    assert.deepEqual(await tracker.close("s", "a", "done"), { kind: "no-project" });
    make("s");
    write("s", "a");
    tracker.setSession("s");
    follow();
    await shows("a");
    const shown = printing([{ id: "a", status: "open" }]);
    br.does(`if [ "$1" = show ]; then\n${shown}else\n: > .beads/issues.jsonl\n${printing([{ id: "a" }])}fi`);
    assert.deepEqual(await tracker.close("s", "a", "done"), { kind: "closed" });
    await shows();
  });

  it("reports a failure that no caller waited for", async () => {
    tracker.dispose();
    tracker = new Tracker({
      findProject: () => Promise.reject(new Error("broken")),
      brProgram: () => br.program,
      onFailure: (error) => failures.push(error),
    });
    tracker.setSession("s");
    follow();
    await eventually(() => {
      assert.match(String(failures), /broken/);
    });
    failures = [];
  });
});
