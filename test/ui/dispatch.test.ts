// A bead whose prompt ntm was sending when it stopped: the mark, the question what became of the prompt, and what follows.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import { emptyLedger, row, saveAsNtm, type LedgerContent } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";

const container = "NTM Assignments";
const session = "stranded";
const defaultWidth = 300;
const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

function sending(beadId: string, pane: number, title: string): Record<string, unknown> {
  const paneId = `%${100 + pane}`;
  return row(beadId, {
    pane,
    occupancy_key: paneId,
    dispatch_target: paneId,
    agent_type: "codex",
    agent_name: `BlueLake${pane}`,
    bead_title: title,
    status: "claimed",
    assigned_at: minutesAgo(15),
    idempotency_key: `key-${beadId}`,
    claim_actor: `me/${session}`,
    claim_state: "claimed",
    claimed_at: minutesAgo(15),
    dispatch_state: "sending",
    dispatch_attempts: 1,
    dispatch_started_at: minutesAgo(14),
    pending_prompt: `Work on ${beadId}: ${title}.\nRun the tests when you are done.`,
  });
}

function arrange(home: Home): void {
  fs.mkdirSync(home.sessionFolder(session), { recursive: true });
  const content = emptyLedger(session);
  for (const one of [
    sending("bd-340", 2, "Bound the memory of the search index"),
    sending("bd-341", 3, "Keep the scroll position across refreshes"),
  ]) {
    content.assignments[String(one["bead_id"])] = one;
  }
  saveAsNtm(home.ledgerPath(session), content);
}

describe("a stranded bead", () => {
  const stage = useStage({ project: session, arrange });

  function onDisk(beadId: string): Record<string, unknown> | undefined {
    const content = JSON.parse(fs.readFileSync(stage().home.ledgerPath(session), "utf8")) as LedgerContent;
    return content.assignments[beadId];
  }

  it("says so on its row, and since when", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    const tree = workbench.tree("Beads");
    assert.equal(await workbench.sideBarWidth(), defaultWidth);
    for (const beadId of ["bd-340", "bd-341"]) {
      await eventually(async () => {
        assert.match(await tree.visibleText(beadId), new RegExp(`^${beadId} stranded · 1[45]m · `));
      });
    }
    assert.equal((await tree.row("bd-340")).icon, "warning");
    await stage().workbench.screenshot("stranded");
  });

  it("is resolved from its menu, beside what the pane and the prompt are", async () => {
    const { workbench } = stage();
    const { quickInput, page } = workbench;
    const menu = await workbench.tree("Beads").openContextMenu("bd-340");
    assert.ok((await menu.items()).includes("Resolve Dispatch…"));
    await menu.click("Resolve Dispatch…");
    await quickInput.waitUntilOpen();
    assert.equal(await quickInput.title(), "Did the prompt of bd-340 arrive in pane 2?");
    assert.deepEqual(
      (await quickInput.items()).map(({ label }) => label),
      ["It arrived", "It didn't arrive"],
    );
    await page.locator(".tab", { hasText: "Dispatch of bd-340" }).waitFor();
    await stage().workbench.screenshot("stranded-question");
    await quickInput.pick("It arrived");
    await workbench.notifications.waitFor("bd-340 is assigned: its prompt arrived.");
    assert.deepEqual([onDisk("bd-340")?.["status"], onDisk("bd-340")?.["dispatch_state"]], ["assigned", "sent"]);
    await eventually(async () => {
      assert.doesNotMatch(await workbench.tree("Beads").visibleText("bd-340"), /stranded/);
    });
    await stage().workbench.screenshot("stranded-arrived");
    await workbench.notifications.clear();
  });

  it("stays as it is when the user doesn't know", async () => {
    const { workbench } = stage();
    await workbench.tree("Beads").clickInlineAction("bd-341", "Resolve Dispatch…");
    await workbench.quickInput.cancel();
    assert.equal(onDisk("bd-341")?.["dispatch_state"], "sending");
  });

  it("is resolved by its button when the prompt didn't arrive, and may be sent again or released", async () => {
    const { workbench } = stage();
    await workbench.tree("Beads").clickInlineAction("bd-341", "Resolve Dispatch…");
    await workbench.quickInput.pick("It didn't arrive");
    assert.equal(await workbench.dialog.message(), "Record that the prompt of bd-341 didn't arrive?");
    assert.match(
      await workbench.dialog.detail(),
      /Agent Mail, it waits in the mailbox of BlueLake3[^]*start the bead twice/,
    );
    await stage().workbench.screenshot("stranded-mail");
    await workbench.dialog.click("It Didn't Arrive");
    await workbench.notifications.waitFor("The prompt of bd-341 didn't arrive. ntm can send it again.");
    const [shown] = await workbench.notifications.shown();
    assert.deepEqual(shown?.buttons, ["Retry", "Release"]);
    assert.equal(onDisk("bd-341")?.["dispatch_state"], "pending");
    await stage().workbench.screenshot("stranded-lost");
  });
});
