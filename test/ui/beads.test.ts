import * as assert from "node:assert/strict";
import { eventually } from "../support/eventually";
import { changeAsNtm } from "../support/foreignSave";
import { useStage } from "./stage";

const container = "NTM Assignments";

describe("the beads of a real ledger", () => {
  const stage = useStage({
    project: "swarm",
    theme: "dark",
    arrange: (home) => {
      home.placeLedger("swarm", "schema9/plain");
    },
  });

  it("are seen by pane, those in flight first and the finished ones folded", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    const tree = workbench.tree("Beads");
    await tree.row(/^b\.1/);
    const rows = await tree.rows();
    const start = rows.findIndex(({ label }) => label === "Pane 3 · codex");
    assert.deepEqual(
      rows.slice(start, start + 4).map(({ level, icon, label }) => [level, icon, label]),
      [
        [1, "codex-dark", "Pane 3 · codex"],
        [2, "error", "10"],
        [2, "warning", "toString"],
        [2, "archive", "Finished (1)"],
      ],
    );
    assert.equal(await tree.description(), "swarm");
    await workbench.screenshot("beads-by-pane");
  });

  it("say what matters in the hover, without rendering markup from agents", async () => {
    const { workbench } = stage();
    await eventually(async () => {
      const card = await workbench.tree("Beads").hover(/^b\.1/);
      assert.match(card, /b\.1\s+Fix <script> & "quotes" in renderer/);
      assert.match(card, /Working for \d+ days \(/);
      assert.match(card, /Pane 5 · Opencode · RedStone/);
      assert.match(card, /Show Details$/);
    });
    await workbench.screenshot("beads-hover");
  });

  it("show a save by another process without a click", async () => {
    const { workbench, home } = stage();
    changeAsNtm(home.ledgerPath("swarm"), ({ assignments }) => {
      const row = assignments["b.1"];
      assert.ok(row);
      row["bead_title"] = "Seen at once";
    });
    await eventually(async () => {
      assert.match((await workbench.tree("Beads").row("b.1")).description, /Seen at once$/);
    });
  });

  it("are counted in the badge and the status bar", async () => {
    const { workbench } = stage();
    const item = workbench.statusBarItem("session");
    await eventually(async () => {
      assert.equal(await workbench.badge(container), "12");
      assert.equal(await item.ariaLabel(), "swarm: 12 need attention, 4 working, 4 assigned, 4 failed");
      assert.equal(await item.kind(), "warning");
    });
  });
});

describe("the beads that ntm is busy with", () => {
  const stage = useStage({
    project: "swarm",
    arrange: (home) => {
      home.placeLedger("swarm", "schema9/atomic");
    },
  });

  it("show why they are locked, with a warning once ntm hangs, and in the hover the step at which they hang", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    const tree = workbench.tree("Beads");
    // Eighteen panes with a row each begin collapsed.
    await workbench.run("NTM Assignments: Group by Status");
    await eventually(async () => {
      const { icon, description } = await tree.row("at-sending");
      assert.equal(icon, "warning");
      assert.match(description, /^stranded · \d+d · /);
    });
    await workbench.screenshot("beads-locked");
    assert.match(
      await tree.hover(/^at-dispatch-failed/),
      /Stage: claim ✓ → reserve files ✓ → send prompt \([^)]+\) → work/,
    );
    await workbench.screenshot("beads-locked-hover");
  });
});
