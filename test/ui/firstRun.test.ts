// The first run: welcome views, walkthrough, diagnosis and the first assignment.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { eventually } from "../support/eventually";
import type { LedgerContent } from "../support/foreignSave";
import { useStage } from "./stage";

const container = "NTM Assignments";
const session = "swarm";

describe("a first run", () => {
  const stage = useStage({ project: session });

  /** Waits until the view says so instead of showing rows. */
  async function welcome(expected: RegExp): Promise<void> {
    await eventually(async () => {
      assert.match(await stage().workbench.tree("Beads").message(), expected);
    });
  }

  before(async () => {
    await stage().workbench.showContainer(container);
  });

  it("explains how it works, in four steps", async () => {
    const { workbench } = stage();
    await welcome(/^The sessions folder of ntm doesn't exist yet\./);
    await workbench.tree("Beads").pane.getByText("How It Works").click();
    await workbench.page.getByText("Get Started with NTM Assignments").first().waitFor();
    for (const step of ["Watch Your Swarm", "Choose a Session", "Act on a Bead", "Get Notified"]) {
      await workbench.page.locator(".getting-started-step", { hasText: step }).waitFor();
    }
    await workbench.screenshot("walkthrough");
    for (const step of ["Choose a Session", "Act on a Bead", "Get Notified"]) {
      await workbench.page.locator(".getting-started-step", { hasText: step }).click();
      await workbench.page.locator(".getting-started-step.expanded", { hasText: step }).waitFor();
      await workbench.screenshot(`walkthrough-${step.toLowerCase().replaceAll(" ", "-")}`);
    }
    await workbench.run("View: Close Editor");
  });

  it("finds out why a ledger can't be read", async () => {
    const { home, workbench } = stage();
    fs.mkdirSync(home.sessionFolder(session), { recursive: true });
    fs.writeFileSync(home.ledgerPath(session), "{");
    await welcome(/^The ledger of this session can't be read\. Nothing was changed\./);
    await workbench.tree("Beads").pane.getByText("Diagnose Ledger").click();
    await workbench.notifications.waitFor(
      /assignments\.json is incomplete or not valid JSON\. Open the file and decide what to keep/,
    );
    await workbench.screenshot("first-run-diagnosed");
    await workbench.notifications.clear();
  });

  it("makes a ledger by a first assignment, after a warning about the missing pane id", async () => {
    const { home, workbench } = stage();
    const { quickInput, dialog } = workbench;
    home.clear();
    await welcome(/doesn't exist yet|No session has a ledger yet/);
    await workbench.run("NTM Assignments: Assign…");
    await quickInput.waitUntilOpen();
    assert.equal(await quickInput.value(), session, "the folder's name is as good as any");
    await workbench.page.keyboard.press("Enter");
    const steps: readonly (readonly [asks: RegExp, text: string])[] = [
      [/^Bead ID/, "bd-1"],
      [/^Title/, "First"],
      [/^(Select a pane|No panes found)/, "2"],
      [/^Select an agent/, "Codex"],
      [/^Prompt \(optional\)/, ""],
    ];
    for (const [asks, text] of steps) {
      await eventually(async () => {
        assert.equal(await quickInput.title(), `Assign a Bead in ${session}`);
        assert.ok([await quickInput.message(), await quickInput.placeholder()].some((asked) => asks.test(asked)));
      });
      await quickInput.type(text);
      if (text === "2")
        await eventually(async () => {
          assert.equal((await quickInput.items())[0]?.label, "Pane 2");
        });
      await workbench.page.keyboard.press("Enter");
    }
    assert.equal(await dialog.message(), "Create a ledger with a bead that has no tmux pane ID?");
    await workbench.screenshot("first-run-ledger");
    await dialog.click("Create Ledger");
    await workbench.tree("Beads").row("bd-1");
    const { version, assignments } = JSON.parse(fs.readFileSync(home.ledgerPath(session), "utf8")) as LedgerContent;
    assert.deepEqual([version, assignments["bd-1"]?.["agent_type"]], [1, "codex"]);
  });
});
