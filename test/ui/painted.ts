// node painted.js RELEASE: how soon a save by another process is seen, from the save to the painted row, while nothing else happens and
// while saves never pause. Prints the times as JSON, in milliseconds.
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import { Home } from "../support/home";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import { launchBrowser } from "../support/vscode/browser";
import { isReleaseName, releases } from "../support/vscode/releases";
import { VSCodeServer } from "../support/vscode/server";
import { Workbench } from "./workbench/workbench";

const session = "swarm";
const idleSaves = 40;
/** Longer than everything that gathers changes. */
const idlePauseMs = 900;
const busyIntervalMs = 100;
const busyMs = 20_000;

export interface PaintedMeasures {
  readonly idle: readonly number[];
  /** How far the painted row was behind, each time that it was looked at. */
  readonly behind: readonly number[];
}

async function main([name = ""]: readonly string[]): Promise<void> {
  if (!isReleaseName(name)) throw new Error(`No such release: ${name}`);
  const release = releases[name];
  const temporary = new TempFolder("home");
  const home = new Home(temporary.path);
  fs.mkdirSync(home.tmuxFolder);
  const save = saverIn(home);
  save("0");
  const folder = path.join(home.path, "projects", session);
  fs.mkdirSync(folder, { recursive: true });
  const options = { release, home: home.path, extensions: [projectRoot], env: home.environment };
  const server = await VSCodeServer.start(options);
  const browser = await launchBrowser();
  try {
    const workbench = await Workbench.open({ browser, server, folder, theme: "light", settings: {} });
    await workbench.showContainer("NTM Assignments");
    await workbench.tree("Beads").row("bd-1");
    const idle = await idleTimes(workbench, save);
    const behind = await busyLags(workbench, save);
    await workbench.close();
    console.log(JSON.stringify({ idle, behind } satisfies PaintedMeasures));
  } finally {
    await browser.close();
    await server.stop();
    temporary.remove();
  }
}

/** Each save has another title, by which it is recognized. */
function saverIn(home: Home): (title: string) => void {
  let generation = 0;
  return (title) => {
    const content = emptyLedger(session);
    const placed = { occupancy_key: "%1", dispatch_target: "%1" };
    const startedAt = "2026-11-22T10:00:00Z";
    content.assignments["bd-1"] = row("bd-1", {
      bead_title: title,
      status: "working",
      started_at: startedAt,
      ...placed,
    });
    content.persistence_generation = ++generation;
    fs.mkdirSync(path.dirname(home.ledgerPath(session)), { recursive: true });
    saveAsNtm(home.ledgerPath(session), content);
  };
}

async function idleTimes({ page }: Workbench, save: (title: string) => void): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 1; number <= idleSaves; number++) {
    await sleep(idlePauseMs);
    const title = `save${number}`;
    const painted = page.waitForFunction(
      (text) => document.querySelector(".sidebar")?.textContent.includes(text) === true,
      title,
      { polling: "raf" },
    );
    // The condition is checked in the page by now.
    await sleep(50);
    const start = performance.now();
    save(title);
    await painted;
    times.push(performance.now() - start);
  }
  return times;
}

async function busyLags({ page }: Workbench, save: (title: string) => void): Promise<readonly number[]> {
  const lags: number[] = [];
  const start = Date.now();
  const saving = setInterval(() => {
    save(`at${Date.now()}`);
  }, busyIntervalMs);
  try {
    while (Date.now() - start < busyMs) {
      const text = await page.evaluate(() => document.querySelector(".sidebar")?.textContent ?? "");
      const at = Number(/at(\d{13})/.exec(text)?.[1] ?? 0);
      if (at > 0) lags.push(Date.now() - at);
      await sleep(10);
    }
  } finally {
    clearInterval(saving);
  }
  return lags;
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
