// Ways to view the beads: grouping, filters, and going from bead to bead.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";
import { untilKept } from "./workbench/keptState";
import type { TreeRow } from "./workbench/treeView";

const container = "NTM Assignments";

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}

/** A swarm in the middle of its work. */
function placeSwarm(home: Home, session: string): void {
  fs.mkdirSync(home.sessionFolder(session), { recursive: true });
  const content = emptyLedger(session);
  const agents = [
    { pane: 1, agent_type: "claude", agent_name: "BlueLake", occupancy_key: "%1" },
    { pane: 2, agent_type: "cod", agent_name: "GreenCastle", occupancy_key: "%2" },
    { pane: 3, agent_type: "gemini", agent_name: "RedStone", occupancy_key: "%3" },
  ];
  const rows = [
    row("bd-1", {
      ...agents[0],
      bead_title: "Fix the parser",
      status: "working",
      assigned_at: ago(13),
      started_at: ago(12),
    }),
    row("bd-2", { ...agents[0], bead_title: "Parse dates", status: "assigned", assigned_at: ago(3) }),
    row("bd-3", {
      ...agents[1],
      bead_title: "Cache the lexer",
      status: "failed",
      assigned_at: ago(90),
      failed_at: ago(2),
      fail_reason: "3 tests fail",
      retry_count: 1,
    }),
    row("bd-4", {
      ...agents[1],
      bead_title: "Write the docs",
      status: "working",
      assigned_at: ago(20),
      started_at: ago(18),
    }),
    row("bd-5", {
      ...agents[2],
      bead_title: "Parser fuzzing",
      status: "working",
      assigned_at: ago(400),
      started_at: ago(300),
    }),
    row("bd-6", {
      ...agents[2],
      bead_title: "Release notes",
      status: "completed",
      assigned_at: ago(500),
      completed_at: ago(410),
    }),
  ];
  for (const one of rows) content.assignments[String(one["bead_id"])] = one;
  saveAsNtm(home.ledgerPath(session), content);
}

