// The MCP server as it is installed: started by its path, by plain Node, with nothing around it.
import * as assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { ownPlatform } from "../../scripts/nativeLock";
import { launcherText } from "../../src/mcp/launcher";
import { emptyLedger, row, saveAsNtm, type LedgerContent } from "../support/foreignSave";
import { McpAgent } from "../support/mcpServer";
import { manifest } from "../support/manifest";
import { TmuxServer } from "../support/tmux/server";
import { TemporaryStorage } from "../support/storage";
import { TempFolder } from "../support/tempFolder";
import { Zip } from "../support/zip";
import { packages } from "./packages";

const session = "atlas";

describe("the installed MCP server", () => {
  let extensions: TempFolder;
  let server: string;
  let storage: TemporaryStorage;

  before(async function () {
    this.timeout(180_000);
    extensions = new TempFolder("extensions");
    const folder = path.join(extensions.path, "ntm-assignments.ntm-assignments-0.2.0");
    const zip = new Zip(fs.readFileSync((await packages())[ownPlatform()]));
    for (const name of zip.names.filter((one) => one.startsWith("extension/"))) {
      const file = path.join(folder, name.slice("extension/".length));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, zip.bytes(name));
    }
    server = path.join(folder, "dist", "mcp.js");
  });
  after(() => {
    extensions.remove();
  });
  beforeEach(() => {
    storage = new TemporaryStorage();
  });
  afterEach(() => {
    storage.remove();
  });

  function place(fields: Record<string, unknown>): void {
    const content = emptyLedger(session);
    content.assignments["bd-1"] = row("bd-1", fields);
    fs.mkdirSync(path.dirname(storage.primary(session)), { recursive: true });
    saveAsNtm(storage.primary(session), content);
  }

  it("prints the version of the package", () => {
    const printed = execFileSync(process.execPath, [server, "--version"], { encoding: "utf8" });
    assert.equal(printed, `${manifest.version}\n`);
  });

  it("changes the row of its pane, under the native lock of the package", async () => {
    const tmux = new TmuxServer();
    try {
      const pane = tmux.newSession(session, { command: "cat" });
      place({ occupancy_key: pane, dispatch_target: pane, assigned_at: "2099-01-01T00:00:00Z" });
      const args = [`--storage-dir=${storage.path}`];
      const agent = await McpAgent.start(args, tmux.paneEnvironment(pane), server);
      try {
        const { tools } = await agent.client.listTools();
        assert.ok(tools.length >= 8);
        const started = await agent.call("start");
        assert.equal(started.isError, false, started.text);
      } finally {
        await agent.end();
      }
      const { assignments } = JSON.parse(fs.readFileSync(storage.primary(session), "utf8")) as LedgerContent;
      assert.equal(assignments["bd-1"]?.["status"], "working");
    } finally {
      tmux.stop();
    }
  });

  it("is found by the file that configurations name, in its newest version", async () => {
    const launcher = path.join(extensions.path, "launcher.js");
    const running = path.join(extensions.path, "ntm-assignments.ntm-assignments-0.1.9");
    fs.writeFileSync(launcher, launcherText(running));
    place({});
    const agent = await McpAgent.start([`--session=${session}`, `--storage-dir=${storage.path}`], {}, launcher);
    try {
      assert.match((await agent.call("list")).text, /bd-1|1 bead/);
    } finally {
      await agent.end();
    }
  });
});
