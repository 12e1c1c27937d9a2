// Changing beads in the sidebar: with buttons, menus, keys and drag and drop, one bead or several.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../support/eventually";
import { changeAsNtm, emptyLedger, row, saveAsNtm, type LedgerContent } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";

const container = "NTM Assignments";
const session = "swarm";

const in3 = { pane: 3, occupancy_key: "%3", dispatch_target: "%3", agent_type: "claude", agent_name: "BlueLake" };
const in4 = { pane: 4, occupancy_key: "%4", dispatch_target: "%4", agent_type: "codex", agent_name: "RedStone" };
const leased = {
  idempotency_key: "key",
  claim_state: "claimed",
  dispatch_state: "sent",
  reservation_state: "reserved",
  reservation_completed: true,
  reservation_ids: [41, 42],
  reserved_paths: ["src/a.ts", "src/b.ts"],
  reservation_expires_at: new Date(Date.now() + 3_600_000).toISOString(),
};

function arrange(home: Home): void {
  const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
  const rows = [
    row("bd-10", { bead_title: "Fix the parser", status: "working", started_at: minutesAgo(12), ...in3 }),
    row("bd-11", { bead_title: "Write the docs", status: "working", started_at: minutesAgo(3), ...in3 }),
    row("bd-12", { bead_title: "Rename the flags", assigned_at: minutesAgo(2), prompt_sent: "Rename them.", ...in3 }),
    row("bd-20", { bead_title: "Speed up the build", status: "failed", fail_reason: "out of memory", ...in4 }),
    row("bd-21", { bead_title: "Move the icons", status: "working", started_at: minutesAgo(5), ...in4, ...leased }),
    row("bd-22", { bead_title: "Pin the versions", status: "completed", ...in4 }),
  ];
  const content = emptyLedger(session);
  for (const one of rows) content.assignments[one["bead_id"] as string] = one;
  fs.mkdirSync(path.dirname(home.ledgerPath(session)), { recursive: true });
  saveAsNtm(home.ledgerPath(session), content);
}

