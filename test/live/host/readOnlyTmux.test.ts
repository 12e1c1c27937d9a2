// The extension only reads from tmux: it attaches to nothing, types nothing and changes nothing.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as os from "node:os";
import { activated, type Internals } from "../../host/activated";
import { AgentPane } from "../../support/agents/agentPane";
import { eventually } from "../../support/eventually";
import { Home } from "../../support/home";
import type { TmuxServer } from "../../support/tmux/server";
import { placeLedger, rowInPane, sharedTmux } from "../liveSession";

const home = new Home(os.homedir());

describe("Looking at tmux", () => {
  let internals: Internals;
  let tmux: TmuxServer;
  let claude: AgentPane;
  let codex: AgentPane;

  before(async () => {
    internals = await activated();
    tmux = sharedTmux();
    claude = await AgentPane.start(tmux, { session: "atlas", name: "cc_1" });
    codex = await AgentPane.start(tmux, { session: "atlas", name: "cod_1" });
    placeLedger(home, "atlas", [rowInPane("bd-1", claude), rowInPane("bd-2", codex)]);
    await internals.session.switchTo("atlas");
    await eventually(() => {
      assert.equal(internals.session.snapshot?.get("bd-2")?.status, "working");
    });
  });

  after(() => {
    tmux.stop();
    home.clear();
  });

  it("finds the server of this test, and no other", () => {
    const sessions = execFileSync("tmux", ["list-sessions", "-F", "#{session_name}"], { encoding: "utf8" });
    assert.equal(sessions, "atlas\n");
  });

  it("leaves no client, and the panes as they are", async () => {
    const look = (): unknown => ({
      clients: tmux.clients(),
      sizes: [claude, codex].map(({ paneId }) => [
        tmux.format(paneId, "pane_width"),
        tmux.format(paneId, "pane_height"),
      ]),
      screens: [claude, codex].map(({ paneId }) => tmux.screen(paneId)),
      attached: tmux.format(claude.paneId, "session_last_attached"),
    });
    const before = look();
    // The extension has something to do again: the ledger changes, and the change is seen.
    placeLedger(home, "atlas", [rowInPane("bd-1", claude), rowInPane("bd-2", codex), rowInPane("bd-3", codex)]);
    await eventually(() => {
      assert.equal(internals.session.snapshot?.get("bd-3")?.status, "working");
    });
    assert.deepEqual(look(), before);
    assert.deepEqual(tmux.clients(), []);
  });
});
