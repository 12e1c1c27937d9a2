// The MCP server as agents start it: one file, run by Node, on a pipe.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { buildSync } from "esbuild";
import * as path from "node:path";
import { server } from "./bundling";
import { projectRoot } from "./project";

let built: string | undefined;

/** The server's file, which is inside the project, where the native lock is found. */
export function mcpServerFile(): string {
  if (built !== undefined) return built;
  const outfile = path.join(projectRoot, "out", "programs", "mcp.js");
  buildSync({ ...server, outfile });
  return (built = outfile);
}

/** What a tool answered. */
export interface Answered {
  readonly isError: boolean;
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** The SDK's own client on a server of its own. */
export class McpAgent {
  private constructor(
    readonly client: Client,
    private readonly transport: StdioClientTransport,
  ) {}

  /** @param env what an agent passes on; the rest of the environment isn't */
  static async start(
    args: readonly string[],
    env: Readonly<Record<string, string>>,
    file = mcpServerFile(),
  ): Promise<McpAgent> {
    const client = new Client({ name: "test", version: "1" });
    const command = { command: process.execPath, args: [file, ...args], env: { ...env } };
    const transport = new StdioClientTransport(command);
    await client.connect(transport);
    return new McpAgent(client, transport);
  }

  get processId(): number | null {
    return this.transport.pid;
  }

  async call(name: string, input: Readonly<Record<string, unknown>> = {}): Promise<Answered> {
    const { isError, content, structuredContent } = await this.client.callTool({ name, arguments: { ...input } });
    const [first] = content as readonly { readonly text: string }[];
    return { isError: isError === true, text: first?.text ?? "", facts: structuredContent as Answered["facts"] };
  }

  async end(): Promise<void> {
    await this.client.close();
  }
}
