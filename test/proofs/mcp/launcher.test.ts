// The file that starts the server of the newest version that is installed.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { launcherText } from "../../../src/mcp/launcher";
import { TempFolder } from "../../support/tempFolder";

describe("the launcher of the MCP server", () => {
  let root: TempFolder;
  let extensions: string;

  beforeEach(() => {
    root = new TempFolder('it\'s "here" ${x}');
    extensions = path.join(root.path, "extensions");
  });
  afterEach(() => {
    root.remove();
  });

  function install(name: string): string {
    const folder = path.join(extensions, name);
    fs.mkdirSync(path.join(folder, "dist"), { recursive: true });
    fs.writeFileSync(
      path.join(folder, "dist", "mcp.js"),
      `console.log(${JSON.stringify(name)}, process.argv.slice(2).join())`,
    );
    return folder;
  }

  function started(running: string): string {
    const launcher = path.join(root.path, "mcp.js");
    fs.writeFileSync(launcher, launcherText(running));
    return execFileSync(process.execPath, [launcher, "--session=a"], { encoding: "utf8" }).trim();
  }

  it("starts the newest version, by number, and no other extension", () => {
    const running = install("us.ntm-0.9.0-linux-x64");
    install("us.ntm-0.10.0-linux-x64");
    install("us.ntm-extra-3.0.0");
    install("us.other-2.0.0");
    assert.equal(started(running), "us.ntm-0.10.0-linux-x64 --session=a");
  });

  it("starts the version that is left after the one that wrote it was removed", () => {
    install("us.ntm-0.3.0");
    assert.equal(started(path.join(extensions, "us.ntm-0.2.0")), "us.ntm-0.3.0 --session=a");
  });

  it("starts the folder itself when that has no version, as in development", () => {
    assert.equal(started(install("checkout")), "checkout --session=a");
  });

  it("passes over a version that wasn't unpacked completely", () => {
    const running = install("us.ntm-0.2.0");
    fs.mkdirSync(path.join(extensions, "us.ntm-0.3.0"));
    assert.equal(started(running), "us.ntm-0.2.0 --session=a");
  });
});
