// node painted.js RELEASE: how soon the painted row shows a save by another process, while nothing else happens and while saves never
// pause, and that its agent waits. Prints the times as JSON, in milliseconds.
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hookCommand } from "../../src/agents/hooks";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import { Home } from "../support/home";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import { hasTmux, TmuxServer } from "../support/tmux/server";
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
const hookRuns = 20;

export interface PaintedMeasures {
  readonly idle: readonly number[];
  /** How far the painted row was behind, each time that it was looked at. */
  readonly behind: readonly number[];
  /** From the start of an agent's hook that says that it waits; empty without tmux. */
  readonly waiting: readonly number[];
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
    const waiting = hasTmux() ? await waitingTimes(workbench, home, save) : [];
    await workbench.close();
    console.log(JSON.stringify({ idle, behind, waiting } satisfies PaintedMeasures));
  } finally {
    await browser.close();
    await server.stop();
    temporary.remove();
  }
}

type Save = (title: string, fields?: Record<string, unknown>) => void;

/** Each save has another title, by which it is recognized. */
function saverIn(home: Home): Save {
  let generation = 0;
  return (title, fields) => {
    const content = emptyLedger(session);
    const placed = { occupancy_key: "%1", dispatch_target: "%1" };
    const startedAt = "2026-11-22T10:00:00Z";
    content.assignments["bd-1"] = row("bd-1", {
      bead_title: title,
      status: "working",
      started_at: startedAt,
      ...placed,
      ...fields,
    });
    content.persistence_generation = ++generation;
    fs.mkdirSync(path.dirname(home.ledgerPath(session)), { recursive: true });
    saveAsNtm(home.ledgerPath(session), content);
  };
}

async function idleTimes(workbench: Workbench, save: Save): Promise<readonly number[]> {
  const times: number[] = [];
  for (let number = 1; number <= idleSaves; number++) {
    await sleep(idlePauseMs);
    const title = `save${number}`;
    times.push(
      await timeUntilPainted(workbench, title, () => {
        save(title);
      }),
    );
  }
  return times;
}

/** In milliseconds. @param text comes into the side bar after the cause */
async function timeUntilPainted({ page }: Workbench, text: string, cause: () => void): Promise<number> {
  const painted = page.waitForFunction(
    (expected) => document.querySelector(".sidebar")?.textContent.includes(expected) === true,
    text,
    { polling: "raf" },
  );
  // The condition is checked in the page by now.
  await sleep(50);
  const start = performance.now();
  cause();
  await painted;
  return performance.now() - start;
}

/** The hooks of the agent of a pane, as the agent runs them. */
async function waitingTimes(workbench: Workbench, home: Home, save: Save): Promise<readonly number[]> {
  const tmux = new TmuxServer({ socketFolder: home.tmuxFolder });
  try {
    const pane = tmux.newSession(session, { command: "exec sleep 3600", title: `${session}__cc_1` });
    const assigned_at = new Date().toISOString();
    save("hooked", { occupancy_key: pane, dispatch_target: pane, assigned_at });
    const env = { ...process.env, ...tmux.paneEnvironment(pane) };
    const say = (state: "waiting" | "working"): void => {
      const reason = state === "waiting" ? "permission" : "-";
      execFileSync("/bin/sh", ["-c", hookCommand({ state, reason })], { env, input: "{}" });
    };
    const times: number[] = [];
    // The first look at the new server isn't due yet.
    await workbench.run("NTM Assignments: Refresh");
    for (let run = 0; run < hookRuns; run++) {
      await sleep(1500);
      times.push(
        await timeUntilPainted(workbench, "waiting for permission", () => {
          say("waiting");
        }),
      );
      await sleep(1500);
      say("working");
      await workbench.page.waitForFunction(
        () => document.querySelector(".sidebar")?.textContent.includes("waiting for permission") === false,
      );
    }
    return times;
  } finally {
    tmux.stop();
  }
}

async function busyLags({ page }: Workbench, save: Save): Promise<readonly number[]> {
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
