// The command in real shells and with a real tmux, as agents run it.
import * as assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { hookCommand, hookedAgents, hookTable, type HookWord } from "../../src/agents/hooks";
import { waitForSignal } from "../../src/tmux";
import { eventually } from "../support/eventually";
import { TempFolder } from "../support/tempFolder";
import { hasTmux, TmuxServer } from "../support/tmux/server";

const working = hookCommand({ state: "working", reason: "-" });
const event = JSON.stringify({ hook_event_name: "PostToolUse", tool_response: "$(touch /nowhere) `x` '\n\u0007" });
const shells = ["/bin/sh", "/bin/dash", "/bin/bash", "/bin/zsh", "/usr/bin/fish"].filter((shell) =>
  fs.existsSync(shell),
);

function run(command: string, env: NodeJS.ProcessEnv, input = event, shell = "/bin/sh"): void {
  const { status, stdout, stderr, error } = spawnSync(shell, ["-c", command], {
    env: { ...env, SHLVL: "2" }, // Otherwise bash takes a socket as stdin for a login from elsewhere.
    input,
    encoding: "utf8",
    timeout: 10_000,
  });
  assert.ifError(error); // EPIPE is one: some agents take it for a failure.
  assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: "", stderr: "" });
}

/** The command lines of all processes. */
function processes(): string {
  return execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" });
}

