// Which hook of which agent says what. The names come from the agents' own documentation:
// code.claude.com/docs/en/hooks, developers.openai.com/codex/hooks, geminicli.com/docs/hooks/reference.
import type { HookWord } from "./hookCommand";

export type HookedAgent = "claude" | "codex" | "gemini";

export const hookedAgents: readonly HookedAgent[] = ["claude", "codex", "gemini"];

export interface AgentHook extends HookWord {
  readonly event: string;
  /** Which occurrences of the event are meant; all of them without one. */
  readonly matcher?: string;
}

const working = { state: "working", reason: "-" } as const;
const idle = { state: "idle", reason: "-" } as const;
const waiting = { state: "waiting", reason: "permission" } as const;
const gone = { state: "gone", reason: "-" } as const;

/**
 * After a permission was given, the first hook that runs is the one for the end of the tool: `PostToolUse`, `AfterTool`. Claude Code has
 * an event of its own for a tool that failed, and Codex CLI one for a turn that the user interrupted: without them, a pane would
 * be said to wait for what was answered long ago.
 */
export const hookTable: Readonly<Record<HookedAgent, readonly AgentHook[]>> = {
  claude: [
    { event: "UserPromptSubmit", ...working },
    { event: "PostToolUse", ...working },
    { event: "PostToolUseFailure", ...working },
    { event: "PermissionRequest", ...waiting },
    { event: "Notification", matcher: "permission_prompt", ...waiting },
    { event: "Notification", matcher: "elicitation_dialog", state: "waiting", reason: "question" },
    { event: "Notification", matcher: "idle_prompt", ...idle },
    { event: "Stop", ...idle },
    { event: "StopFailure", state: "error", reason: "-" },
    { event: "SessionEnd", ...gone },
  ],
  codex: [
    { event: "UserPromptSubmit", ...working },
    { event: "PostToolUse", ...working },
    { event: "PermissionRequest", ...waiting },
    { event: "Stop", ...idle },
    { event: "Interrupt", ...idle },
    { event: "SessionEnd", ...gone },
  ],
  gemini: [
    { event: "BeforeAgent", ...working },
    { event: "AfterTool", ...working },
    { event: "Notification", matcher: "ToolPermission", ...waiting },
    { event: "AfterAgent", ...idle },
    { event: "SessionEnd", ...gone },
  ],
};

/**
 * How long an agent waits for one of these commands, in the agent's own unit; by default it is a minute or more. Codex CLI warns of
 * more than 3 seconds for `Interrupt` and `SessionEnd`.
 */
export const hookTimeout: Readonly<Record<HookedAgent, number>> = { claude: 5, codex: 3, gemini: 5000 };
