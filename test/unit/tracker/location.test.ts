import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../../support/eventually";
import { printing } from "../../support/standInBr";
import { TrackerStage } from "../../support/trackerStage";

describe("A tracker", () => {
  let stage: TrackerStage;
  beforeEach(() => (stage = new TrackerStage()));
  afterEach(() => {
    stage.end();
  });

  describe("that is redirected", () => {
    const redirect = (session: string): void => {
      fs.writeFileSync(path.join(stage.root.path, session, ".beads", "redirect"), "../../other/.beads\n");
    };
    const whereIs = (folder: string): string => path.join(stage.root.path, folder, ".beads");

    it("is read where br says that it is, and followed there", async () => {
      stage.make("s");
      stage.make("other");
      stage.write("s", "stale");
      stage.write("other", "a");
      redirect("s");
      const said = { path: whereIs("other"), jsonl_path: path.join(whereIs("other"), "issues.jsonl"), prefix: "x" };
      stage.br.does(printing(said));
      stage.tracker.setSession("s");
      stage.follow();
      await stage.shows("a");
      assert.deepEqual(
        stage.br.calls.map(({ args }) => args),
        [["where", "--json"]],
      );
      stage.write("other", "a", "b");
      await stage.shows("a", "b");
      assert.equal(stage.br.calls.length, 1, "it is asked once");
    });

    it("isn't known while br can't say where, whatever file is in the project", async () => {
      stage.make("s");
      stage.write("s", "stale");
      redirect("s");
      for (const script of ["exit 1", "echo no json", "echo '[]'", printing({ path: "a", jsonl_path: "b" })]) {
        stage.br.does(script);
        stage.tracker.setSession("s");
        const following = stage.follow();
        await eventually(() => {
          assert.equal(stage.tracker.current.project?.kind, "found");
        });
        assert.deepEqual([stage.ids, stage.tracker.current.mayLag], [undefined, true], script);
        following.dispose();
        stage.tracker.setSession(undefined);
      }
    });

    it("by a variable of the window's environment is read where br says that it is", async () => {
      stage.make("s");
      stage.make("other");
      stage.write("s", "own");
      stage.write("other", "a");
      stage.br.does(`echo "{\\"path\\":\\"$BEADS_DIR\\",\\"jsonl_path\\":\\"$BEADS_DIR/issues.jsonl\\"}"`);
      process.env["BEADS_DIR"] = whereIs("other");
      try {
        stage.tracker.setSession("s");
        stage.follow();
        await stage.shows("a");
        assert.equal(stage.tracker.current.file, path.join(whereIs("other"), "issues.jsonl"));
      } finally {
        delete process.env["BEADS_DIR"];
      }
    });

    it("is looked for again when the redirect is gone", async () => {
      stage.make("s");
      stage.write("s", "own");
      redirect("s");
      stage.br.does("exit 1");
      stage.tracker.setSession("s");
      stage.follow();
      await eventually(() => {
        assert.equal(stage.tracker.current.project?.kind, "found");
      });
      assert.equal(stage.ids, undefined);
      fs.rmSync(path.join(whereIs("s"), "redirect"));
      await stage.tracker.refresh();
      assert.deepEqual([stage.ids, stage.tracker.current.mayLag], [["own"], false]);
    });
  });

  describe("of a project that is a linked worktree, or has no folder of its own", () => {
    const inMain = (): object => {
      const folder = path.join(stage.root.path, "main", ".beads");
      return { path: folder, jsonl_path: path.join(folder, "issues.jsonl"), prefix: "x" };
    };

    beforeEach(() => {
      stage.make("main");
      stage.write("main", "a");
    });

    it("is read where br says that it is, not where an old copy is checked out", async () => {
      stage.make("tree");
      stage.write("tree", "stale");
      fs.writeFileSync(path.join(stage.root.path, "tree", ".git"), "gitdir: ../main/.git/worktrees/tree\n");
      stage.br.does(printing(inMain()));
      stage.tracker.setSession("tree");
      stage.follow();
      await stage.shows("a");
      assert.equal(stage.tracker.current.mayLag, false);
    });

    it("is found by br alone, which is asked once, and runs in the project", async () => {
      fs.mkdirSync(path.join(stage.root.path, "plain"));
      stage.br.does(`case "$1" in where) ${printing(inMain())};; *) echo '[{"id":"a"}]';; esac`);
      stage.tracker.setSession("plain");
      stage.follow(true);
      await stage.shows("a");
      await stage.readyIs("ready");
      stage.write("main", "a", "b");
      await stage.shows("a", "b");
      assert.equal((await stage.tracker.readyBeads()).kind, "ready");
      assert.equal(stage.br.calls.filter(({ args }) => args[0] === "where").length, 1);
      assert.deepEqual([...new Set(stage.br.calls.map(({ cwd }) => cwd))], [path.join(stage.root.path, "plain")]);
    });

    it("is none where br knows none", async () => {
      fs.mkdirSync(path.join(stage.root.path, "plain"));
      stage.br.does("exit 2");
      stage.tracker.setSession("plain");
      stage.follow(true);
      await stage.readyIs("no-beads-folder");
      assert.equal((await stage.tracker.close("plain", "a", "done")).kind, "no-beads-folder");
      stage.make("plain");
      stage.write("plain", "own");
      await stage.tracker.refresh();
      assert.deepEqual(stage.ids, ["own"]);
    });
  });

  it("may be out of date where the tracker keeps a Dolt database, and is found under another name", async () => {
    stage.make("s");
    stage.write("s", "a");
    const metadata = path.join(stage.root.path, "s", ".beads", "metadata.json");
    fs.writeFileSync(metadata, JSON.stringify({ database: "dolt" }));
    stage.tracker.setSession("s");
    stage.follow();
    await stage.shows("a");
    assert.equal(stage.tracker.current.mayLag, true);
    assert.deepEqual(stage.br.calls, []);
    fs.writeFileSync(metadata, JSON.stringify({ jsonl_export: "beads.jsonl" }));
    const other = path.join(stage.root.path, "s", ".beads", "beads.jsonl");
    fs.writeFileSync(other, '{"id":"b"}\n');
    stage.br.does(printing({ path: path.dirname(other), jsonl_path: other }));
    await stage.tracker.refresh();
    assert.deepEqual([stage.ids, stage.tracker.current.mayLag], [["b"], false]);
  });
});
