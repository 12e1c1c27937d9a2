import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import type { LedgerContent } from "../support/foreignSave";
import { Home } from "../support/home";
import { Swarm } from "../support/swarm/swarm";
import { TempFolder } from "../support/tempFolder";
import { hasTmux, TmuxServer } from "../support/tmux/server";

/** Agents take their steps by chance. */
const patienceMs = 60_000;

describe("the demo's swarm", () => {
  it("lives in the panes that its ledgers name: one waits, one has left, one is free", async function () {
    if (!hasTmux()) this.skip();
    const folder = new TempFolder("demo");
    const home = new Home(folder.path);
    const tmux = new TmuxServer({ home: home.path });
    try {
      await Swarm.start(home, 60, tmux);
      const rows = (session: string): readonly Record<string, unknown>[] => {
        const { assignments } = JSON.parse(fs.readFileSync(home.ledgerPath(session), "utf8")) as LedgerContent;
        return Object.values(assignments);
      };
      const paneOf = (agent: string): string =>
        String(rows("atlas").find((row) => row["agent_name"] === agent)?.["occupancy_key"]);
      for (const session of ["atlas", "atlas--docs", "ferry"]) {
        const indexes = new Map(tmux.panes(session).map(({ id, index }) => [id, index]));
        for (const row of rows(session)) assert.equal(indexes.get(String(row["occupancy_key"])), row["pane"]);
      }
      await eventually(() => {
        assert.match(tmux.format(paneOf("BlueLake"), "@ntm_assignments_state"), /^waiting permission \d+$/);
      }, patienceMs);
      await eventually(() => {
        const leaver = paneOf("QuietHarbor");
        assert.equal(tmux.pane("atlas", leaver)?.command, "sh");
        const left = rows("atlas").filter((row) => row["occupancy_key"] === leaver && row["status"] === "working");
        assert.equal(left.length, 1);
        const created = Number(tmux.format(leaver, "session_created")) * 1000;
        assert.ok(Date.parse(String(left[0]?.["assigned_at"])) >= created, "its row isn't of an earlier run");
      }, patienceMs);
      const spare = tmux.panes("atlas").at(-1);
      assert.equal(spare?.title, "atlas__cc_3");
      assert.ok(!rows("atlas").some((row) => row["occupancy_key"] === spare.id));
      assert.match(tmux.screen(spare.id), /PaleRiver is free/);
    } finally {
      const agents = ["atlas", "atlas--docs", "ferry"].flatMap((session) => tmux.panes(session));
      tmux.stop();
      await eventually(() => {
        for (const { pid } of agents) assert.throws(() => process.kill(pid, 0));
      });
      folder.remove();
    }
  });
});