describe("looking at beads", () => {
  const stage = useStage({
    project: "swarm",
    arrange: (home) => {
      placeSwarm(home, "swarm");
    },
  });

  const outline = (rows: readonly TreeRow[]): string[] =>
    rows.map(({ level, label }) => `${"  ".repeat(level - 1)}${label}`);
  const shows = (expected: readonly string[]): Promise<void> =>
    eventually(async () => {
      assert.deepEqual(outline(await stage().workbench.tree("Beads").rows()), expected);
    });
  const describes = (expected: string): Promise<void> =>
    eventually(async () => {
      assert.equal(await stage().workbench.tree("Beads").description(), expected);
    });
  const byPane = [
    "Pane 1 · claude",
    "  bd-1",
    "  bd-2",
    "Pane 2 · codex",
    "  bd-3",
    "  bd-4",
    "Pane 3 · gemini",
    "  bd-5",
    "  Finished (1)",
  ];

  it("begins in the status bar, before any view was opened", async () => {
    await stage().workbench.statusBarItem("session").waitUntilVisible();
  });

  it("is by pane at first", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    await shows(byPane);
    await workbench.screenshot("swarm-by-pane");
  });

  it("is by status, by agent or by what needs attention when asked for", async () => {
    const { workbench } = stage();
    await workbench.run("NTM Assignments: Group by Status");
    await shows(["Failed", "  bd-3", "Working", "  bd-1", "  bd-4", "  bd-5", "Assigned", "  bd-2", "Completed"]);
    await workbench.screenshot("swarm-by-status");
    await workbench.run("NTM Assignments: Group by Agent");
    await shows([
      "Claude Code",
      "  bd-1",
      "  bd-2",
      "Codex CLI",
      "  bd-3",
      "  bd-4",
      "Gemini CLI",
      "  bd-5",
      "  Finished (1)",
    ]);
    await workbench.screenshot("swarm-by-agent");
    await workbench.run("NTM Assignments: Group by Attention");
    await shows([
      "Needs Attention",
      "  bd-3",
      "  bd-5",
      "Working",
      "  bd-1",
      "  bd-4",
      "Waiting to Start",
      "  bd-2",
      "Finished",
    ]);
    const tree = workbench.tree("Beads");
    assert.equal((await tree.row("Needs Attention")).icon, "error");
    assert.match((await tree.row("bd-3")).description, /^2m · 3 tests fail · retry 1 · Pane 2 · codex · Cache/);
    await workbench.screenshot("swarm-by-attention");
    await workbench.run("NTM Assignments: Group by Agent");
  });

  it("keeps the grouping when the window is opened again", async () => {
    const { workbench } = stage();
    await untilKept(workbench.page, '"beads.grouping":"agent"');
    await workbench.reload();
    await workbench.showContainer(container);
    await workbench.tree("Beads").row("Claude Code");
    await workbench.run("NTM Assignments: Group by Pane");
    await shows(byPane);
  });

  it("follows a text filter as it is typed, shows it beside the title, and clears it with a button", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await tree.clickTitleAction("Filter by Text…");
    await workbench.quickInput.type("pars");
    await shows(["Pane 1 · claude", "  bd-1", "  bd-2", "Pane 3 · gemini", "  bd-5"]);
    await workbench.screenshot("swarm-filter-typing");
    await workbench.quickInput.answer("parser");
    await shows(["Pane 1 · claude", "  bd-1", "Pane 3 · gemini", "  bd-5"]);
    await describes("2 of 6 · “parser” · swarm");
    await tree.clickTitleAction("Filter by Text…");
    await workbench.quickInput.answer("fuzz");
    await describes("1 of 6 · “fuzz” · swarm");
    await tree.clickTitleAction("Clear Filter");
    await shows(byPane);
    await describes("swarm");
  });

  it("shows the chosen statuses alone", async () => {
    const { workbench } = stage();
    await workbench.run("NTM Assignments: Filter by Status…");
    await workbench.quickInput.check("failed", "assigned");
    await shows(["Pane 1 · claude", "  bd-2", "Pane 2 · codex", "  bd-3"]);
    await describes("2 of 6 · failed, assigned · swarm");
    await workbench.screenshot("swarm-filter-status");
    await workbench.run("NTM Assignments: Clear Filter");
    await shows(byPane);
  });

  it("says so when the filter hides all, with a way back", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await tree.clickTitleAction("Filter by Text…");
    await workbench.quickInput.answer("nothing like it");
    await eventually(async () => {
      assert.match(await tree.message(), /The filter hides every bead of this session\./);
    });
    await workbench.screenshot("swarm-all-filtered");
    await tree.pane.getByText("Clear Filter", { exact: true }).click();
    await shows(byPane);
  });

  it("goes from problem to problem, and round", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    const selected = (label: string): Promise<void> =>
      eventually(async () => {
        assert.deepEqual(
          (await tree.rows()).filter((one) => one.selected).map((one) => one.label),
          [label],
        );
      });
    await eventually(async () => {
      assert.equal(await workbench.badge(container), "2");
    });
    await workbench.run("NTM Assignments: Next Problem");
    await selected("bd-3");
    await workbench.run("NTM Assignments: Next Problem");
    await selected("bd-5");
    await workbench.screenshot("swarm-next-problem");
    await workbench.run("NTM Assignments: Next Problem");
    await selected("bd-3");
  });

  it("goes to a bead that is chosen from a list, though it is folded away", async () => {
    const { workbench } = stage();
    await workbench.run("NTM Assignments: Go to Bead…");
    await workbench.quickInput.pick("bd-6 Release notes");
    await eventually(async () => {
      const row6 = (await workbench.tree("Beads").rows()).find((one) => one.label === "bd-6");
      assert.equal(row6?.selected, true);
    });
  });

  it("selects the same bead when the window is opened again", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await tree.select("bd-4");
    await untilKept(workbench.page, '"beads.selection":{"sessionName":"swarm","beadId":"bd-4"}');
    await workbench.reload();
    await workbench.showContainer(container);
    await eventually(async () => {
      assert.equal((await tree.row("bd-4")).selected, true);
    });
  });

  it("filters by Ctrl+F, and goes back to the problem before by Shift+F8", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await tree.select("bd-4");
    await workbench.page.keyboard.press("Control+f");
    assert.equal(await workbench.quickInput.title(), "Filter Beads");
    await workbench.quickInput.cancel();
    await tree.select("bd-4");
    await workbench.page.keyboard.press("Shift+F8");
    await eventually(async () => {
      assert.equal((await tree.row("bd-3")).selected, true);
    });
  });

  it("shows a plain status bar item unless a bead needs attention, and reveals the tree when clicked", async () => {
    const { workbench } = stage();
    const item = workbench.statusBarItem("session");
    await eventually(async () => {
      assert.equal(await item.kind(), "warning");
      assert.equal(await item.ariaLabel(), "swarm: 2 need attention, 3 working, 1 assigned, 1 failed");
    });
    const tooltip = await eventually(async () => {
      const text = await item.tooltip();
      assert.match(text, /need attention\s+2/);
      return text;
    });
    assert.match(tooltip, /completed\s+1[^]*in all\s+6/);
    assert.match(tooltip, /bd-3 2m · 3 tests fail[^]*bd-5 5h · stuck/);
    await workbench.screenshot("swarm-status-bar");
    await workbench.showContainer("Search");
    await item.click();
    const selected = (label: string): Promise<void> =>
      eventually(async () => {
        assert.equal((await workbench.tree("Beads").row(label)).selected, true);
      });
    await selected("bd-3");
    await item.click();
    await selected("bd-5");
  });

  it("puts a bead aside until it changes", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await (await tree.openContextMenu("bd-3")).click("Snooze…");
    await workbench.quickInput.pick("Until it changes");
    await describes("1 snoozed · swarm");
    const { icon, description } = await tree.row("bd-3");
    assert.deepEqual([icon, description], ["bell-slash", "2m · 3 tests fail · retry 1 · snoozed · Cache the lexer"]);
    const item = workbench.statusBarItem("session");
    assert.equal(await item.ariaLabel(), "swarm: 1 needs attention, 3 working, 1 assigned, 1 failed");
    assert.equal(await workbench.badge(container), "1");
    await workbench.screenshot("swarm-snoozed");
    await untilKept(workbench.page, "beads.snoozes");
    await workbench.reload();
    await workbench.showContainer(container);
    await describes("1 snoozed · swarm");
    await (await tree.openContextMenu("bd-3")).click("End Snooze");
    await describes("swarm");
    assert.equal((await tree.row("bd-3")).icon, "error");
  });
});
