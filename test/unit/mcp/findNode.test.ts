// Which Node the MCP server's configuration names.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { findNode } from "../../../src/mcp/configuration";
import { TempFolder } from "../../support/tempFolder";

describe("the Node of the MCP server", () => {
  let root: TempFolder;

  beforeEach(() => {
    root = new TempFolder("node");
  });
  afterEach(() => {
    root.remove();
  });

  function program(folder: string, script: string): string {
    const file = path.join(root.path, folder, "node");
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return file;
  }

  const pathOf = (...files: readonly string[]): NodeJS.ProcessEnv => ({
    PATH: files.map((file) => path.dirname(file)).join(path.delimiter),
  });

  it("is the first on PATH that is new enough", async () => {
    const old = program("old", "echo v18.20.0");
    const broken = program("broken", "exit 1");
    const good = program("good", "echo v22.1.0");
    assert.equal(await findNode(undefined, pathOf(old, broken, good)), good);
  });

  it("is the editor's own where PATH has none, if that is Node", async () => {
    const old = program("old", "echo v18.20.0");
    assert.equal(await findNode(process.execPath, pathOf(old)), process.execPath);
    assert.equal(await findNode(undefined, pathOf(old)), "node");
  });
});
