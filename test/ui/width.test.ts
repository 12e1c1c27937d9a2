// What can be read of the tree at the width that the side bar has until the user widens it.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import { eventually } from "../support/eventually";
import type { Home } from "../support/home";
import { useStage } from "./stage";
import { untilKept } from "./workbench/keptState";

const container = "NTM Assignments";
const defaultWidth = 300;
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

function agent(pane: number): Record<string, unknown> {
  const paneId = `%${100 + pane}`;
  return {
    pane,
    agent_type: "claude",
    agent_name: `GreenCastle${pane}`,
    occupancy_key: paneId,
    dispatch_target: paneId,
  };
}

function save(home: Home, sessionName: string, rows: readonly Record<string, unknown>[]): void {
  fs.mkdirSync(home.sessionFolder(sessionName), { recursive: true });
  const content = emptyLedger(sessionName, 9);
  for (const one of rows) content.assignments[String(one["bead_id"])] = one;
  saveAsNtm(home.ledgerPath(sessionName), content);
}

const longTitle = "Keep the scroll position of the report across refreshes and reloads";
const claimed = { idempotency_key: "k", claim_actor: "me/n", claim_state: "claimed", claimed_at: ago(20) };

describe("the Beads view at its default width", () => {
  const stage = useStage({
    project: "narrow",
    arrange: (home) => {
      save(home, "narrow", [
        row("bd-at9", { ...agent(1), bead_title: longTitle, status: "working", started_at: ago(12) }),
        row("bd-1f4", {
          ...agent(1),
          bead_title: longTitle,
          status: "failed",
          failed_at: ago(3),
          fail_reason: "Tests fail: 3 of 214 in the importer",
          retry_count: 2,
        }),
        row("bd-2c8", { ...agent(2), bead_title: longTitle, status: "working", started_at: ago(190) }),
        row("bd-340", {
          ...agent(2),
          ...claimed,
          bead_title: longTitle,
          status: "claimed",
          dispatch_state: "sending",
          dispatch_attempts: 1,
          dispatch_started_at: ago(14),
        }),
      ]);
    },
  });

  it("shows of every row in flight its ID, its time and its problem", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    const tree = workbench.tree("Beads");
    await tree.row("bd-340");
    assert.equal(await workbench.sideBarWidth(), defaultWidth);
    assert.match(await tree.visibleText("bd-at9"), /^bd-at9 12m · Keep/);
    assert.match(await tree.visibleText("bd-1f4"), /^bd-1f4 3m · Tests fail/);
    assert.match(await tree.visibleText("bd-2c8"), /^bd-2c8 3h stuck · /);
    await eventually(async () => {
      assert.match(await tree.visibleText("bd-340"), /^bd-340 stranded · 14m · Ke/);
    });
    await workbench.screenshot("width-default");
  });

  it("shows of every pane its counts", async () => {
    const tree = stage().workbench.tree("Beads");
    assert.match(await tree.visibleText(/^Pane 1/), /^Pane 1 · claude 1 failed · 1 working/);
    assert.match(await tree.visibleText(/^Pane 2/), /^Pane 2 · claude 1 working · 1 claimed/);
  });
});

describe("forty agents", () => {
  const agents = 40;
  const stage = useStage({
    project: "forty",
    arrange: (home) => {
      save(
        home,
        "forty",
        Array.from({ length: agents }, (_, index) => {
          const isFailed = index % 9 === 4;
          return row(`bd-${String(index).padStart(3, "0")}`, {
            ...agent(index),
            bead_title: longTitle,
            ...(isFailed
              ? { status: "failed", failed_at: ago(index), fail_reason: "exit 1" }
              : { status: "working", started_at: ago(index % 7 === 3 ? 200 : index) }),
          });
        }),
      );
    },
  });

  it("take one line each, on which those that need the user are seen", async () => {
    const { workbench } = stage();
    await workbench.resize({ width: 1100, height: 1100 });
    await workbench.showContainer(container);
    const tree = workbench.tree("Beads");
    await eventually(async () => {
      assert.equal((await tree.rows()).length, agents);
    });
    for (const { label, icon, expanded } of await tree.rows()) {
      const index = Number(/\d+/.exec(label)?.[0]);
      const isFailed = index % 9 === 4;
      const isStuck = !isFailed && index % 7 === 3;
      assert.equal(expanded, false, label);
      assert.equal(icon, isFailed ? "error" : isStuck ? "warning" : "play-circle", label);
      const id = `bd-${String(index).padStart(3, "0")}`;
      const time = isFailed ? "(<1m|\\d+m) · exit" : isStuck ? "3h stuck" : "(<1m|\\d+m)";
      assert.match(await tree.visibleText(label), new RegExp(`^Pane ${index} · claude ${id} · ${time}`));
    }
    await workbench.screenshot("forty-agents");
  });

  it("show counts instead while they are expanded, and their bead again after Collapse All", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await tree.expand("Pane 5 · claude");
    await eventually(async () => {
      const { description, icon } = await tree.row("Pane 5 · claude");
      assert.deepEqual([description, icon], ["1 working · GreenCastle5", "claude-light"]);
    });
    await tree.clickTitleAction("Collapse All");
    await eventually(async () => {
      const { description, expanded, icon } = await tree.row("Pane 5 · claude");
      assert.deepEqual([description.slice(0, 11), expanded, icon], ["bd-005 · 5m", false, "play-circle"]);
    });
  });

  it("are collapsed or expanded as they were after a reload", async () => {
    const { workbench } = stage();
    const tree = workbench.tree("Beads");
    await tree.expand("Pane 6 · claude");
    await eventually(async () => {
      assert.equal((await tree.row("Pane 6 · claude")).description, "1 working · GreenCastle6");
    });
    await untilKept(workbench.page, '["pane:%106",true]');
    await workbench.reload();
    await workbench.showContainer(container);
    await eventually(async () => {
      const six = await tree.row("Pane 6 · claude");
      assert.deepEqual([six.expanded, six.description], [true, "1 working · GreenCastle6"]);
      assert.match((await tree.row("Pane 5 · claude")).description, /^bd-005 · /);
    });
  });
});
