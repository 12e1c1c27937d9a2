// npm run screenshots: the pictures of the README, of a real workbench on swarms that are made up; the tree is taken in each theme,
// and the rest in one. Then the scenes of the ui tests in every theme, into test/ui/screenshots.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { eventually } from "../support/eventually";
import { Home } from "../support/home";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import { TmuxServer } from "../support/tmux/server";
import { TrackedProject } from "../support/trackedProject";
import { launchBrowser } from "../support/vscode/browser";
import { runNodeTier } from "../support/tiers/node";
import { releases, releaseVariable } from "../support/vscode/releases";
import { VSCodeServer } from "../support/vscode/server";
import { paneOfCodex, placeAtlas, placeHarbor, placeOrion, readyBeads } from "./pictures/swarms";
import { themes, type Theme } from "./workbench/themes";
import { picturesVariable, Workbench } from "./workbench/workbench";

const pictures = path.join(projectRoot, "docs/images");
const container = "NTM Assignments";
const size = { width: 900, height: 560 };

/** Opens a window on a session, has the picture arranged, and takes it. */
type Photographer = (
  picture: string,
  session: string,
  theme: Theme,
  arrange: (workbench: Workbench) => Promise<void>,
) => Promise<void>;

function photographer(browser: Browser, server: VSCodeServer, home: Home): Photographer {
  return async (picture, session, theme, arrange) => {
    const folder = path.join(home.path, "projects", session);
    fs.mkdirSync(folder, { recursive: true });
    const workbench = await Workbench.open({ browser, server, folder, theme, settings: {} });
    await workbench.resize(size);
    await workbench.showContainer(container);
    await arrange(workbench);
    const file = path.join(pictures, `${picture}.png`);
    await workbench.page.screenshot({ path: file, animations: "disabled", caret: "hide" });
    await workbench.close();
  };
}

async function takeTree(take: Photographer, home: Home): Promise<void> {
  placeAtlas(home);
  for (const theme of Object.keys(themes) as Theme[]) {
    await take(theme, "atlas", theme, async (workbench) => {
      const beads = workbench.tree("Beads");
      await beads.row(/^bd-2f0/);
      await beads.hover(/^bd-2f0/); // The last row: its hover hides no other.
    });
  }
}

async function takeReady(take: Photographer, home: Home): Promise<void> {
  const project = new TrackedProject(home.path, "atlas");
  try {
    project.says({ ready: readyBeads });
    home.install("br", project.br.program);
    await take("ready", "atlas", "dark", async (workbench) => {
      const ready = workbench.tree("Ready");
      await ready.toggle();
      await ready.row(/bd-338$/);
      await ready.hover(/bd-338$/); // The last row, as above.
    });
  } finally {
    project.remove();
  }
}

async function takeTimeline(take: Photographer, home: Home): Promise<void> {
  placeHarbor(home);
  await take("timeline", "harbor", "dark", async (workbench) => {
    await workbench.tree("Beads").row(/^Pane 1/);
    await workbench.run("NTM Assignments: Open Timeline");
    await eventually(async () => {
      for (const frame of workbench.page.frames()) {
        if ((await frame.locator(".plot canvas[data-marks]").count()) > 0) return;
      }
      throw new Error("no timeline is shown");
    }, 30_000);
    // Not before: the page takes the focus when it is shown, which would close the palette.
    await workbench.run("View: Toggle Primary Side Bar Visibility");
  });
}

async function takeResolveDispatch(take: Photographer, home: Home): Promise<void> {
  const tmux = new TmuxServer({ socketFolder: home.tmuxFolder, home: home.path });
  try {
    const screen = path.join(home.path, "screen");
    fs.writeFileSync(screen, `${paneOfCodex}\n`);
    // What runs in the pane has the agent's name.
    home.install("codex", "/bin/sleep");
    tmux.newSession("orion");
    const pane = tmux.newWindow("orion", {
      command: `cat '${screen}'; exec '${path.join(home.programFolder, "codex")}' 600`,
    });
    await eventually(() => {
      if (!tmux.screen(pane).includes("Working")) throw new Error("the pane is empty");
    });
    placeOrion(home, pane);
    await take("resolve-dispatch", "orion", "dark", async (workbench) => {
      const beads = workbench.tree("Beads");
      await eventually(async () => {
        if (!(await beads.row("bd-340")).description.startsWith("stranded")) throw new Error("the bead isn't marked");
      });
      await beads.clickInlineAction("bd-340", "Resolve Dispatch…");
      await workbench.quickInput.waitUntilOpen();
      await workbench.restPointer();
    });
  } finally {
    tmux.stop();
  }
}

async function main(): Promise<void> {
  const root = new TempFolder("home");
  const home = new Home(root.path);
  fs.mkdirSync(home.tmuxFolder);
  fs.mkdirSync(pictures, { recursive: true });
  const server = await VSCodeServer.start({
    release: releases.newest,
    home: root.path,
    extensions: [projectRoot],
    env: home.environment,
    // The server takes PATH from a login shell.
    settings: { "ntmAssignments.programs.br": home.br },
  });
  const browser = await launchBrowser();
  try {
    const take = photographer(browser, server, home);
    await takeTree(take, home);
    await takeReady(take, home);
    await takeTimeline(take, home);
    await takeResolveDispatch(take, home);
  } finally {
    await browser.close();
    await server.stop();
    root.remove();
  }
  // The scenes of the ui tests, in every theme.
  await runNodeTier({ name: "ui", env: { [releaseVariable]: "newest", [picturesVariable]: "1" } });
}

void main();
