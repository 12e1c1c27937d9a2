// Windows that aren't a trusted folder: Restricted Mode, and a workspace of several folders.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { Home } from "../support/home";
import { projectRoot } from "../support/project";
import { TempFolder } from "../support/tempFolder";
import { recordEvidence } from "../support/tiers/suite";
import { launchBrowser } from "../support/vscode/browser";
import { isReleaseName, releases, releaseVariable } from "../support/vscode/releases";
import { VSCodeServer } from "../support/vscode/server";
import { Workbench } from "./workbench/workbench";

const container = "NTM Assignments";

describe("a window", () => {
  let temporary: TempFolder;
  let home: Home;
  let server: VSCodeServer;
  let browser: Browser;
  let workbench: Workbench | undefined;

  before(async () => {
    temporary = new TempFolder("home");
    home = new Home(temporary.path);
    fs.mkdirSync(home.tmuxFolder);
    home.placeLedger("swarm", "schema9/plain");
    const name = process.env[releaseVariable] ?? "newest";
    assert.ok(isReleaseName(name));
    server = await VSCodeServer.start({
      release: releases[name],
      home: home.path,
      extensions: [projectRoot],
      env: home.environment,
      settings: {
        "security.workspace.trust.enabled": true,
        "security.workspace.trust.startupPrompt": "never",
        "security.workspace.trust.banner": "never",
      },
    });
    browser = await launchBrowser();
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed" && workbench !== undefined) {
      recordEvidence(this.currentTest, await workbench.recordFailure(this.currentTest.fullTitle()));
    }
    await workbench?.close();
    workbench = undefined;
  });

  after(async () => {
    await browser.close();
    await server.stop();
    temporary.remove();
  });

  function folderOf(name: string): string {
    const folder = path.join(home.path, "projects", name);
    fs.mkdirSync(folder, { recursive: true });
    return folder;
  }

  it("in Restricted Mode shows the beads, and takes no paths from the folder's settings", async () => {
    const elsewhere = path.join(home.path, "elsewhere");
    fs.mkdirSync(path.join(elsewhere, "swarm"), { recursive: true });
    const folder = folderOf("swarm");
    const settings = {
      "ntmAssignments.storageFolder": elsewhere,
      "ntmAssignments.programs.tmux": path.join(home.path, "evil"),
      "ntmAssignments.programs.br": path.join(home.path, "evil"),
    };
    fs.writeFileSync(path.join(home.path, "evil"), `#!/bin/sh\ntouch ${home.path}/was-run\n`, { mode: 0o755 });
    workbench = await Workbench.open({ browser, server, folder, theme: "light", settings });
    await workbench.showContainer(container);
    await workbench.page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor();
    assert.equal((await workbench.tree("Beads").row("b.1")).level, 2);
    await workbench.run("NTM Assignments: Refresh");
    assert.equal(fs.existsSync(path.join(home.path, "was-run")), false);
  });

  it("on several folders shows the session that one of them is called like", async () => {
    home.placeLedger("another", "schema1/plain");
    for (const copy of [home.ledgerPath("another"), home.backupPath("another")]) {
      if (fs.existsSync(copy)) fs.utimesSync(copy, Date.now() / 1000 + 60, Date.now() / 1000 + 60);
    }
    const folder = folderOf("docs");
    const folders = [folder, folderOf("swarm")].map((one) => ({ path: one }));
    const workspace = path.join(home.path, "projects", "all.code-workspace");
    fs.writeFileSync(workspace, JSON.stringify({ folders }));
    workbench = await Workbench.open({ browser, server, folder, workspace, theme: "light", settings: {} });
    await workbench.showContainer(container);
    assert.equal((await workbench.tree("Beads").row("b.1")).level, 2);
    assert.equal(await workbench.tree("Beads").description(), "swarm");
  });
});
