// The list of sessions, and how another one becomes the active one.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";
import { untilKept } from "./workbench/keptState";

const container = "NTM Assignments";

function place(home: Home, session: string, ...statuses: readonly string[]): void {
  fs.mkdirSync(home.sessionFolder(session), { recursive: true });
  const content = emptyLedger(session);
  statuses.forEach((status, index) => {
    const beadId = `${session}-${index + 1}`;
    content.assignments[beadId] = row(beadId, { status, assigned_at: new Date().toISOString() });
  });
  saveAsNtm(home.ledgerPath(session), content);
}

describe("the list of sessions", () => {
  const stage = useStage({
    project: "web",
    arrange: (home) => {
      place(home, "web", "working", "assigned");
      place(home, "web--ui", "working", "failed");
      place(home, "api", "assigned");
      place(home, "old", "completed");
      place(home, "torn", "working");
      fs.writeFileSync(home.ledgerPath("torn"), '{"session_name"');
      fs.writeFileSync(home.backupPath("torn"), "");
      place(home, "not a name", "working");
    },
  });

  const lines = async (): Promise<string[]> =>
    (await stage().workbench.tree("Sessions").rows()).map(
      ({ level, label, description }) =>
        `${"  ".repeat(level - 1)}${label} | ${description.replace(/ · <?\d+[mhd]$/, "")}`,
    );
  const shows = (expected: readonly string[]): Promise<void> =>
    eventually(async () => {
      assert.deepEqual(await lines(), expected);
    });

  it("has labelled ones under their project, and folds those in which nothing is under way", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    await workbench.tree("Sessions").toggle();
    // Only rows inside the viewport exist.
    await workbench.tree("Beads").toggle();
    await shows([
      "web | 2 sessions",
      "  web | shown · 1 working · 1 assigned",
      "  ui | 1 failed · 1 working",
      "api | 1 assigned",
      "not a name | not a valid session name",
      "torn | The ledger is incomplete or not valid JSON.",
      "Inactive (1) | ",
    ]);
    assert.equal((await workbench.tree("Sessions").row("ui")).icon, "error");
    await eventually(async () => {
      assert.equal(await workbench.tree("Sessions").description(), "1 failed in web--ui");
    });
    await workbench.screenshot("sessions");
    await workbench.tree("Beads").toggle();
  });

  it("counts along when another session's ledger is saved", async () => {
    const { home } = stage();
    place(home, "api", "assigned", "working");
    await eventually(async () => {
      assert.ok((await lines()).includes("api | 1 working · 1 assigned"));
    });
  });

  it("raises a message for what fails in another session, and leads there", async () => {
    const { workbench, home } = stage();
    place(home, "api", "assigned", "failed");
    await workbench.notifications.click(/api-2 .*failed in api/, "Show");
    await eventually(async () => {
      assert.equal((await workbench.tree("Beads").row("api-2")).selected, true);
    });
    await workbench.run("NTM Assignments: Switch Session");
    await workbench.quickInput.pick("web");
    // What is shown comes first: the list moves.
    await eventually(async () => {
      assert.deepEqual((await lines()).slice(0, 2), ["web | 2 sessions", "  web | shown · 1 working · 1 assigned"]);
    });
  });

  it("makes a session the active one with a click", async () => {
    const { workbench } = stage();
    await workbench.tree("Sessions").select("ui");
    await workbench.tree("Beads").row(/^web--ui-2$/);
    await eventually(async () => {
      assert.ok((await lines()).includes("  ui | shown · 1 failed · 1 working"));
    });
    await eventually(async () => {
      assert.equal(await workbench.tree("Beads").description(), "web--ui");
    });
    await workbench.screenshot("sessions-switched");
  });

  it("keeps a pinned one when the window is opened again", async () => {
    const { workbench } = stage();
    await workbench.tree("Sessions").clickInlineAction("ui", "Pin Session to Workspace");
    await eventually(async () => {
      assert.equal(await workbench.tree("Beads").description(), "web--ui (pinned)");
    });
    await workbench.screenshot("sessions-pinned");
    await untilKept(workbench.page, '"session.pinned":"web--ui"');
    await workbench.reload();
    await workbench.showContainer(container);
    await workbench.tree("Beads").row(/^web--ui-2$/);
    await workbench.run("NTM Assignments: Unpin Session");
    await workbench.tree("Beads").row(/^web-1$/);
  });

  it("is a quick pick, too, with counters and ages", async () => {
    const { workbench } = stage();
    await workbench.tree("Beads").row(/^web-1$/);
    await workbench.run("NTM Assignments: Switch Session");
    await eventually(async () => {
      const items = await workbench.quickInput.items();
      const item = items.find(({ label }) => label.trim() === "web--ui");
      assert.match(item?.description ?? "", /^1 failed · 1 working · /);
    });
    await workbench.screenshot("sessions-quick-pick");
    await workbench.quickInput.type("api");
    await workbench.page.keyboard.press("Enter");
    await workbench.tree("Beads").row(/^api-2$/);
  });
});
