// What the history adds to the workbench: the timeline in a tab, histories as documents, dots, and the return after a reload.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import type { Frame } from "playwright-core";
import { eventually } from "../support/eventually";
import { changeAsNtm, emptyLedger, saveAsNtm } from "../support/foreignSave";
import { ledgerOfDay } from "../support/recordedDay";
import { useStage } from "./stage";
import type { Workbench } from "./workbench/workbench";

const container = "NTM Assignments";

const sessions = {
  atlas: { panes: 40, beads: 1_000, hours: 24 },
  single: { panes: 1, beads: 1, hours: 1 },
  week: { panes: 12, beads: 900, hours: 7 * 24 },
};

/** Waits until an element in one of the window's frames has this text. */
async function showsText({ page }: Workbench, selector: string, text: string): Promise<void> {
  await eventually(async () => {
    for (const frame of page.frames()) {
      // A frame that is being replaced has no elements.
      const count = await frame
        .locator(selector)
        .getByText(text, { exact: true })
        .or(frame.locator(selector).filter({ hasText: text }))
        .count()
        .catch(() => 0);
      if (count > 0) return;
    }
    throw new Error(`${text} isn't shown`);
  }, 40_000);
}

describe("what happened", () => {
  const stage = useStage({
    project: "atlas",
    arrange: (home) => {
      for (const [session, day] of Object.entries(sessions)) {
        fs.mkdirSync(home.sessionFolder(session), { recursive: true });
        saveAsNtm(home.ledgerPath(session), ledgerOfDay(session, day));
      }
    },
  });

  /** The timeline's page, once it shows something. */
  async function timeline({ page }: Workbench): Promise<Frame> {
    return eventually(async () => {
      for (const frame of page.frames()) {
        if ((await frame.locator(".plot canvas[data-marks]").count()) > 0) return frame;
      }
      throw new Error("no timeline is shown");
    }, 30_000);
  }

  it("is a timeline in a tab, in every theme", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    await workbench.run("NTM Assignments: Open Timeline");
    const frame = await timeline(workbench);
    // The first picture may be that of a tab that hasn't its size yet.
    await eventually(async () => {
      assert.ok(Number(await frame.locator(".plot canvas").getAttribute("data-marks")) > 100);
    });
    await workbench.page.locator(".tab", { hasText: "Timeline of atlas" }).waitFor();
    await workbench.screenshot("timeline");
  });

  for (const session of ["single", "week", "atlas"] as const) {
    it(`follows the active session: ${session}`, async () => {
      const { workbench } = stage();
      // A page that loads takes the focus, and the list goes away without an answer: then it is asked for again.
      await eventually(async () => {
        await workbench.run("NTM Assignments: Switch Session");
        await workbench.quickInput.type(session);
        await eventually(async () => {
          const [first] = await workbench.quickInput.items();
          assert.equal(first?.label.trim(), session);
        }, 3_000);
        await workbench.quickInput.accept();
        await workbench.page.locator(".tab", { hasText: `Timeline of ${session}` }).waitFor({ timeout: 3_000 });
      }, 40_000);
      await showsText(workbench, "h1", `Timeline of ${session}`);
      await workbench.screenshot(`timeline-${session}`);
    });
  }

  it("fits a narrow window", async () => {
    const { workbench } = stage();
    const size = workbench.page.viewportSize();
    assert.ok(size !== null);
    await workbench.page.setViewportSize({ width: 700, height: 600 });
    await timeline(workbench);
    await workbench.screenshot("timeline-narrow");
    await workbench.page.setViewportSize(size);
  });

  it("moves when another process saves", async () => {
    const { workbench, home } = stage();
    const frame = await timeline(workbench);
    await frame.getByRole("button", { name: "Show as Table" }).click();
    await frame.getByRole("table").waitFor();
    const count = Number(await frame.getByRole("table").getAttribute("aria-rowcount"));
    changeAsNtm(home.ledgerPath("atlas"), (content) => {
      const now = new Date().toISOString();
      content.updated_at = now;
      content.assignments["bd-new"] = {
        ...content.assignments["bd-000"]!,
        bead_id: "bd-new",
        status: "assigned",
        assigned_at: now,
      };
      delete content.assignments["bd-new"]["completed_at"];
      delete content.assignments["bd-new"]["started_at"];
    });
    await eventually(async () => {
      assert.equal(await frame.getByRole("table").getAttribute("aria-rowcount"), String(count + 1));
    });
    await workbench.screenshot("timeline-table");
    await frame.getByRole("button", { name: "Show as Chart" }).click();
  });

  it("comes back after a reload", async () => {
    const { workbench } = stage();
    await workbench.reload();
    await showsText(workbench, "h1", "Timeline of atlas");
  });

  it("is marked by a dot where the view wasn't looked at, which is gone once it was", async () => {
    const { workbench, home } = stage();
    const { page } = workbench;
    const tree = workbench.tree("Beads");
    await workbench.showContainer(container);
    await tree.row(/^Pane 3/);
    await page.waitForFunction(() => document.hasFocus());
    // A look lasts a second at least.
    const looked = Date.now();
    await eventually(() => { assert.ok(Date.now() - looked > 1_500); }); // prettier-ignore
    await workbench.showContainer("Explorer");
    changeAsNtm(home.ledgerPath("atlas"), (content) => {
      const now = new Date().toISOString();
      content.updated_at = now;
      const working = Object.values(content.assignments).find(({ pane, status }) => pane === 3 && status === "working");
      Object.assign(working!, { status: "failed", failed_at: now, fail_reason: "out of memory" });
    });
    await workbench.showContainer(container);
    const dots = tree.pane.locator(".monaco-list-row", { hasText: "Pane 3" }).locator('[class*="badge" i]');
    await dots.first().waitFor();
    await workbench.screenshot("dots");
    const again = Date.now();
    await eventually(() => { assert.ok(Date.now() - again > 1_500); }); // prettier-ignore
    await workbench.showContainer("Explorer");
    await workbench.showContainer(container);
    await eventually(async () => {
      assert.equal(await dots.count(), 0);
    });
  });

  it("is a document for a bead", async () => {
    const { workbench } = stage();
    await workbench.run("NTM Assignments: Show History");
    await workbench.quickInput.type("bd-004");
    await workbench.quickInput.pick("bd-004 Title of bd-004");
    await workbench.page.locator(".tab", { hasText: "History of bd-004" }).waitFor();
    await eventually(async () => {
      const text = (await workbench.page.locator(".editor-instance .view-lines").first().innerText()).replaceAll(
        "\u00a0",
        " ",
      );
      assert.match(text, /3 of 214 tests fail/);
    });
    await workbench.screenshot("history");
  });
});

describe("the timeline of a session without beads", () => {
  const stage = useStage({
    project: "empty",
    arrange: (home) => {
      fs.mkdirSync(home.sessionFolder("empty"), { recursive: true });
      saveAsNtm(home.ledgerPath("empty"), emptyLedger("empty"));
    },
  });

  it("says that nothing has happened yet", async () => {
    const { workbench } = stage();
    await workbench.showContainer(container);
    await workbench.run("NTM Assignments: Open Timeline");
    await workbench.page.locator(".tab", { hasText: "Timeline of empty" }).waitFor();
    await showsText(workbench, "p, div, span", "Nothing has happened in this session yet.");
    await workbench.screenshot("timeline-empty");
  });
});
