// What is seen where there are no rows: each cause in its own words, with a way out; and what a newcomer is shown.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { eventually } from "../support/eventually";
import { emptyLedger, saveAsNtm } from "../support/foreignSave";
import type { Home } from "../support/home";
import { useStage } from "./stage";

const container = "NTM Assignments";
const session = "swarm";

/** A ledger without rows. */
function putEmptyLedger(home: Home): void {
  fs.mkdirSync(path.dirname(home.ledgerPath(session)), { recursive: true });
  saveAsNtm(home.ledgerPath(session), emptyLedger(session));
}

describe("where there is nothing to show", () => {
  const stage = useStage({ project: session });

  /** What the view says instead of rows. */
  async function welcome(expected: RegExp): Promise<string> {
    return eventually(async () => {
      const text = await stage().workbench.tree("Beads").message();
      assert.match(text, expected);
      return text;
    });
  }

  before(async () => {
    await stage().workbench.showContainer(container);
  });

  it("says that ntm hasn't run here, and how it works", async () => {
    const { workbench } = stage();
    await welcome(/^The folder of ntm's sessions isn't there yet\./);
    await workbench.screenshot("empty-no-storage");
    await workbench.tree("Beads").pane.getByText("How It Works").click();
    await workbench.page.getByText("Get Started with NTM Assignments").first().waitFor();
    for (const step of ["Watch Your Swarm", "Choose a Session", "Act on a Bead", "Be Told"]) {
      await workbench.page.locator(".getting-started-step", { hasText: step }).waitFor();
    }
    for (const theme of ["dark", "high-contrast", "light"] as const) {
      await workbench.setTheme(theme);
      await workbench.screenshot("walkthrough");
    }
    for (const step of ["Choose a Session", "Act on a Bead", "Be Told"]) {
      await workbench.page.locator(".getting-started-step", { hasText: step }).click();
      await workbench.page.locator(".getting-started-step.expanded", { hasText: step }).waitFor();
      await workbench.screenshot(`walkthrough-${step.toLowerCase().replaceAll(" ", "-")}`);
    }
    await workbench.run("View: Close Editor");
  });

  it("says that no session has a ledger", async () => {
    const { home, workbench } = stage();
    fs.mkdirSync(path.join(home.path, ".ntm/sessions"), { recursive: true });
    await welcome(/^No session has a ledger yet\./);
    await workbench.screenshot("empty-no-session");
  });

  it("says that a ledger is empty", async () => {
    const { home, workbench } = stage();
    putEmptyLedger(home);
    await welcome(/^The ledger of this session is empty\./);
    await workbench.screenshot("empty-no-rows");
  });

  it("says that a ledger can't be read, and finds out why", async () => {
    const { home, workbench } = stage();
    fs.writeFileSync(home.ledgerPath(session), "{");
    fs.writeFileSync(home.backupPath(session), "");
    await welcome(/^The ledger of this session can't be read\. Nothing was changed\./);
    await workbench.screenshot("empty-unreadable");
    await workbench.tree("Beads").pane.getByText("Diagnose Ledger").click();
    await workbench.notifications.waitFor(/assignments\.json is cut off, or isn't JSON\. Nothing is changed for you/);
    await workbench.screenshot("empty-diagnosed");
    await workbench.notifications.clear();
  });

  it("says that a ledger is newer than what is known here", async () => {
    const { home, workbench } = stage();
    const newer = JSON.stringify({ ...emptyLedger(session), version: 12 });
    for (const copy of [home.backupPath(session), home.ledgerPath(session)]) fs.writeFileSync(copy, newer);
    await welcome(/^The ledger of this session was written by a newer ntm/);
    await workbench.screenshot("empty-newer-schema");
  });

  it("makes a ledger by a first assignment, after it said what a missing pane id means", async () => {
    const { home, workbench } = stage();
    const { quickInput, dialog } = workbench;
    home.clear();
    await welcome(/isn't there yet|No session has a ledger yet/);
    await workbench.run("NTM Assignments: Assign…");
    await quickInput.waitUntilOpen();
    assert.equal(await quickInput.value(), session, "the folder's name is as good as any");
    await workbench.page.keyboard.press("Enter");
    for (const [step, text] of ["bd-1", "First", "2", "Codex", ""].entries()) {
      await eventually(async () => {
        assert.equal(await quickInput.title(), `Assign a Bead in ${session} (${String(step + 1)}/5)`);
      });
      await quickInput.type(text);
      if (step === 2)
        await eventually(async () => {
          assert.equal((await quickInput.items())[0]?.label, "Pane 2");
        });
      await workbench.page.keyboard.press("Enter");
    }
    assert.equal(await dialog.message(), "Start a ledger with a bead that has no tmux pane id?");
    await workbench.screenshot("empty-first-ledger");
    await dialog.click("Start the Ledger");
    await workbench.tree("Beads").row("bd-1 First");
    const { version, assignments } = JSON.parse(fs.readFileSync(home.ledgerPath(session), "utf8")) as ReturnType<
      typeof emptyLedger
    >;
    assert.deepEqual([version, assignments["bd-1"]?.["agent_type"]], [1, "codex"]);
  });
});
