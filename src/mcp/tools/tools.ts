// Every tool of the MCP server: its name, description, input and handler.
import * as z from "zod/mini";
import type { ToolAnswer } from "./answer";
import { ask, changeOwnRow, resume } from "./changeTools";
import type { AgentContext } from "./ledgerOf";
import * as inputs from "./inputs";
import { parseInput } from "./inputs";
import { explainBead, list, myBead } from "./readTools";

export interface AgentTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** `final`: what it does can't be taken back by another tool. */
  readonly effect: "none" | "reversible" | "final";
  /** JSON Schema of an object. */
  readonly inputSchema: Readonly<Record<string, unknown>>;
  /** Never throws for input of any kind, nor for a ledger in any state. */
  readonly run: (context: AgentContext, input: unknown) => Promise<ToolAnswer>;
}

function tool<Schema extends z.ZodMiniObject>(
  about: Omit<AgentTool, "inputSchema" | "run">,
  schema: Schema,
  run: (context: AgentContext, input: z.infer<Schema>) => Promise<ToolAnswer>,
): AgentTool {
  return {
    ...about,
    inputSchema: z.toJSONSchema(schema),
    run: async (context, input) => {
      const parsed = parseInput(schema, input, about.name);
      return "refused" in parsed ? parsed.refused : run(context, parsed.input);
    },
  };
}

export const agentTools: readonly AgentTool[] = [
  tool(
    {
      name: "my_bead",
      title: "My bead",
      description:
        "The bead (issue) that ntm assigned to the tmux pane you run in: its id, title, status, prompt, and what to call next. Call it first.",
      effect: "none",
    },
    inputs.nothing,
    (context) => myBead(context),
  ),
  tool(
    {
      name: "start",
      title: "Start my bead",
      description: "Marks your own bead as working. Call it when you begin, and when you go on after a question.",
      effect: "reversible",
    },
    inputs.ownBead,
    (context, input) => changeOwnRow(context, { kind: "start" }, input.bead_id),
  ),
  tool(
    {
      name: "complete",
      title: "Complete my bead",
      description: "Marks your own bead as completed. Call it once the work is done and checked; it can't be undone.",
      effect: "final",
    },
    inputs.ownBead,
    (context, input) => changeOwnRow(context, { kind: "complete" }, input.bead_id),
  ),
  tool(
    {
      name: "fail",
      title: "Fail my bead",
      description:
        "Marks your own bead as failed, with the reason. Call it when you give it up; the user can retry it.",
      effect: "final",
    },
    inputs.failure,
    (context, input) => changeOwnRow(context, { kind: "fail", reason: input.reason }, input.bead_id),
  ),
  tool(
    {
      name: "ask",
      title: "Ask the user",
      description: "Shows the user that you wait, and what you need from them. Call it before you stop to wait.",
      effect: "reversible",
    },
    inputs.question,
    (context, input) => ask(context, input.text),
  ),
  tool(
    {
      name: "resume",
      title: "Go on",
      description: "Takes your question back: you go on working. It changes no bead.",
      effect: "reversible",
    },
    inputs.nothing,
    (context) => resume(context),
  ),
  tool(
    {
      name: "list",
      title: "List beads",
      description: "The beads of the session: who has which, in which status. Those in flight come first.",
      effect: "none",
    },
    inputs.listQuery,
    list,
  ),
  tool(
    {
      name: "explain",
      title: "Explain a bead",
      description: "How one bead of the session stands: since when, what holds it up, and what releases it.",
      effect: "none",
    },
    inputs.anyBead,
    (context, input) => explainBead(context, input.bead_id),
  ),
];
