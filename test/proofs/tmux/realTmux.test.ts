// What a real tmux answers, on a socket of its own.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { attachArguments, selectArguments } from "../../../src/tmux/attach";
import { capturePane } from "../../../src/tmux/capture";
import { findChildren } from "../../../src/tmux/childProcesses";
import { joinPanes } from "../../../src/tmux/joinPanes";
import { listPanes } from "../../../src/tmux/paneList";
import { nothingKnown } from "../../../src/tmux/paneLifecycle";
import { nextObservation } from "../../../src/tmux/paneObservation";
import type { TmuxPane } from "../../../src/tmux/paneFormat";
import { eventually } from "../../support/eventually";
import { TempFolder } from "../../support/tempFolder";
import { hasTmux, TmuxServer } from "../../support/tmux/server";

describe("A real tmux", function () {
  this.timeout(30_000);
  let server: TmuxServer;

  before(function () {
    if (!hasTmux()) this.skip();
  });
  beforeEach(() => (server = new TmuxServer()));
  afterEach(() => {
    server.stop();
  });

  async function panesOf(env = server.environment): Promise<readonly TmuxPane[]> {
    const list = await listPanes({ env });
    assert.equal(list.kind, "panes", JSON.stringify(list));
    return list.panes;
  }

  async function paneOf(paneId: string): Promise<TmuxPane> {
    const pane = (await panesOf()).find((candidate) => candidate.paneId === paneId);
    assert.ok(pane, `there is no ${paneId}`);
    return pane;
  }

  it("lists the panes of all sessions, without attached clients", async () => {
    const first = server.newSession("one", { command: "sleep 600" });
    const second = server.newSession("two", { command: "sleep 600" });
    server.run("split-window", "-t", "=two:", "sleep 600");
    server.run("select-pane", "-t", second, "-T", "two__cc_1");
    const panes = await panesOf();
    assert.deepEqual(
      panes.map(({ sessionName, index }) => [sessionName, index]),
      [
        ["one", 0],
        ["two", 0],
        ["two", 1],
      ],
    );
    assert.deepEqual([panes[0]?.paneId, panes[1]?.paneId, panes[1]?.title], [first, second, "two__cc_1"]);
    assert.ok(Math.abs(panes[0]!.sessionCreated - Date.now()) < 30_000);
    assert.equal(server.run("list-clients"), "");
  });

  it("can't be made to list panes that don't exist, in any locale", async () => {
    const pane = server.newSession("one", { command: "sleep 600" });
    const [real] = await panesOf();
    const forged = "waiting permission 1795645948\n%9\tforged\n#[\n%8]#{pane_id} $(icon) \u001b[31m é漢";
    const shown = "waiting permission 1795645948";
    server.run("set-option", "-p", "-t", pane, "@ntm_assignments_state", forged);
    server.run("set-option", "-p", "-t", pane, "@ntm_agent_type", "é漢🧵");
    server.run("select-pane", "-t", pane, "-T", "✳ 漢字");
    for (const locale of ["C", "C.UTF-8"]) {
      const env = { ...server.environment, LC_ALL: locale };
      const [found, ...others] = await panesOf(env);
      assert.ok(found !== undefined && others.length === 0);
      assert.ok(found.options["@ntm_assignments_state"].startsWith(shown), found.options["@ntm_assignments_state"]);
      assert.ok(found.options["@ntm_assignments_state"].includes("#{pane_id} $(icon)"), "nothing in it is expanded");
      assert.equal(found.options["@ntm_agent_type"], "é漢🧵");
      assert.ok(found.title.endsWith("漢字"), found.title);
      assert.deepEqual([found.pid, found.windowId], [real?.pid, real?.windowId]);
    }
  });

  it("bounds how much a pane can say", async () => {
    const pane = server.newSession("one", { command: "sleep 600" });
    server.run("set-option", "-p", "-t", pane, "@ntm_assignments_reason", "x".repeat(5000));
    assert.equal((await paneOf(pane)).options["@ntm_assignments_reason"].length, 500);
  });

  describe("that can't answer", () => {
    it("isn't there, or runs on another socket", async () => {
      assert.equal((await listPanes({ program: path.join(server.env.TMUX_TMPDIR, "tmux") })).kind, "no-tmux");
      assert.equal((await listPanes({ env: server.environment })).kind, "no-server");
      server.newSession("one", { command: "sleep 600" });
      assert.equal((await listPanes({ env: server.environment })).kind, "panes");
      server.killServer();
      assert.equal((await listPanes({ env: server.environment })).kind, "no-server");
    });

    for (const [reason, script] of Object.entries({
      "timed-out": "exec sleep 60",
      permission: "echo 'error connecting to /tmp/tmux-0/default (Permission denied)' >&2; exit 1",
      unparseable: "echo hello",
      refused: "echo 'protocol version mismatch' >&2; exit 1",
    })) {
      it(`fails: ${reason}`, async () => {
        const folder = new TempFolder("fake-tmux");
        try {
          const program = path.join(folder.path, "tmux");
          fs.writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
          const list = await listPanes({ program });
          assert.equal(list.kind === "failed" ? list.reason : list.kind, reason);
        } finally {
          folder.remove();
        }
      });
    }
  });

  it("distinguishes an agent under a shell from a shell alone", async () => {
    const alone = server.newSession("one", { command: "exec sh" });
    const under = server.newSession("two", { command: "exec sh -c 'sleep 600; true'" });
    const agent = server.newSession("three", { command: "exec sleep 600" });
    await eventually(async () => {
      const panes = await panesOf();
      const pids = panes.map(({ pid }) => pid!);
      const found = await findChildren(pids, panes[0]!.serverPid!);
      const has = (id: string) => found.get(panes.find(({ paneId }) => paneId === id)!.pid!);
      assert.deepEqual([has(alone), has(under), has(agent)], [false, true, false]);
    });
    assert.equal((await findChildren([(await paneOf(alone)).pid!], process.pid)).size, 0, "not of tmux");
  });

  it("shows that an agent exited, that a pane was closed, and that a session was made anew", async () => {
    const agent = server.newSession("s", { command: "exec sh" });
    server.run("select-pane", "-t", agent, "-T", "s__cc_1");
    server.run("send-keys", "-t", agent, "sleep 600", "Enter");
    await eventually(async () => {
      assert.equal((await paneOf(agent)).command, "sleep");
    });
    const row = {
      bead_id: "bd-1",
      bead_title: "",
      pane: 0,
      agent_type: "cc",
      status: "working",
      occupancy_key: agent,
      assigned_at: new Date().toISOString(),
    } as const;
    const shown = { sessionName: "s", panes: [{ paneId: agent, agentType: "cc", rows: [row] }] };
    let look: ReturnType<typeof nextObservation> | undefined;
    let at = Date.now();
    const life = async (): Promise<string> => {
      at += 3000; // As if so much had passed: looks at the same moment confirm nothing.
      const panes = await panesOf();
      const pids = panes.flatMap(({ pid, command }) => (pid === undefined || command !== "sh" ? [] : [pid]));
      const hasChild = await findChildren(pids, panes[0]?.serverPid ?? 0);
      look = nextObservation(look, { at, panes, hasChild });
      return joinPanes(shown, look, nothingKnown).lifeOf(row);
    };
    assert.equal(await life(), "alive");
    server.run("send-keys", "-t", agent, "C-c");
    await eventually(async () => {
      assert.equal((await paneOf(agent)).command, "sh");
    });
    assert.deepEqual([await life(), await life()], ["unknown", "agent-exited"]);
    server.run("split-window", "-t", "=s:", "sleep 600");
    server.run("kill-pane", "-t", agent);
    assert.deepEqual([await life(), await life()], ["unknown", "gone"]);
    server.killServer();
    // tmux counts whole seconds.
    await eventually(() => {
      assert.ok(Math.floor(Date.now() / 1000) * 1000 > Date.parse(row.assigned_at));
    });
    assert.equal(server.newSession("s", { command: "sleep 600" }), agent, "the same id");
    assert.equal(await life(), "earlier-run");
  });

  it("prints the end of a pane without escapes, wide characters kept", async () => {
    const folder = server.env.TMUX_TMPDIR;
    const script = path.join(folder, "print.sh");
    fs.writeFileSync(
      script,
      `i=0; while [ $i -lt 10000 ]; do echo "line $i"; i=$((i+1)); done
       printf '\\033[1;31mred\\033[0m \\033]0;title\\007漢字 🧵 é\\n'; printf '%0200d\\n' 7; printf 'end\\n\\n\\n'; exec sleep 600`,
    );
    const pane = server.newSession("one", { command: `sh ${script}` });
    const text = await eventually(async () => {
      const captured = await capturePane(pane, { env: { ...server.environment, LC_ALL: "C" } });
      assert.ok(captured.endsWith("\nend"), captured.slice(-100));
      return captured;
    }, 20_000);
    const lines = text.split("\n");
    assert.equal(lines.length, 200);
    assert.deepEqual(lines.slice(-3), ["red 漢字 🧵 é", "7".padStart(200, "0"), "end"]);
    assert.ok(lines.includes("line 9999") && !lines.includes("line 9000"));
    await assert.rejects(capturePane("%999", { env: server.environment }), { failure: "refused" });
  });

  it("attaches with the pane selected, and selects another in an attached client", async () => {
    server.newSession("dev", { command: "sleep 600" });
    server.newSession("dev-long", { command: "sleep 600" });
    const target = server.run(
      ...["new-window", "-d", "-t", "=dev:", "-P", "-F", "#{window_id} #{pane_id}", "sleep 600"],
    );
    const [windowId = "", paneId = ""] = target.trim().split(" ");
    const other = server.run("split-window", "-d", "-t", paneId, "-P", "-F", "#{pane_id}", "sleep 600").trim();
    const address = { sessionName: "dev", windowId, paneId };
    const current = (): string => server.run("display-message", "-p", "-t", "=dev:", "#{window_id} #{pane_id}").trim();

    // A second tmux is the terminal.
    const terminal = new TmuxServer();
    try {
      const socket = server.run("display-message", "-p", "-t", "=dev:", "#{socket_path}").trim();
      const args = attachArguments(address).map((arg) => `'${arg}'`);
      terminal.newSession("terminal", { command: `env -u TMUX tmux -S ${socket} ${args.join(" ")}` });
      await eventually(() => {
        assert.equal(server.run("list-clients", "-F", "#{session_name}").trim(), "dev");
        assert.equal(current(), `${windowId} ${paneId}`);
      });
      server.run(...selectArguments({ ...address, paneId: other }));
      assert.equal(current(), `${windowId} ${other}`);
    } finally {
      terminal.stop();
    }
  });
});
