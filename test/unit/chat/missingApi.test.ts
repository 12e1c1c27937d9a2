// An editor without the API for tools or MCP servers, such as some forks: nothing is registered, and nothing breaks.
import * as assert from "node:assert/strict";
import Module from "node:module";
import type * as chatTools from "../../../src/chat";
import type * as mcpServerDefinition from "../../../src/chat/mcpServerDefinition";
import { SilentLog } from "../../support/silentLog";

interface Loader {
  _load(request: string, parent: unknown, isMain: boolean): unknown;
}

describe("an editor without language model tools", () => {
  const loader = Module as unknown as Loader;
  const load = loader._load.bind(loader);
  let editor: Record<string, unknown>;

  before(() => {
    const Disposable = { from: () => ({ dispose: () => undefined }) };
    loader._load = (request, parent, isMain) =>
      request === "vscode" ? { ...editor, Disposable, l10n: { t: String } } : load(request, parent, isMain);
  });
  after(() => {
    loader._load = load;
  });

  for (const [what, api] of [
    ["no such API", {}],
    ["an API without these functions", { lm: { tools: [] } }],
  ] as const) {
    it(`has neither tools nor a server, with ${what}`, async () => {
      editor = api;
      const { registerChatTools } = await fresh<typeof chatTools>("../../../src/chat/index");
      registerChatTools(() => undefined).dispose();
      const { registerMcpServerDefinition } = await fresh<typeof mcpServerDefinition>(
        "../../../src/chat/mcpServerDefinition",
      );
      const onDidChangeSession = (): never => {
        throw new assert.AssertionError({ message: "nothing is subscribed to" });
      };
      const log = new SilentLog();
      const options = { server: "mcp.js", version: "1", session: () => undefined, onDidChangeSession, log };
      registerMcpServerDefinition(options).dispose();
    });
  }

  /** Loads a file anew, with the editor as it is now. */
  async function fresh<Exports>(file: string): Promise<Exports> {
    const resolved = require.resolve(file);
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the loader's own cache
    delete require.cache[resolved];
    return (await import(resolved)) as Exports;
  }
});
