import * as assert from "node:assert/strict";
import { AgentPane } from "../../support/agents/agentPane";
import { eventually } from "../../support/eventually";
import type { TmuxServer } from "../../support/tmux/server";
import { useStage } from "../../ui/stage";
import { placeLedger, rowInPane, sharedTmux } from "../liveSession";

/** Two looks of a window that hasn't the focus, and some time to draw. */
const twoLooksMs = 40_000;

describe("a swarm in a real tmux", () => {
  let tmux: TmuxServer;
  let parser: AgentPane;
  let linter: AgentPane;
  let closed: AgentPane;

  before(() => {
    tmux = sharedTmux();
  });

  after(() => {
    tmux.stop();
  });

  const stage = useStage({
    project: "atlas",
    arrange: async (home) => {
      parser = await AgentPane.start(tmux, { session: "atlas", name: "cc_1", hooks: true });
      linter = await AgentPane.start(tmux, { session: "atlas", name: "cod_1" });
      await AgentPane.start(tmux, { session: "atlas", name: "gmi_1" });
      closed = await AgentPane.start(tmux, { session: "atlas", name: "cc_2" });
      const shared = await AgentPane.start(tmux, { session: "atlas", name: "cc_3" });
      placeLedger(home, "atlas", [
        rowInPane("bd-1", parser, { bead_title: "Fix the parser" }),
        rowInPane("bd-2", linter, { bead_title: "Speed up the linter" }),
        rowInPane("bd-3", closed, { bead_title: "Rotate the audit log" }),
        rowInPane("bd-4", shared, { bead_title: "Stream large exports" }),
        rowInPane("bd-5", shared, { bead_title: "Name the failing row" }),
      ]);
    },
  });

  it("is shown with who is free, and nothing is attached to it", async () => {
    const { workbench } = stage();
    await workbench.showContainer("NTM Assignments");
    await workbench.tree("Beads").row(/bd-1/);
    assert.equal((await workbench.tree("Beads").row("Pane 2 · gemini")).description, "free");
    await eventually(async () => {
      assert.match(await workbench.statusBarItem("session").ariaLabel(), /^atlas: 2 need attention, 5 working/);
    });
    assert.deepEqual(tmux.clients(), []);
    await workbench.screenshot("live-swarm");
  });

  it("says by itself who waits, who exited, and whose pane is gone, and who has two beads", async () => {
    const { workbench } = stage();
    await parser.tell("word waiting permission");
    await linter.tell("exit 1");
    tmux.killPane(closed.paneId);
    await eventually(async () => {
      const beads = workbench.tree("Beads");
      assert.match((await beads.row("bd-1")).description, /^waiting for permission/);
      assert.match((await beads.row("bd-2")).description, /agent exited/);
      assert.match((await beads.row("bd-3")).description, /pane gone/);
      assert.match((await beads.row("bd-4")).description, /shares its pane/);
    }, twoLooksMs);
    await workbench.screenshot("live-attention");
    assert.deepEqual(tmux.clients(), []);
  });
});
