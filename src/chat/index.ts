// The agent tools in the editor's own chat. Reading needs no question; what changes a row is confirmed by the user first.
import * as vscode from "vscode";
import type * as z from "zod/mini";
import { type Assignment, isAtomic, type AssignmentStatus } from "../assignment";
import type { ToolAnswer } from "../mcp/tools/answer";
import { changeAnyRow } from "../mcp/tools/changeTools";
import type { AgentContext } from "../mcp/tools/ledgerOf";
import { explainBead, list } from "../mcp/tools/readTools";
import { anyBead, failureOfAny, listQuery, parseInput } from "../mcp/tools/inputs";
import { sanitize, statusWord } from "../messages";
import { escapeMarkdown } from "../messages/sanitize";

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

/** @param row as it is shown, if it is */
export function confirmationOf(
  name: ChatToolName,
  input: unknown,
  sessionName: string | undefined,
  row: Assignment | undefined,
): vscode.PreparedToolInvocation {
  switch (name) {
    case "ntmAssignments_list":
      return { invocationMessage: vscode.l10n.t("Listing beads") };
    case "ntmAssignments_explain":
      return { invocationMessage: vscode.l10n.t("Looking at {0}", sanitize(beadIdOf(input))) };
    case "ntmAssignments_markWorking":
      return asking(vscode.l10n.t("Mark bead as working?"), "working", input, sessionName, row);
    case "ntmAssignments_markCompleted":
      return asking(vscode.l10n.t("Mark bead as completed?"), "completed", input, sessionName, row);
    case "ntmAssignments_markFailed":
      return asking(vscode.l10n.t("Mark bead as failed?"), "failed", input, sessionName, row);
  }
}

function asking(
  title: string,
  status: AssignmentStatus,
  input: unknown,
  sessionName: string | undefined,
  row: Assignment | undefined,
): vscode.PreparedToolInvocation {
  const beadId = beadIdOf(input);
  const sentences: string[] = [];
  if (sessionName === undefined || row === undefined) {
    sentences.push(vscode.l10n.t("{0} isn't in the ledger that is shown.", sanitize(beadId)));
  } else {
    const [bead, before, after] = [
      `${sanitize(beadId)} (${sanitize(row.bead_title)})`,
      statusWord(row.status),
      statusWord(status),
    ];
    sentences.push(
      vscode.l10n.t("{0} in session {1} is {2} and becomes {3}.", bead, sanitize(sessionName), before, after),
    );
    if (status !== "working" && isAtomic(row)) {
      sentences.push(vscode.l10n.t("ntm's claim of it stays in the tracker."));
    }
  }
  const reason = textOf(input, "reason");
  if (status === "failed" && reason !== "") sentences.push(vscode.l10n.t("Reason: {0}", sanitize(reason, 300)));
  // A string is Markdown here, and ids, titles and reasons are data.
  return {
    invocationMessage: vscode.l10n.t("Changing {0}", sanitize(beadId)),
    confirmationMessages: { title, message: escapeMarkdown(sentences.join(" "), 1000) },
  };
}

/** Of any input, also one that no schema was asked about. */
export function beadIdOf(input: unknown): string {
  return textOf(input, "bead_id");
}

function textOf(input: unknown, field: string): string {
  const value: unknown = (input as Readonly<Record<string, unknown>> | null | undefined)?.[field];
  return typeof value === "string" ? value : "";
}

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
      return "refused" in parsed ? parsed.refused : explainBead(context, parsed.input.bead_id);
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

export const chatTools = [
  "ntmAssignments_list",
  "ntmAssignments_explain",
  "ntmAssignments_markWorking",
  "ntmAssignments_markCompleted",
  "ntmAssignments_markFailed",
] as const;

export type ChatToolName = (typeof chatTools)[number];
