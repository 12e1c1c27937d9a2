import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { Tracker, type TrackerState } from "../../../src/tracker/tracker";
import { eventually } from "../../support/eventually";
import { printing } from "../../support/standInBr";
import { TrackerStage } from "../../support/trackerStage";

describe("A followed tracker", () => {
  let stage: TrackerStage;
  beforeEach(() => (stage = new TrackerStage()));
  afterEach(() => {
    stage.end();
  });

  it("asks a br that imports first only when told to, also after a refresh that asked nothing", async () => {
    stage.make("s");
    stage.br.does(
      'case "$*" in *--no-auto-import*) echo "unexpected argument --no-auto-import" >&2; exit 2;; esac\necho []',
    );
    stage.tracker.setSession("s");
    const hidden = stage.follow();
    await stage.tracker.refresh({ mayImport: true });
    assert.deepEqual(stage.br.calls, []);
    stage.follow(true);
    await stage.readyIs("would-import");
    await stage.tracker.refresh({ mayImport: true });
    await stage.readyIs("ready");
    await stage.tracker.refresh();
    await stage.readyIs("would-import");
    hidden.dispose();
  });

  it("reads nothing, and doesn't run br, before the first follower", async () => {
    stage.make("s");
    stage.tracker.setSession("s");
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(stage.asked, 0);
    stage.follow();
    await eventually(() => {
      assert.deepEqual(stage.tracker.current.issues, { kind: "absent" });
    });
    assert.deepEqual(stage.br.calls, []);
  });

  it("shows what is written, as soon as it is", async () => {
    stage.make("s");
    stage.write("s", "a");
    stage.tracker.setSession("s");
    stage.follow();
    await stage.shows("a");
    const before = stage.tracker.current;
    const changes: TrackerState[] = [];
    stage.tracker.onDidChange((state) => changes.push(state));
    stage.write("s", "a", "b");
    await stage.shows("a", "b");
    assert.equal(changes[0], before);
    assert.ok(before.issues?.kind === "read" && stage.tracker.current.issues?.kind === "read");
    assert.equal(stage.tracker.current.issues.issues.get("a"), before.issues.issues.get("a"));
  });

  it("finds the tracker when it is made later", async () => {
    fs.mkdirSync(path.join(stage.root.path, "s"));
    stage.tracker.setSession("s");
    stage.follow(true);
    await stage.readyIs("no-beads-folder");
    stage.make("s");
    stage.write("s", "a");
    await stage.shows("a");
    await stage.readyIs("ready");
  });

  it("says that there is no project", async () => {
    stage.tracker.setSession("s");
    stage.follow(true);
    await stage.readyIs("no-project");
    assert.deepEqual(stage.br.calls, []);
  });

  it("drops one session's project at once when it follows another", async () => {
    for (const session of ["s", "t"]) {
      stage.make(session);
      stage.write(session, `of-${session}`);
    }
    stage.tracker.setSession("s");
    stage.follow(true);
    await stage.shows("of-s");
    await stage.readyIs("ready");
    stage.tracker.setSession("t");
    assert.deepEqual(stage.tracker.current, {
      sessionName: "t",
      project: undefined,
      file: undefined,
      issues: undefined,
      mayLag: false,
      ready: undefined,
    });
    await stage.shows("of-t");
    stage.write("s", "late");
    stage.write("t", "x");
    await stage.shows("x");
  });

  it("asks br when the list is wanted, and again when the file's content changed", async () => {
    stage.make("s");
    stage.write("s", "a");
    stage.tracker.setSession("s");
    stage.follow();
    await stage.shows("a");
    assert.deepEqual(stage.br.calls, []);
    stage.br.does(printing([{ id: "a" }]));
    stage.follow(true);
    await stage.readyIs("ready");
    const before = stage.tracker.current.ready;
    stage.write("s", "a");
    await stage.tracker.refresh();
    assert.equal(stage.tracker.current.ready, before);
    stage.br.does(printing([{ id: "b" }]));
    stage.write("s", "a", "b");
    await eventually(() => {
      const { ready } = stage.tracker.current;
      assert.deepEqual(ready?.kind === "ready" ? ready.beads.map(({ id }) => id) : ready, ["b"]);
    });
  });

  it("doesn't ask br for a file that was only rewritten", async () => {
    stage.make("s");
    stage.write("s", "a");
    stage.tracker.setSession("s");
    stage.follow(true);
    await stage.readyIs("ready");
    const calls = stage.br.calls.length;
    // As a `br ready` that writes the file out would do.
    stage.write("s", "a");
    stage.write("s", "a");
    stage.write("s", "a", "b");
    await eventually(() => {
      assert.ok(stage.br.calls.length > calls);
    });
    assert.equal(stage.br.calls.length, calls + 1);
  });

  it("never asks twice at once, and never shows the answer of another session", async () => {
    for (const session of ["s", "t"]) stage.make(session);
    const busy = path.join(stage.root.path, "busy");
    // The trap comes first: the question may be aborted as soon as the folder is seen.
    stage.br.does(`trap "rmdir '${busy}'; kill \\$child 2> /dev/null; exit" TERM
      mkdir '${busy}' || exit 9
      case "$PWD" in */s) sleep 30 > /dev/null 2>&1 & child=$!; wait;; esac
      rmdir '${busy}'
      printf '[{"id":"%s"}]' "$PWD"`);
    const shown: unknown[] = [];
    stage.tracker.onDidChange(() => shown.push(stage.tracker.current.ready));
    stage.tracker.setSession("s");
    stage.follow(true);
    await eventually(() => {
      assert.ok(fs.existsSync(busy));
    });
    stage.tracker.setSession("t");
    await stage.readyIs("ready");
    const last = shown.at(-1);
    assert.deepEqual(
      shown.filter((ready) => ready !== undefined),
      [last],
    );
    assert.match(JSON.stringify(last), /\/t"/);
  });

  it("asks again after a while, for a bead may become ready by time alone", async () => {
    stage.make("s");
    stage.tracker.dispose();
    stage.tracker = stage.start({ pollMs: 20, readyLastsMs: 40 });
    stage.tracker.setSession("s");
    stage.follow(true);
    await stage.readyIs("ready");
    stage.br.does("exit 1");
    await stage.readyIs("refused");
  });

  it("finds by polling what no watcher reports", async () => {
    stage.tracker.dispose();
    stage.tracker = stage.start({ pollMs: 20 });
    stage.tracker.setSession("s");
    stage.follow();
    await eventually(() => {
      assert.deepEqual(stage.tracker.current.project, { kind: "no-project" });
    });
    stage.make("s");
    stage.write("s", "a");
    await stage.shows("a");
  });

  it("stops after the last follower, and continues with the next one", async () => {
    stage.make("s");
    stage.write("s", "a");
    stage.tracker.setSession("s");
    const followers = [stage.follow(), stage.follow(true)];
    await stage.readyIs("ready");
    for (const follower of followers) follower.dispose();
    const before = [stage.asked, stage.br.calls.length];
    stage.write("s", "b");
    await new Promise((resolve) => {
      fs.stat(stage.root.path, resolve);
    });
    assert.deepEqual([stage.asked, stage.br.calls.length], before);
    stage.follow();
    await stage.shows("b");
  });

  it("closes a bead in the session's project, and reads the result", async () => {
    assert.deepEqual(await stage.tracker.close("s", "a", "done"), { kind: "no-project" });
    stage.make("s");
    stage.write("s", "a");
    stage.tracker.setSession("s");
    stage.follow();
    await stage.shows("a");
    const shown = printing([{ id: "a", status: "open" }]);
    stage.br.does(`if [ "$1" = show ]; then\n${shown}else\n: > .beads/issues.jsonl\n${printing([{ id: "a" }])}fi`);
    assert.deepEqual(await stage.tracker.close("s", "a", "done"), { kind: "closed" });
    await stage.shows();
  });

  it("reports a failure that no caller waited for", async () => {
    stage.tracker.dispose();
    stage.tracker = new Tracker({
      findProject: () => Promise.reject(new Error("broken")),
      brProgram: () => stage.br.program,
      onFailure: (error) => stage.failures.push(error),
    });
    stage.tracker.setSession("s");
    stage.follow();
    await eventually(() => {
      assert.match(String(stage.failures), /broken/);
    });
    stage.failures.length = 0;
  });
});
