// The stand-in agents and their tmux server work as the live tests expect.
import * as assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { AgentPane } from "../support/agents/agentPane";
import { eventually } from "../support/eventually";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import { hasTmux, TmuxServer } from "../support/tmux/server";

describe("a tmux server for tests", () => {
  before(function () {
    if (!hasTmux()) this.skip();
  });

  describe("with stand-in agents", () => {
    let tmux: TmuxServer;

    beforeEach(() => {
      tmux = new TmuxServer();
    });

    afterEach(() => {
      tmux.stop();
    });

    it("has panes titled as ntm does it, with the agent in the foreground", async () => {
      const claude = await AgentPane.start(tmux, { session: "atlas", name: "cc_1" });
      const codex = await AgentPane.start(tmux, { session: "atlas", name: "cod_1", host: "nothing" });
      const wrapped = await AgentPane.start(tmux, { session: "atlas", name: "cc_2", host: "script" });
      const seen = tmux.panes("atlas").map(({ id, title, command }) => [id, title, command]);
      assert.deepEqual(seen, [
        [claude.paneId, "atlas__cc_1", "node"],
        [codex.paneId, "atlas__cod_1", "node"],
        [wrapped.paneId, "atlas__cc_2", "sh"],
      ]);
      await claude.tell("exit 3");
      await codex.tell("exit");
      await eventually(() => {
        assert.equal(tmux.pane("atlas", claude.paneId)?.command, "sh");
        assert.equal(tmux.pane("atlas", codex.paneId), undefined);
      });
      await assert.rejects(claude.tell("finish"));
    });

    it("shows a composer, a working line while an agent works, and a composer again", async () => {
      const agent = await AgentPane.start(tmux, { session: "atlas", name: "cc_1", workMs: 60_000, hooks: true });
      const state = (): string => tmux.format(agent.paneId, "@ntm_assignments_state").replace(/ \d+$/, "");
      tmux.type(agent.paneId, "");
      tmux.type(agent.paneId, "Fix the parser");
      await eventually(() => {
        assert.match(
          tmux.screen(agent.paneId),
          /✻ Cooked for 1s\n\n❯ Fix the parser\n✶ Working… \(60s · esc to interrupt\)/,
        );
        assert.equal(state(), "working -");
      });
      await agent.tell("word waiting permission");
      await eventually(() => {
        assert.equal(state(), "waiting permission");
      });
      await agent.tell("finish");
      await eventually(() => {
        assert.match(tmux.screen(agent.paneId), /❯ Fix the parser\n⏺ Did it\.\n\n✻ Cooked for 60s\n\n❯\s*$/);
        assert.equal(state(), "idle -");
      });
    });

    it("begins again at %0 when it was killed and made anew", async () => {
      const first = await AgentPane.start(tmux, { session: "atlas", name: "cc_1" });
      const created = tmux.format(first.paneId, "pid");
      tmux.killServer();
      assert.ok(!tmux.hasSession("atlas"));
      const second = await AgentPane.start(tmux, { session: "atlas", name: "cc_1" });
      assert.deepEqual([first.paneId, second.paneId], ["%0", "%0"]);
      assert.notEqual(tmux.format(second.paneId, "pid"), created);
    });
  });

  it("ends with the process that started it, also after a SIGKILL", async () => {
    const folder = new TempFolder("orphans");
    const env = { ...process.env, TMUX: undefined, TMUX_TMPDIR: folder.path };
    const sessions = (): string => {
      try {
        return execFileSync("tmux", ["list-sessions"], { env, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
      } catch {
        return "";
      }
    };
    const module = JSON.stringify(path.join(projectRoot, "out/test/support/tmux/server.js"));
    const script = `new (require(${module}).TmuxServer)({ socketFolder: process.env.TMUX_TMPDIR }).newSession("orphan");
      console.log("ready"); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ["-e", script], { env, stdio: ["ignore", "pipe", "inherit"] });
    await once(starter.stdout, "data");
    assert.match(sessions(), /^orphan:/);
    starter.kill("SIGKILL");
    await eventually(() => {
      assert.equal(sessions(), "");
    });
    folder.remove();
  });
});
