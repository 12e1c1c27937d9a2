// npm run screenshots: the pictures of the README, one for each theme, of a real workbench on a swarm that is made up.
import * as fs from "node:fs";
import * as path from "node:path";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import { Home } from "../support/home";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import { launchBrowser } from "../support/vscode/browser";
import { releases } from "../support/vscode/releases";
import { VSCodeServer } from "../support/vscode/server";
import { themes, type Theme } from "./workbench/themes";
import { Workbench } from "./workbench/workbench";

const pictures = path.join(projectRoot, "docs/images");
const size = { width: 1000, height: 640 };
const sideBarWidth = 640;

const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

/** Where an agent of the swarm sits. */
function agent(pane: number, type: string, name: string): Record<string, unknown> {
  const paneId = `%${10 + pane}`;
  return { pane, agent_type: type, agent_name: name, occupancy_key: paneId, dispatch_target: paneId };
}

const castle = agent(1, "claude", "GreenCastle");
const lake = agent(2, "codex", "BlueLake");
const stone = agent(3, "gemini", "RedStone");
const claimed = { idempotency_key: "k", claim_actor: "me/atlas", claim_state: "claimed", claimed_at: minutesAgo(4) };

const atlas: readonly Record<string, unknown>[] = [
  row("bd-31b", {
    ...castle,
    bead_title: "Parse quoted identifiers in filters",
    status: "working",
    assigned_at: minutesAgo(14),
    started_at: minutesAgo(12),
  }),
  row("bd-33e", { ...castle, bead_title: "Write the migration for archived orders", assigned_at: minutesAgo(3) }),
  done("bd-17a", "Reject tokens signed with the old key", castle),
  done("bd-1c2", "Show the queue length on the dashboard", castle),
  row("bd-2c8", {
    ...lake,
    bead_title: "Keep the scroll position across refreshes",
    status: "working",
    assigned_at: minutesAgo(190),
    started_at: minutesAgo(187),
  }),
  row("bd-340", {
    ...lake,
    ...claimed,
    bead_title: "Bound the memory of the search index",
    status: "claimed",
    assigned_at: minutesAgo(4),
    dispatch_state: "sending",
    dispatch_attempts: 1,
    dispatch_started_at: minutesAgo(2),
  }),
  done("bd-1d9", "Cache compiled templates per tenant", lake),
  row("bd-2f0", {
    ...stone,
    bead_title: "Retry uploads after a dropped connection",
    status: "failed",
    assigned_at: minutesAgo(41),
    failed_at: minutesAgo(6),
    fail_reason: "tests fail: 3 of 214",
    retry_count: 2,
  }),
];

function done(beadId: string, title: string, where: Record<string, unknown>): Record<string, unknown> {
  const completed = { status: "completed", assigned_at: minutesAgo(95), completed_at: minutesAgo(55) };
  return row(beadId, { ...where, ...completed, bead_title: title });
}

function placeLedger(home: Home): void {
  fs.mkdirSync(home.sessionFolder("atlas"), { recursive: true });
  const content = emptyLedger("atlas");
  for (const fields of atlas) content.assignments[String(fields["bead_id"])] = fields;
  saveAsNtm(home.ledgerPath("atlas"), content);
}

async function takePicture(workbench: Workbench, theme: Theme): Promise<void> {
  const { page } = workbench;
  await page.setViewportSize(size);
  await workbench.showContainer("NTM Assignments");
  const beads = workbench.tree("Beads");
  await beads.row(/^bd-2f0/);
  const edge = await page.locator(".sidebar").boundingBox();
  if (edge === null) throw new Error("There is no side bar.");
  await page.mouse.move(edge.x + edge.width, 300);
  await page.mouse.down();
  await page.mouse.move(edge.x + sideBarWidth, 300, { steps: 5 });
  await page.mouse.up();
  await beads.hover(/^bd-2f0/); // The last row: its card hides no other.
  await page.screenshot({ path: path.join(pictures, `${theme}.png`), animations: "disabled", caret: "hide" });
}

async function main(): Promise<void> {
  const root = new TempFolder("home");
  placeLedger(new Home(root.path));
  const folder = path.join(root.path, "projects", "atlas");
  fs.mkdirSync(folder, { recursive: true });
  fs.mkdirSync(pictures, { recursive: true });
  const server = await VSCodeServer.start({ release: releases.newest, home: root.path, extensions: [projectRoot] });
  const browser = await launchBrowser();
  try {
    for (const theme of Object.keys(themes) as Theme[]) {
      const workbench = await Workbench.open({ browser, server, folder, theme, settings: {} });
      await takePicture(workbench, theme);
      await workbench.close();
    }
  } finally {
    await browser.close();
    await server.stop();
    root.remove();
  }
}

void main();
