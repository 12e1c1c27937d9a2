// Which panes are offered: those that tmux has, else those of the ledger. A program of the test's own plays tmux.
import "../../support/editorWords";
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { findPanes, type PaneChoice } from "../../../src/actions/paneChoice";
import { liveSession } from "../../../src/actions/tmux";
import { loadStore } from "../../../src/assignment";
import { SessionSnapshot } from "../../../src/session/snapshot";
import { emptyLedger, row, saveAsNtm } from "../../support/foreignSave";
import { TemporaryStorage } from "../../support/storage";

const in3 = { pane: 3, occupancy_key: "%3", dispatch_target: "%3", agent_type: "cc", agent_name: "BlueLake" };

describe("Panes to choose from", () => {
  const { PATH, TMUX_TMPDIR } = process.env;
  const environment = { PATH, TMUX_TMPDIR };
  let storage: TemporaryStorage;

  beforeEach(() => (storage = new TemporaryStorage()));
  afterEach(() => {
    storage.remove();
    for (const [name, value] of Object.entries(environment)) {
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  });

  /** Makes `tmux` a script of these lines, and the only program there is. */
  function playTmux(...script: readonly string[]): void {
    fs.writeFileSync(path.join(storage.path, "tmux"), ["#!/bin/sh", ...script].join("\n"), { mode: 0o755 });
    process.env["PATH"] = storage.path;
  }

  function withoutTmux(): void {
    process.env["PATH"] = path.join(storage.path, "nowhere");
  }

  async function snapshot(...rows: readonly Record<string, unknown>[]): Promise<SessionSnapshot> {
    const content = emptyLedger("dev");
    for (const one of rows) content.assignments[one["bead_id"] as string] = one;
    fs.mkdirSync(path.dirname(storage.primary("dev")));
    saveAsNtm(storage.primary("dev"), content);
    return SessionSnapshot.of(await loadStore("dev", { storageDir: storage.path }), undefined);
  }

  const shown = ({ items }: PaneChoice): unknown[] => items.map(({ label, description }) => [label, description]);

  it("are tmux's own, named by their titles, with what the ledger knows of them", async () => {
    playTmux(
      `printf '%s\\t%s\\t%s\\t%s\\t%s\\n' %3 0 3 node dev__cod_2_opus %4 1 0 zsh 'a $(icon) title' %x 0 9 sh bad`,
    );
    const ledger = await snapshot(
      row("bd-1", { status: "working", ...in3 }),
      row("bd-2", { ...in3, status: "completed" }),
    );
    assert.deepEqual(shown(await findPanes("dev", ledger, true)), [
      ["Pane 3 · Codex CLI", "%3 · BlueLake · 1 in flight"],
      ["Pane 0 · zsh", "%4 · window 1"],
    ]);
  });

  it("are asked for by the session's exact name, without a shell", async () => {
    playTmux(`printf '%s\\n' "$@" > '${storage.path}/asked'`);
    await liveSession("dev--$(x)");
    const asked = fs.readFileSync(path.join(storage.path, "asked"), "utf8").split("\n");
    assert.deepEqual(asked.slice(0, 4), ["list-panes", "-s", "-t", "=dev--$(x):"]);
  });

  it("are the ledger's where tmux has no such session, or isn't there", async () => {
    const ledger = await snapshot(row("bd-1", in3), row("bd-2", { pane: 7, status: "completed" }));
    playTmux("exit 1");
    const expected = [
      ["Pane 7 · Claude Code", ""],
      ["Pane 3 · Claude Code", "%3 · BlueLake · 1 in flight"],
    ];
    assert.deepEqual(shown(await findPanes("dev", ledger, false)), expected);
    withoutTmux();
    assert.deepEqual(shown(await findPanes("dev", ledger, false)), expected);
    assert.deepEqual(shown(await findPanes("dev", ledger, true)), expected.slice(1));
  });

  it("can be typed where tmux can't tell, with a pane id where one is needed", async () => {
    withoutTmux();
    const typed = async (text: string, needsPaneId: boolean): Promise<unknown> => {
      const target = (await findPanes("dev", undefined, needsPaneId)).itemFor(text)?.target;
      return target === undefined ? undefined : [target.pane, target.paneId];
    };
    assert.deepEqual(await typed("3 %12", true), [3, "%12"]);
    assert.deepEqual(await typed("3", false), [3, undefined]);
    for (const text of ["3", "%12", "3 %012", "x", "-1 %2", "3 %12; x", "99999999999"]) {
      assert.equal(await typed(text, true), undefined, text);
    }
  });

  it("can't be typed where tmux knows them all", async () => {
    playTmux(`printf '%%3\\t0\\t3\\tnode\\tx\\n'`);
    assert.equal((await findPanes("dev", undefined, false)).itemFor("8 %99"), undefined);
  });

  it("are found in a real tmux, if there is one", async function () {
    process.env["TMUX_TMPDIR"] = storage.path;
    try {
      execFileSync("tmux", ["new-session", "-d", "-s", "dev-long", "sleep 60"], { stdio: "ignore" });
    } catch {
      this.skip();
    }
    try {
      const session = await liveSession("dev-long");
      assert.equal(session.kind, "live");
      assert.equal(session.panes.length, 1);
      assert.match(session.panes[0]?.paneId ?? "", /^%\d+$/);
      assert.equal((await liveSession("dev")).kind, "no-session", "a name that begins alike is another session");
    } finally {
      execFileSync("tmux", ["kill-server"], { stdio: "ignore" });
    }
  });
});
