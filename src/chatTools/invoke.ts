// Carries out a tool of the chat with the core that agents use over MCP. Loaded with the first call.
import type * as z from "zod/mini";
import type { Assignment } from "../assignment";
import type { ToolAnswer } from "../agentTools/answer";
import { changeAnyRow } from "../agentTools/changeTools";
import { anyBead, failureOfAny, listQuery, parseInput } from "../agentTools/inputs";
import type { AgentContext } from "../agentTools/ledgerOf";
import { explain, list } from "../agentTools/readTools";
import type { ChatToolName } from "./names";

const schemas = {
  ntmAssignments_list: listQuery,
  ntmAssignments_explain: anyBead,
  ntmAssignments_markWorking: anyBead,
  ntmAssignments_markCompleted: anyBead,
  ntmAssignments_markFailed: failureOfAny,
} as const satisfies Record<ChatToolName, z.ZodMiniObject>;

/** What a tool takes; the manifest says the same. */
export function schemaOf(name: ChatToolName): z.ZodMiniObject {
  return schemas[name];
}

/** @param observed the row as the user confirmed its change */
export async function invokeChatTool(
  name: ChatToolName,
  context: AgentContext,
  input: unknown,
  observed?: Assignment,
): Promise<ToolAnswer> {
  switch (name) {
    case "ntmAssignments_list": {
      const parsed = parseInput(schemas[name], input, name);
      return "refused" in parsed ? parsed.refused : list(context, parsed.input);
    }
    case "ntmAssignments_explain": {
      const parsed = parseInput(schemas[name], input, name);
      return "refused" in parsed ? parsed.refused : explain(context, parsed.input.bead_id);
    }
    case "ntmAssignments_markWorking": {
      const parsed = parseInput(schemas[name], input, name);
      return "refused" in parsed
        ? parsed.refused
        : changeAnyRow(context, { kind: "start" }, parsed.input.bead_id, observed);
    }
    case "ntmAssignments_markCompleted": {
      const parsed = parseInput(schemas[name], input, name);
      return "refused" in parsed
        ? parsed.refused
        : changeAnyRow(context, { kind: "complete" }, parsed.input.bead_id, observed);
    }
    case "ntmAssignments_markFailed": {
      const parsed = parseInput(schemas[name], input, name);
      if ("refused" in parsed) return parsed.refused;
      const { bead_id, reason } = parsed.input;
      return changeAnyRow(context, { kind: "fail", reason }, bead_id, observed);
    }
  }
}
