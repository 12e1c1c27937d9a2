// The agent tools in the editor's own chat. Reading needs no question; what changes a row is confirmed by the user first.
import * as vscode from "vscode";
import type { AgentContext } from "../agentTools/ledgerOf";
import type { Assignment } from "../assignment";
import { beadIdOf, confirmationOf } from "./confirmation";
import { chatTools, type ChatToolName } from "./names";

/** What the tools work on: the session that the views show. */
export interface ChatSession {
  readonly sessionName: string;
  readonly storageDir: string;
  readonly get: (beadId: string) => Assignment | undefined;
}

/** Registers nothing where the editor has no such API, as in some forks. */
export function registerChatTools(shown: () => ChatSession | undefined): vscode.Disposable {
  const register = registration();
  if (register === undefined) return vscode.Disposable.from();
  return vscode.Disposable.from(...chatTools.map((name) => register(name, chatTool(name, shown))));
}

/** The types say that it is always there. */
function registration(): typeof vscode.lm.registerTool | undefined {
  const lm = vscode.lm as Partial<typeof vscode.lm> | undefined;
  return typeof lm?.registerTool === "function" ? lm.registerTool.bind(lm) : undefined;
}

function chatTool(name: ChatToolName, shown: () => ChatSession | undefined): vscode.LanguageModelTool<unknown> {
  /** The rows that the user was last asked about: if one was replaced since, the answer was meant for another. */
  const confirmed = new Map<string, Assignment>();
  return {
    prepareInvocation: ({ input }) => {
      const session = shown();
      const row = session?.get(beadIdOf(input));
      if (row !== undefined) confirmed.set(row.bead_id, row);
      return confirmationOf(name, input, session?.sessionName, row);
    },
    invoke: async ({ input }) => {
      const session = shown();
      if (session === undefined) return result("No session is shown. Ask the user to choose one with Switch Session.");
      const context: AgentContext = {
        env: {}, // The chat runs in no pane: it has no bead of its own, and is given no prompt.
        sessionName: session.sessionName,
        storageDir: session.storageDir,
        now: Date.now,
      };
      const { invokeChatTool } = await import("./invoke");
      const observed = confirmed.get(beadIdOf(input));
      confirmed.delete(beadIdOf(input));
      const { text, facts } = await invokeChatTool(name, context, input, observed);
      return result(text, JSON.stringify(facts));
    },
  };
}

function result(...texts: readonly string[]): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult(texts.map((text) => new vscode.LanguageModelTextPart(text)));
}
