// The MCP server as a program: two agents at once, a deleted ledger, a client that ends, and input that isn't the protocol.
import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { emptyLedger, row, saveAsNtm, type LedgerContent } from "../support/foreignSave";
import { eventually } from "../support/eventually";
import { McpAgent, mcpServerFile } from "../support/mcpServer";
import { TmuxServer } from "../support/tmux/server";
import { bundleProgram } from "../support/program";
import { TemporaryStorage } from "../support/storage";

const session = "atlas";
const later = "2099-01-01T00:00:00Z";

describe("the MCP server", function () {
  this.timeout(60_000);
  let tmux: TmuxServer;
  let storage: TemporaryStorage;

  beforeEach(() => {
    tmux = new TmuxServer();
    storage = new TemporaryStorage();
  });
  afterEach(() => {
    tmux.stop();
    storage.remove();
  });

  function place(rows: readonly Record<string, unknown>[]): void {
    const content = emptyLedger(session);
    for (const fields of rows) content.assignments[String(fields["bead_id"])] = fields;
    fs.mkdirSync(path.dirname(storage.primary(session)), { recursive: true });
    saveAsNtm(storage.primary(session), content);
  }

  function statuses(): readonly unknown[] {
    const { assignments } = JSON.parse(fs.readFileSync(storage.primary(session), "utf8")) as LedgerContent;
    return Object.values(assignments).map(({ status }) => status);
  }

  it("serves two agents in panes of their own at once, each its own row", async () => {
    const first = tmux.newSession(session, { command: "cat" });
    const panes = [first, tmux.splitPane(first, { command: "cat" })] as const;
    place(panes.map((pane, index) => row(`bd-${index}`, { occupancy_key: pane, assigned_at: later })));
    const program = bundleProgram("test/proofs/programs/mcpAgent.ts");
    const calls = JSON.stringify([["my_bead"], ["start"], ["ask", { text: "?" }], ["resume"], ["complete"]]);
    const answersOf = (pane: string): string => path.join(storage.path, `answers${pane}`);
    for (const pane of panes) {
      const command = [process.execPath, program, mcpServerFile(), storage.path, calls, answersOf(pane)];
      tmux.run("set-option", "-p", "-t", pane, "remain-on-exit", "on");
      tmux.run("respawn-pane", "-k", "-t", pane, ...command);
    }
    for (const [index, pane] of panes.entries()) {
      const answers = await eventually(
        () =>
          JSON.parse(fs.readFileSync(answersOf(pane), "utf8")) as { isError: boolean; content: { text: string }[] }[],
        30_000,
      );
      assert.deepEqual(
        answers.map(({ isError }) => isError),
        [false, false, false, false, false],
        JSON.stringify(answers),
      );
      assert.match(answers[0]!.content[0]!.text, new RegExp(`^"bd-${index}" `));
    }
    assert.deepEqual(statuses(), ["completed", "completed"]);
  });

  it("loses no change of six agents that start and complete at the same moment", async () => {
    const panes = [tmux.newSession(session, { command: "cat" })];
    for (let index = 1; index < 6; index++) panes.push(tmux.newWindow(session, { command: "cat" }));
    place(panes.map((pane, index) => row(`bd-${index}`, { occupancy_key: pane, assigned_at: later })));
    const args = ["--storage-dir", storage.path];
    const agents = await Promise.all(panes.map((pane) => McpAgent.start(args, tmux.paneEnvironment(pane))));
    const answers = await Promise.all(agents.flatMap((agent) => [agent.call("start"), agent.call("complete")]));
    await Promise.all(agents.map((agent) => agent.end()));
    assert.deepEqual(
      answers.filter(({ isError }) => isError).map(({ text }) => text),
      [],
    );
    assert.deepEqual(new Set(statuses()), new Set(["completed"]));
  });

  it("goes on when the storage is deleted and comes back", async () => {
    const pane = tmux.newSession(session, { command: "cat" });
    const agent = await McpAgent.start(["--storage-dir", storage.path], tmux.paneEnvironment(pane));
    const mine = row("bd-1", { occupancy_key: pane, assigned_at: later });
    place([mine]);
    assert.equal((await agent.call("my_bead")).isError, false);
    fs.rmSync(storage.path, { recursive: true });
    for (const tool of ["my_bead", "start", "complete"]) {
      assert.equal((await agent.call(tool)).facts["refused"], "no-bead");
    }
    assert.match((await agent.call("list")).text, /0 beads/);
    assert.equal(fs.existsSync(storage.path), false, "it must not be made anew");
    place([mine]);
    assert.equal((await agent.call("start")).isError, false);
    await agent.end();
  });

  function startRaw(...args: readonly string[]): ChildProcessWithoutNullStreams {
    const child = spawn(process.execPath, [mcpServerFile(), ...args], { env: { PATH: process.env["PATH"] } });
    child.stdin.on("error", () => undefined); // It may be gone before it reads.
    return child;
  }

  function ending(child: ChildProcessWithoutNullStreams): Promise<{ code: number | null; output: string }> {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
    return new Promise((resolve) => {
      child.once("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  it("prints how it is started, if asked and for arguments that it doesn't know", () => {
    const run = (argument: string): { status: number | null; stdout: string; stderr: string } =>
      spawnSync(process.execPath, [mcpServerFile(), argument], { encoding: "utf8", timeout: 30_000 });
    const { status, stdout } = run("--help");
    assert.deepEqual([status, stdout.split(" [")[0]], [0, "Usage: node mcp.js"]);
    const unknown = run("--nope");
    assert.deepEqual([unknown.status, unknown.stdout], [2, ""]);
    assert.match(unknown.stderr, /'--nope'[^]*\n\nUsage: node mcp\.js \[/);
  });

  it("ends with its client, also with one that was killed", async () => {
    const child = startRaw();
    const ended = ending(child);
    child.stdin.end();
    assert.equal((await ended).code, 0);

    const deaf = startRaw();
    const deafEnded = ending(deaf);
    deaf.stdout.destroy();
    deaf.stdin.write('{"jsonrpc":"2.0","id":1,"method":"ping"}\n'.repeat(100));
    deaf.stdin.end();
    assert.equal((await deafEnded).code, 0);
  });

  const initialize = {
    jsonrpc: "2.0",
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "raw", version: "1" } },
  };

  /** Writes the bytes between two proper requests, and gives the lines that the server printed. */
  async function printed(bytes: Uint8Array): Promise<readonly string[]> {
    const child = startRaw("--storage-dir", storage.path, "--session", session);
    const ended = ending(child);
    child.stdin.write(`${JSON.stringify(initialize)}\n`);
    child.stdin.write(bytes);
    child.stdin.end(`\n${JSON.stringify({ jsonrpc: "2.0", id: "last", method: "ping" })}\n`);
    const { code, output } = await ended;
    assert.equal(code, 0);
    return output.trimEnd().split("\n");
  }

  function expectProtocol(lines: readonly string[]): void {
    const ids = lines.map((line) => (JSON.parse(line) as { jsonrpc: string; id?: unknown }).id);
    assert.ok(ids.includes(1) && ids.includes("last"), lines.join("\n").slice(0, 2000));
  }

  it("answers what is sensible among any bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expectProtocol(await printed(bytes));
      }),
      { numRuns: 15 },
    );
  });

  it("answers what is sensible among requests of any content", async () => {
    const tool = fc.oneof(
      fc.constantFrom("my_bead", "start", "fail", "ask", "list", "explain", "__proto__"),
      fc.string(),
    );
    const request = fc.record(
      {
        jsonrpc: fc.constantFrom("2.0", "1.0"),
        id: fc.oneof(fc.string(), fc.integer({ min: 2 }), fc.constant(null)),
        method: fc.oneof(fc.constantFrom("tools/call", "tools/list", "ping", "resources/list"), fc.string()),
        params: fc.oneof(
          fc.record({ name: tool, arguments: fc.oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue()) }),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(request, fc.jsonValue()), { maxLength: 30 }), async (messages) => {
        expectProtocol(await printed(Buffer.from(messages.map((message) => JSON.stringify(message)).join("\n"))));
      }),
      { numRuns: 15 },
    );
    assert.deepEqual(fs.readdirSync(storage.path), [], "nothing may be made");
  });

  it("ends at a message that would fill its memory", async () => {
    const child = startRaw();
    const ended = ending(child);
    child.stdin.write(Buffer.alloc(11 * 1024 * 1024, 0x61));
    assert.equal((await ended).code, 0);
  });
});
