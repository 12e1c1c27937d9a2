// The main job, end to end: a ledger is shown as it changes, and the user changes it.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import { changeAsNtm, type LedgerContent } from "../support/foreignSave";
import { useStage } from "./stage";

const container = "NTM Assignments";

describe("the main job", () => {
  const stage = useStage({ project: "plain", arrange: (home) => home.placeLedger("plain", "schema9/plain") });

  /** The primary copy, after a look that the backup is the same. */
  function ledgerOnDisk(): LedgerContent {
    const { home } = stage();
    const primary = fs.readFileSync(home.ledgerPath("plain"), "utf8");
    assert.equal(fs.readFileSync(home.backupPath("plain"), "utf8"), primary);
    return JSON.parse(primary) as LedgerContent;
  }

  it("shows the rows of a real ledger under their panes", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    const tree = workbench.tree("Beads");
    assert.match((await tree.row(/^Pane 5/)).description, /RedStone/);
    assert.match((await tree.row(/^b\.1$/)).ariaLabel, /, working for/);
    assert.match((await tree.row(/^ntm-4f2\.1$/)).ariaLabel, /, failed /);
    await workbench.screenshot("beads");
  });

  it("shows what another process saves, without a click", async () => {
    const { workbench, home } = stage();
    const tree = workbench.tree("Beads");
    assert.match((await tree.row(/^b\.1$/)).ariaLabel, /, working for/);
    changeAsNtm(home.ledgerPath("plain"), ({ assignments }) => {
      Object.assign(assignments["b.1"]!, { status: "failed", failed_at: new Date().toISOString(), fail_reason: "no" });
    });
    await eventually(async () => {
      assert.match((await tree.row(/^b\.1$/)).description, /^<1m · no/);
    });
    await workbench.screenshot("beads-after-foreign-save");
  });

  it("writes what is clicked in the context menu, and counts along", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    const counters = workbench.statusBarItem("ntmAssignments.session");
    const before = ledgerOnDisk();
    await eventually(async () => {
      assert.match(await counters.ariaLabel(), /3 working/);
    });

    const menu = await tree.openContextMenu(/^bd-10$/);
    await workbench.screenshot("context-menu");
    await menu.click("Mark Completed");
    assert.match(await workbench.dialog.detail(), /This can't be undone here, because the bead has no tmux pane ID\./);
    await workbench.dialog.click("Continue");

    await eventually(() => {
      const { assignments, persistence_generation } = ledgerOnDisk();
      assert.equal(assignments["bd-10"]!["status"], "completed");
      assert.equal(persistence_generation, before.persistence_generation! + 1);
    });
    await eventually(async () => {
      assert.match(await counters.ariaLabel(), /2 working/);
      assert.ok(!(await tree.rows()).some((row) => row.label.startsWith("bd-10 ")));
    });
    await workbench.screenshot("beads-after-completion");
  });
});