describe("acting on beads", () => {
  const stage = useStage({ project: session, arrange });
  const tree = (): ReturnType<ReturnType<typeof stage>["workbench"]["tree"]> => stage().workbench.tree("Beads");

  function onDisk(beadId: string): Record<string, unknown> | undefined {
    const content = JSON.parse(fs.readFileSync(stage().home.ledgerPath(session), "utf8")) as LedgerContent;
    return content.assignments[beadId];
  }

  /** On disk, and then in the tree: a row that is still on its way to another place would be missed by the next click. */
  async function becomes(beadId: string, status: string): Promise<void> {
    await eventually(() => {
      assert.equal(onDisk(beadId)?.["status"], status);
    });
    await eventually(async () => {
      const shown = (await tree().rows()).find(({ label }) => label === beadId);
      assert.ok(
        status === "completed" ? shown === undefined : new RegExp(`, ${status}\\b`).test(shown?.ariaLabel ?? ""),
      );
    });
  }

  before(async () => {
    await stage().workbench.showContainer(container);
    await tree().row(/^bd-10$/);
  });

  afterEach(async () => {
    await stage().workbench.notifications.clear();
  });

  it("offers in the menu what the row allows, in groups", async () => {
    const menu = await tree().openContextMenu(/^bd-10$/);
    assert.deepEqual(await menu.items(), [
      "Mark Completed",
      "Mark Failed…",
      "Reassign…",
      "Go to Pane",
      "Peek Pane",
      "Show Details",
      "Show History",
      "Open Timeline",
      "Copy Bead ID",
      "Remove",
    ]);
    await stage().workbench.screenshot("acting-menu");
    await menu.close();
  });

  it("offers the ntm command for what only ntm can do", async () => {
    const menu = await tree().openContextMenu(/^bd-21$/);
    assert.deepEqual(await menu.items(), [
      "Reassign…",
      "Release",
      "Run ntm Command in Terminal…",
      "Copy ntm Command",
      "Close Bead…",
      "Go to Pane",
      "Peek Pane",
      "Show Details",
      "Show History",
      "Open Timeline",
      "Copy Bead ID",
    ]);
    await menu.click("Run ntm Command in Terminal…");
    const { quickInput } = stage().workbench;
    await eventually(async () => {
      const items = await quickInput.items();
      assert.deepEqual(
        items.map(({ label, detail }) => [label, detail]),
        [
          ["Reassign…", ""],
          ["Clear", `ntm assign ${session} --clear bd-21`],
        ],
      );
    });
    await stage().workbench.screenshot("acting-ntm-command");
    await quickInput.cancel();
  });

  it("does the next step by a button on the row", async () => {
    await tree().clickInlineAction(/^bd-12$/, "Mark Working");
    await becomes("bd-12", "working");
    await stage().workbench.screenshot("acting-inline");
  });

  it("asks why a bead failed", async () => {
    const { quickInput } = stage().workbench;
    await (await tree().openContextMenu(/^bd-12$/)).click("Mark Failed…");
    await quickInput.waitUntilOpen();
    await stage().workbench.screenshot("acting-reason");
    await quickInput.answer("flags are used elsewhere");
    await becomes("bd-12", "failed");
    assert.equal(onDisk("bd-12")?.["fail_reason"], "flags are used elsewhere");
  });

  it("does one thing by a double click on a button, and undoes it by its key", async () => {
    const before = onDisk("bd-20");
    // Until the change before is settled, the buttons are ignored.
    await stage().workbench.page.waitForTimeout(1000);
    await tree().clickInlineActionTwice(/^bd-20$/, "Retry", 400);
    await becomes("bd-20", "assigned");
    await stage().workbench.notifications.waitFor(/bd-20 is assigned again\. Its agent hasn't been told\./);
    await stage().workbench.screenshot("acting-undo");
    assert.equal(onDisk("bd-20")?.["status"], "assigned", "the second click hit no other button");
    await tree().select(/^bd-20$/);
    await stage().workbench.page.keyboard.press("Control+z");
    await becomes("bd-20", "failed");
    assert.deepEqual(onDisk("bd-20"), before);
  });

  it("does to a selection what can be done, and says what can't and why", async () => {
    const { notifications } = stage().workbench;
    await tree().select(/^bd-11$/);
    await tree().select(/^bd-21$/, { adding: true });
    const menu = await tree().openContextMenu(/^bd-11$/);
    assert.deepEqual(
      await menu.items(),
      ["Reassign…", "Go to Pane", "Peek Pane", "Show Details", "Show History", "Open Timeline", "Copy Bead ID"],
      "the menu has what all of them allow",
    );
    await menu.close();
    await stage().workbench.page.keyboard.press("Control+Enter");
    await becomes("bd-11", "completed");
    await notifications.waitFor(/Completed bd-11\. Refused: 1\. bd-21 has file reservations/);
    await stage().workbench.screenshot("acting-summary");
    assert.equal(onDisk("bd-21")?.["status"], "working");
  });

  it("asks before a row is removed, names what is lost, and puts it back", async () => {
    const { dialog, notifications } = stage().workbench;
    await (await tree().openContextMenu(/^bd-20$/)).click("Remove");
    assert.equal(await dialog.message(), "Remove bd-20 from the ledger?");
    assert.match(await dialog.detail(), /bd-20 Speed up the build \(failed, pane 4, RedStone, “out of memory”\)/);
    await stage().workbench.screenshot("acting-remove");
    const before = onDisk("bd-20");
    await dialog.click("Remove");
    await eventually(() => {
      assert.equal(onDisk("bd-20"), undefined);
    });
    await notifications.click(/Removed bd-20\./, "Undo");
    await becomes("bd-20", "failed");
    assert.deepEqual(onDisk("bd-20"), before);
  });

  it("has key bindings in the view", async () => {
    const { workbench } = stage();
    await tree().select(/^bd-20$/);
    await workbench.page.keyboard.press("Delete");
    assert.equal(await workbench.dialog.message(), "Remove bd-20 from the ledger?");
    await workbench.dialog.click("Cancel");
    await tree().select(/^bd-10$/);
    await workbench.page.keyboard.press("F8");
    await eventually(async () => {
      assert.equal((await tree().row(/^bd-20$/)).selected, true);
    });
  });

  it("reassigns a bead that is dragged onto a pane", async () => {
    await tree().drag(/^bd-10$/, /^Pane 4 /);
    await stage().workbench.screenshot("acting-drop");
    await stage().workbench.dialog.click("Reassign");
    await eventually(() => {
      assert.deepEqual([onDisk("bd-10")?.["pane"], onDisk("bd-10")?.["occupancy_key"]], [4, "%4"]);
    });
    await stage().workbench.screenshot("acting-dragged");
  });

  it("says why a bead that is dragged can't be reassigned from here", async () => {
    const { notifications } = stage().workbench;
    // Rows may still move after the drag before; what is refused can be tried again.
    await eventually(async () => {
      await tree().drag(/^bd-21$/, /^Pane 3 /);
      await stage().workbench.dialog.click("Reassign");
      await notifications.waitFor(/Only ntm can do this/, 3_000);
    });
    assert.equal(onDisk("bd-21")?.["occupancy_key"], "%4");
  });

  it("asks for a bead and a pane, which may be typed, and leaves the rest to ntm", async () => {
    const { workbench } = stage();
    const { quickInput } = workbench;
    await workbench.run("NTM Assignments: Assign…");
    await quickInput.waitUntilOpen();
    assert.equal(await quickInput.title(), `Assign a Bead in ${session}`);
    await quickInput.type("bd-21");
    await eventually(async () => {
      assert.match(await quickInput.message(), /^bd-21 is working in pane 4\. Reassign it instead\./);
    });
    await workbench.screenshot("acting-assign-refused");
    await quickInput.type("bd-30");
    await workbench.page.keyboard.press("Enter");
    await eventually(async () => {
      assert.ok((await quickInput.items()).length > 0);
    });
    await quickInput.type("7 %9");
    await eventually(async () => {
      const items = await quickInput.items();
      assert.deepEqual(
        items.map(({ label, description }) => [label, description]),
        [["Pane 7", "%9"]],
      );
    });
    await workbench.screenshot("acting-assign-pane");
    await workbench.page.keyboard.press("Enter");
    await workbench.notifications.waitFor(/Only ntm can do this/);
    await workbench.screenshot("acting-assign-by-ntm");
    assert.equal(onDisk("bd-30"), undefined);
  });

  it("shows a notification for a bead that another process marked as failed", async () => {
    const { workbench, home } = stage();
    changeAsNtm(home.ledgerPath(session), ({ assignments }) => {
      Object.assign(assignments["bd-10"]!, {
        status: "failed",
        failed_at: new Date().toISOString(),
        fail_reason: "no tag",
      });
    });
    await workbench.notifications.waitFor("bd-10 Fix the parser failed: no tag");
    await workbench.screenshot("acting-notification");
    await workbench.notifications.click(/bd-10/, "Retry");
    await becomes("bd-10", "assigned");
  });
});
