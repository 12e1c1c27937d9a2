// A VS Code with the installed package, and windows on a temporary home folder.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { ownPlatform } from "../../scripts/nativeLock";
import { Home } from "../support/home";
import { TempFolder } from "../support/tempFolder";
import { launchBrowser } from "../support/vscode/browser";
import type { Release } from "../support/vscode/releases";
import { VSCodeServer } from "../support/vscode/server";
import { Workbench } from "../ui/workbench/workbench";
import { packages } from "./packages";

export class Installation {
  readonly home: Home;
  /** The folder that the package was unpacked into. */
  readonly folder: string;
  readonly #root: TempFolder;
  readonly #server: VSCodeServer;
  readonly #browser: Browser;

  private constructor(root: TempFolder, server: VSCodeServer, browser: Browser) {
    this.#root = root;
    this.#server = server;
    this.#browser = browser;
    this.home = new Home(root.path);
    const [name, ...others] = fs
      .readdirSync(server.extensionsFolder, { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    assert.ok(name !== undefined && others.length === 0, "one extension is installed");
    this.folder = path.join(server.extensionsFolder, name);
  }

  static async of(release: Release): Promise<Installation> {
    const root = new TempFolder("home");
    const vsix = (await packages())[ownPlatform()];
    const home = new Home(root.path);
    // tmux ignores a TMUX_TMPDIR that doesn't exist.
    fs.mkdirSync(home.tmuxFolder);
    const server = await VSCodeServer.start({
      release,
      home: root.path,
      vsix,
      env: home.environment,
      // The server takes PATH from a login shell.
      settings: { "ntmAssignments.programs.ntm": path.join(home.programFolder, "ntm") },
    });
    return new Installation(root, server, await launchBrowser());
  }

  /** Opens the folder named like the session. An extension host starts and ends with the window. */
  async openWindow(session: string): Promise<Workbench> {
    const folder = path.join(this.home.path, "projects", session);
    fs.mkdirSync(folder, { recursive: true });
    return Workbench.open({ browser: this.#browser, server: this.#server, folder, theme: "dark", settings: {} });
  }

  async remove(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    this.#root.remove();
  }
}
