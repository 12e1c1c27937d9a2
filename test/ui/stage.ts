// Sets the stage for the ui tests of one VS Code release: one browser and one server for all test files, a window for each.
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
  /** Makes the home folder what it should be before the window opens; it starts without a `.ntm`. */
  readonly arrange?: (home: Home) => unknown;
}

export interface Stage {
  readonly home: Home;
  readonly workbench: Workbench;
}

interface Theatre {
  readonly home: Home;
  readonly server: VSCodeServer;
  readonly browser: Browser;
  close(): Promise<void>;
}

let theatre: Promise<Theatre> | undefined;

async function openTheatre(): Promise<Theatre> {
  const name = process.env[releaseVariable] ?? "newest";
  if (!isReleaseName(name)) throw new Error(`${releaseVariable} is one of: ${Object.keys(releases).join(", ")}`);
  const folder = new TempFolder("home");
  const home = new Home(folder.path);
  const server = await VSCodeServer.start({ release: releases[name], home: home.path, extensions: [projectRoot] });
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
  await (await theatre)?.close();
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
    const { home, server, browser } = await (theatre ??= openTheatre());
    home.clear();
    arrange?.(home);
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
    if (this.currentTest?.state === "failed") await stage?.workbench.recordFailure(this.currentTest.fullTitle());
  });

  after(async () => {
    await stage?.workbench.close();
    stage?.home.clear();
  });

  return () => {
    if (stage === undefined) throw new Error("The stage is set before the suite's tests; ask for it in one of them.");
    return stage;
  };
}
