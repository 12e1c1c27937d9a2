// Serves the agent tools by the Model Context Protocol.
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import {
  CallToolRequestSchema,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type CallToolResult,
  type Tool,
} from "@modelcontextprotocol/sdk/types.js";
import type { AgentContext } from "./tools/ledgerOf";
import { agentTools, type AgentTool } from "./tools/tools";
import unavailable from "./noAjv";

const instructions = [
  "ntm (Named Tmux Manager) assigns beads (issues) to agents in tmux panes and records them in a ledger.",
  "These tools let you see and set the state of the bead that is assigned to your own pane.",
  "Call my_bead first, start when you begin, complete or fail when you are done, and ask before you wait for the user.",
  "A refusal says why and what to do next; don't try to get around it.",
].join(" ");

/** Answers the client until it closes the transport. */
export async function serve(transport: Transport, context: AgentContext, version: string): Promise<void> {
  // The high-level server would bring a schema library and transports that aren't used, 430 KB of them.
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- deprecated for everyday use only
  const server = new Server(
    { name: "ntm-assignments", version },
    { capabilities: { tools: {} }, instructions, jsonSchemaValidator: { getValidator: unavailable } },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: agentTools.map(described) }));

  // One call after another: a client may send the next one before the first is answered, and order matters.
  let calls: Promise<unknown> = Promise.resolve();
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const tool = agentTools.find(({ name }) => name === params.name);
    if (tool === undefined) {
      throw new McpError(ErrorCode.InvalidParams, `There is no tool ${JSON.stringify(params.name.slice(0, 100))}`);
    }
    const call = calls.then(() => resultOf(tool, context, params.arguments));
    calls = call.catch(() => undefined); // Its caller gets the error.
    return call;
  });
  await server.connect(transport);
}

async function resultOf(tool: AgentTool, context: AgentContext, input: unknown): Promise<CallToolResult> {
  const { isError, text, facts } = await tool.run(context, input);
  return { isError, content: [{ type: "text", text }], structuredContent: { ...facts } };
}

function described({ name, title, description, effect, inputSchema }: AgentTool): Tool {
  return {
    name,
    title,
    description,
    inputSchema: { ...inputSchema, type: "object" },
    annotations: { readOnlyHint: effect === "none", destructiveHint: effect === "final", openWorldHint: false },
  };
}
