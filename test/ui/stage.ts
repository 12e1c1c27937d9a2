// What the ui tests of one VS Code release run in: one browser and one server for all test files, a window for each.
//
//   describe("tree", () => {
//     const stage = useStage({ project: "swarm", arrange: (home) => home.placeLedger("swarm", "schema9/plain") });
//     it("shows the rows", async () => {
//       const { workbench, home } = stage();
//       …
//     });
//   });
//
// A failed test leaves a screenshot and the logs in test/ui/screenshots/RELEASE/failed.
import * as fs from "node:fs/promises";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { launchBrowser } from "../support/vscode/browser";
import { Home } from "../support/home";
import { projectRoot } from "../support/project";
import { isReleaseName, releases, releaseVariable } from "../support/vscode/releases";
import { TempFolder } from "../support/tempFolder";
import { recordEvidence } from "../support/tiers/suite";
import { VSCodeServer } from "../support/vscode/server";
import type { Theme } from "./workbench/themes";
import { Workbench } from "./workbench/workbench";

export interface StageOptions {
  /** Name of the folder that is opened; the session of the same name is the active one. */
  readonly project?: string;
  readonly theme?: Theme;
  /** The language of the extension; the workbench itself, without a language pack, stays English. */
  readonly language?: string;
  /** Settings of the opened folder. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Prepares the home folder before the window opens; it starts without a `.ntm`. */
  readonly arrange?: (home: Home) => unknown;
}

export interface Stage {
  readonly home: Home;
  readonly workbench: Workbench;
}

/** What all test files share. */
interface Fixture {
  readonly home: Home;
  readonly server: VSCodeServer;
  readonly browser: Browser;
  close(): Promise<void>;
}

let fixture: Promise<Fixture> | undefined;

async function openFixture(): Promise<Fixture> {
  const name = process.env[releaseVariable] ?? "newest";
  if (!isReleaseName(name)) throw new Error(`${releaseVariable} is one of: ${Object.keys(releases).join(", ")}`);
  const folder = new TempFolder("home");
  const home = new Home(folder.path);
  // tmux ignores a TMUX_TMPDIR that doesn't exist, and uses the default one.
  await fs.mkdir(home.tmuxFolder);
  const server = await VSCodeServer.start({
    release: releases[name],
    home: home.path,
    extensions: [projectRoot],
    // The live tier names a tmux server of its own.
    env: process.env["TMUX_TMPDIR"] === undefined ? home.environment : {},
    // The server takes PATH from a login shell.
    settings: { "ntmAssignments.programs.br": home.br },
  });
  const browser = await launchBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    folder.remove();
  };
  return { home, server, browser, close };
}

// The root suite's: after the last file.
after(async () => {
  await (await fixture)?.close();
});

/** Opens a window before the tests of the suite it is called in, and closes it after them. */
export function useStage({
  project = "project",
  theme = "light",
  language,
  settings = {},
  arrange,
}: StageOptions = {}): () => Stage {
  let stage: Stage | undefined;

  before(async () => {
    const { home, server, browser } = await (fixture ??= openFixture());
    home.clear();
    await arrange?.(home);
    const folder = path.join(home.path, "projects", project);
    await fs.rm(folder, { recursive: true, force: true });
    await fs.mkdir(folder, { recursive: true });
    const workbench = await Workbench.open({
      browser,
      server,
      folder,
      theme,
      settings,
      ...(language !== undefined && { language }),
    });
    stage = { home, workbench };
  });

  afterEach(async function () {
    if (this.currentTest?.state !== "failed" || stage === undefined) return;
    recordEvidence(this.currentTest, await stage.workbench.recordFailure(this.currentTest.fullTitle()));
    // A menu that is left open would fail the tests that follow.
    await stage.workbench.page.keyboard.press("Escape");
  });

  after(async () => {
    await stage?.workbench.close();
    stage?.home.clear();
  });

  return () => {
    if (stage === undefined) throw new Error("The window opens before the suite's tests; call this in one of them.");
    return stage;
  };
}