describe("a hook command", () => {
  const { PATH = "" } = process.env;
  let folder: TempFolder;

  before(() => {
    folder = new TempFolder("hook");
  });

  after(() => {
    folder.remove();
  });

  /** A folder of programs in which `tmux` is this script. */
  function programs(script: string): string {
    const file = path.join(fs.mkdtempSync(path.join(folder.path, "bin-")), "tmux");
    fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return `${path.dirname(file)}:${PATH}`;
  }

  it("says nothing and succeeds, in every shell, outside tmux and with all that can go wrong in it", () => {
    const inTmux = { TMUX: path.join(folder.path, "no-server,1,0"), TMUX_PANE: "%0" };
    const environments: readonly NodeJS.ProcessEnv[] = [
      { PATH },
      { PATH, ...inTmux },
      { PATH, TMUX_PANE: "%0" },
      { ...inTmux, PATH: programs("exec /nowhere/tmux") },
      { ...inTmux, PATH: programs("echo 'unknown flag -p' >&2; echo usage; exit 1") },
    ];
    for (const shell of shells) for (const env of environments) run(working, env, event, shell);
  });

  it("asks no tmux outside of one", async () => {
    const called = path.join(folder.path, "called");
    const PATH = programs(`echo "$TMUX" >> ${called}`);
    run(working, { PATH });
    run(working, { PATH, TMUX_PANE: "%0" });
    run(working, { PATH, TMUX: "inside", TMUX_PANE: "%0" });
    await eventually(() => {
      assert.equal(fs.readFileSync(called, "utf8"), "inside\n");
    });
  });

  it("reads all input of the agent, and accepts a closed stdin", () => {
    const env = { PATH, TMUX: "nowhere", TMUX_PANE: "%0" };
    run(working, env, "x".repeat(2_000_000));
    run(working, env, "");
    run(`{ ${working}; } <&-`, env, "");
  });

  it("doesn't wait for a tmux that hangs", async () => {
    const gate = path.join(folder.path, "gate");
    spawnSync("mkfifo", [gate]);
    const hanging = programs(`read -r line < ${gate}`);
    const env = { PATH: hanging, TMUX: "hangs", TMUX_PANE: "%0" };
    // A command that waited for tmux would never end: it is still blocked.
    run(working, env, "x".repeat(200_000));
    // Unblocks it, when it has come so far.
    await eventually(() => {
      fs.closeSync(fs.openSync(gate, fs.constants.O_RDWR));
      assert.ok(!processes().includes(hanging.split(":")[0] ?? gate));
    });
  });

  describe("inside tmux", () => {
    let server: TmuxServer;
    let env: NodeJS.ProcessEnv;
    let pane: string;

    before(function () {
      if (!hasTmux()) this.skip();
      server = new TmuxServer();
      pane = server.newSession("hooks");
      env = { PATH, TMUX: server.format(pane, "socket_path") + ",1,0", TMUX_PANE: pane };
    });

    after(() => {
      (server as TmuxServer | undefined)?.stop();
    });

    const said = (name: string): string => server.format(pane, `@ntm_assignments_${name}`);
    const set = (name: string, value: string): void => {
      server.run("set-option", "-p", "-t", pane, `@ntm_assignments_${name}`, value);
    };

    describe("after the agent asked the user by the MCP server", () => {
      const now = (): number => Math.floor(Date.now() / 1000);
      const ask = (at: number): void => {
        set("state", `waiting question ${at}`);
        set("reason", "Which port?");
      };
      const after = async (word: HookWord, expected: RegExp): Promise<void> => {
        run(hookCommand(word), env);
        await eventually(() => {
          assert.doesNotMatch(processes(), /ntm-assignments-hook-\d+ /, "the hook still runs in the background");
        });
        assert.match(`${said("state")} ${said("reason")}`, expected);
      };

      it("leaves the question at the end of that tool and of the turn", async () => {
        ask(now());
        await after({ state: "working", reason: "-", time: "kept" }, /^waiting question \d+ Which port\?$/);
        ask(now() - 3600);
        await after({ state: "idle", reason: "-" }, /^waiting question \d+ Which port\?$/);
        await after({ state: "idle", reason: "-", time: "kept" }, /^waiting question \d+ Which port\?$/);
      });

      it("ends it when the agent goes on, or the user answers", async () => {
        ask(now() - 60);
        await after({ state: "working", reason: "-", time: "kept" }, /^working - \d+ $/);
        ask(now());
        await after({ state: "working", reason: "-", time: "turn" }, /^working - \d+ $/);
        ask(now());
        await after({ state: "waiting", reason: "permission" }, /^waiting permission \d+ $/);
      });

      it("evaluates nothing of a time that isn't one", async () => {
        const file = path.join(folder.path, "evaluated");
        set("state", `waiting question a[$(touch ${file})]`);
        set("reason", "Which port?");
        await after({ state: "working", reason: "-", time: "kept" }, /^working - \d+ $/);
        assert.equal(fs.existsSync(file), false);
      });
    });

    it("keeps the time of a state that the pane has already, but not of another reason", async () => {
      set("state", "waiting permission 1795345678");
      set("reason", "May I?");
      run(hookCommand({ state: "waiting", reason: "permission", time: "kept" }), env);
      run(hookCommand({ state: "waiting", reason: "question", time: "kept" }), env);
      await eventually(() => {
        assert.match(said("state"), /^waiting question /);
      });
      set("state", "working - 1795345678");
      run(hookCommand({ state: "working", reason: "-", time: "kept" }), env);
      run(hookCommand({ state: "idle", reason: "-" }), { ...env, TMUX_PANE: server.splitPane(pane) });
      await eventually(() => {
        assert.match(server.format(server.panes("hooks").at(-1)?.id ?? "", "@ntm_assignments_state"), /^idle/);
      });
      assert.equal(said("state"), "working - 1795345678");
      run(hookCommand({ state: "working", reason: "-", time: "turn" }), env);
      await eventually(() => {
        assert.match(said("state"), /^working - \d+$/);
        assert.notEqual(said("state"), "working - 1795345678");
        assert.equal(said("turn"), said("state").split(" ")[2]);
      });
      run(hookCommand({ state: "gone", reason: "-" }), env);
      await eventually(() => {
        assert.deepEqual([said("state"), said("turn")], ["", ""]);
      });
    });

    it("wakes those who wait for a change of the state", async () => {
      set("state", "working - 1795345678");
      const waiting = waitForSignal({ env: server.environment });
      await eventually(() => {
        assert.match(processes(), /tmux wait-for ntm_assignments/);
      });
      assert.deepEqual(server.clients(), [], "waiting isn't attaching");
      run(hookCommand({ state: "waiting", reason: "permission" }), env);
      assert.equal(await waiting, "signalled");
      assert.match(said("state"), /^waiting permission /);
    });

    it("sets the pane's option to what the table says, for every agent and event", async () => {
      for (const agent of hookedAgents) {
        for (const word of hookTable[agent]) {
          const { event } = word;
          const since = Math.floor(Date.now() / 1000);
          server.run("set-option", "-p", "-t", pane, "@ntm_assignments_state", "before");
          server.run("set-option", "-p", "-t", pane, "@ntm_assignments_reason", "Which database?");
          run(hookCommand(word), env);
          await eventually(() => {
            assert.equal(server.format(pane, "@ntm_assignments_reason"), "", "the text of another state is gone");
            const [state, reason, epoch] = server.format(pane, "@ntm_assignments_state").split(" ");
            if (word.state === "gone") assert.equal(state, "", event);
            else {
              assert.deepEqual([state, reason], [word.state, word.reason], event);
              assert.ok(Number(epoch) >= since && Number(epoch) <= Date.now() / 1000, epoch);
            }
          });
        }
      }
    });
  });
});
