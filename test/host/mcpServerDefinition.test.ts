// The MCP server as the editor's own chat starts it, from VS Code 1.101 on.
import * as assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import * as vscode from "vscode";
import { mcpProviderId, registerMcpServerDefinition } from "../../src/chat/mcpServerDefinition";
import { Emitter } from "../../src/util/event";
import { row } from "../support/foreignSave";
import { mcpServerFile } from "../support/mcpServer";
import { useHost } from "./hostTest";

interface Definition {
  readonly label: string;
  readonly command: string;
  readonly args: string[];
  readonly env: Record<string, string | null>;
  readonly version?: string;
}

interface Provider {
  readonly onDidChangeMcpServerDefinitions: vscode.Event<void>;
  readonly provideMcpServerDefinitions: () => readonly Definition[];
}

interface Registry {
  registerMcpServerDefinitionProvider?: (id: string, provider: Provider) => vscode.Disposable;
}

describe("The MCP server's definition", () => {
  const host = useHost();
  const registry = vscode.lm as unknown as Registry;
  const register = registry.registerMcpServerDefinitionProvider;
  const changed = new Emitter<undefined>();
  const logged: string[] = [];
  const options = {
    server: mcpServerFile(),
    version: "1.2.3",
    onDidChangeSession: changed.event,
    log: { info: (message: string) => logged.push(message) },
  };
  let shown: { readonly sessionName: string; readonly storageDir: string } | undefined;

  afterEach(() => {
    logged.length = 0;
    if (register !== undefined) registry.registerMcpServerDefinitionProvider = register;
  });

  function registered(): { readonly registration: vscode.Disposable; readonly provider: Provider | undefined } {
    let provider: Provider | undefined;
    if (register !== undefined) {
      // The extension itself has registered the real one.
      registry.registerMcpServerDefinitionProvider = (id, given) => {
        assert.equal(id, mcpProviderId);
        provider = given;
        return vscode.Disposable.from();
      };
    }
    const registration = registerMcpServerDefinition({ ...options, session: () => shown });
    return { registration, provider };
  }

  it("is left out where the editor has the API for others only, as VS Code 1.100 does", function () {
    if (register === undefined) this.skip(); // The editor has no such API.
    registry.registerMcpServerDefinitionProvider = () => {
      throw new Error("CANNOT use API proposal: mcpConfigurationProvider");
    };
    registerMcpServerDefinition({ ...options, session: () => shown }).dispose();
    assert.match(logged.join(), /CANNOT use API proposal/);
  });

  it("is absent where the editor has no such API, and otherwise follows the session that is shown", () => {
    shown = undefined;
    const { registration, provider } = registered();
    assert.equal(provider === undefined, register === undefined);
    if (provider === undefined) return;
    let count = 0;
    provider.onDidChangeMcpServerDefinitions(() => count++);
    assert.deepEqual(provider.provideMcpServerDefinitions(), []);
    shown = { sessionName: "atlas", storageDir: "/ledgers" };
    changed.fire(undefined);
    changed.fire(undefined);
    assert.equal(count, 1, "a change of the same session changes nothing");
    const [definition] = provider.provideMcpServerDefinitions();
    assert.deepEqual(definition?.args.slice(1), ["--session=atlas", "--storage-dir=/ledgers"]);
    assert.equal(definition.version, "1.2.3");
    registration.dispose();
  });

  it("starts a server that lists the session's beads", async function () {
    const stage = await host.show([row("bd-1", { status: "working" })]);
    shown = { sessionName: stage.sessionName, storageDir: host.internals.session.storageDir };
    const { provider } = registered();
    if (provider === undefined) this.skip(); // The editor has no such API.
    const [definition] = provider.provideMcpServerDefinitions();
    assert.ok(definition !== undefined);
    const { command, args } = definition;
    // As the editor does: null takes a variable away.
    const variables: Record<string, string | null | undefined> = {
      ...process.env,
      TMUX_PANE: "%0",
      ...definition.env,
    };
    const env = Object.fromEntries(
      Object.entries(variables).filter((one): one is [string, string] => typeof one[1] === "string"),
    );
    const client = new Client({ name: "editor", version: "1" });
    await client.connect(new StdioClientTransport({ command, args, env }));
    try {
      const { content } = await client.callTool({ name: "list", arguments: {} });
      assert.match(JSON.stringify(content), /bd-1/);
      const { structuredContent } = await client.callTool({ name: "my_bead", arguments: {} });
      assert.equal((structuredContent as { refused: string }).refused, "no-pane", "the chat runs in no pane");
    } finally {
      await client.close();
    }
  });
});
