// Which hook of which agent says what. The names come from the agents' own documentation:
// code.claude.com/docs/en/hooks, developers.openai.com/codex/hooks, geminicli.com/docs/hooks/reference.
import { reasonOption, stateOption, turnOption } from "../tmux/agentState";
import { signalChannel } from "../tmux/signal";

export type HookedAgent = "claude" | "codex" | "gemini";

export const hookedAgents: readonly HookedAgent[] = ["claude", "codex", "gemini"];

export interface AgentHook extends HookWord {
  readonly event: string;
  /** Which occurrences of the event are meant; all of them without one. */
  readonly matcher?: string;
}

const turn = { state: "working", reason: "-", time: "turn" } as const;
const working = { state: "working", reason: "-", time: "kept" } as const;
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
    { event: "UserPromptSubmit", ...turn },
    { event: "PostToolUse", ...working },
    { event: "PostToolUseFailure", ...working },
    { event: "PermissionRequest", ...waiting },
    // Some seconds after the request.
    { event: "Notification", matcher: "permission_prompt", ...waiting, time: "kept" },
    { event: "Notification", matcher: "elicitation_dialog", state: "waiting", reason: "question" },
    { event: "Notification", matcher: "idle_prompt", ...idle, time: "kept" },
    { event: "Stop", ...idle },
    { event: "StopFailure", matcher: "rate_limit", state: "limit", reason: "-" },
    // Every other error, also one of a newer version. Both hooks would run for an error that both matchers match.
    { event: "StopFailure", matcher: "^(?!rate_limit$)", state: "error", reason: "-" },
    { event: "SessionEnd", ...gone },
  ],
  codex: [
    { event: "UserPromptSubmit", ...turn },
    { event: "PostToolUse", ...working },
    { event: "PermissionRequest", ...waiting },
    { event: "Stop", ...idle },
    { event: "Interrupt", ...idle },
    { event: "SessionEnd", ...gone },
  ],
  gemini: [
    { event: "BeforeAgent", ...turn },
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

/** `gone` removes the state: the agent has left the pane. */
export type HookState = "working" | "waiting" | "idle" | "limit" | "error" | "gone";

export interface HookWord {
  readonly state: HookState;
  /** What the agent waits for, in one word; `-` where there is nothing to say. */
  readonly reason: "permission" | "question" | "-";
  /**
   * What happens to the time of the state:
   * - absent: it is now
   * - `kept`: if the pane has this state already, nothing changes
   * - `turn`: it is now, which is also the beginning of the agent's turn
   */
  readonly time?: "kept" | "turn";
}

/** How long after `ask` the end of that tool itself may be reported. */
const ownToolSeconds = 10;

/** Raised with every change of {@link script}, by which lines of older versions are recognized. */
const version = 3;
const marker = "ntm-assignments-hook";

const pane = '-p -t "$TMUX_PANE"';
const unsetOption = (name: string): string => `set-option -u ${pane} ${name}`;
/** Wakes the windows that wait. The server runs the commands of one call without any other in between. */
const signal = `wait-for -S ${signalChannel}`;

/*
 * - No single quote and no backslash, so that every shell hands it to `sh` as it is: Codex CLI runs hooks in the user's
 *   login shell, which may be fish.
 * - All of the work is done in the background: a tmux that hangs must not hold up the agent. Nothing of it keeps the agent's
 *   pipes open, as some agents read a hook's output to its end.
 * - The JSON on stdin is drained, by a process of its own: an agent may take a closed pipe for a failed hook, and would hang
 *   on a full one. A background command's own stdin is /dev/null, therefore the descriptor 3; and not by `exec`, which
 *   ends the shell with exit code 2, a veto for some agents, where stdin is closed.
 * - TMUX is required besides TMUX_PANE: without it, tmux would look for that pane in its default server.
 * - A tmux before 3.0 refuses the option, and the error is discarded.
 * - The text in `reasonOption` belongs to the state before: it ends with it.
 * - Only the tool `ask` of the MCP server sets such a text. What follows in the same turn, the end of that tool and of the turn itself,
 *   leaves the question; a tool that ends later shows that the agent goes on.
 */
const script = [
  "{ cat <&3 & } >/dev/null 2>&1 3<&0;",
  '{ if [ -n "$TMUX" ] && [ -n "$TMUX_PANE" ]; then now=$(date +%s);',
  `if [ "$3" = turn ]; then tmux set-option ${pane} ${turnOption} "$now"; fi;`,
  'if [ "$1" = gone ]; then',
  `tmux ${[unsetOption(stateOption), unsetOption(turnOption), unsetOption(reasonOption), signal].join(' ";" ')};`,
  "else keep=;",
  'if [ "$3" = kept ] || [ "$1" = idle ]; then',
  `old=$(tmux display-message ${pane} "#{?${reasonOption},asked,-} #{${stateOption}}");`,
  'case "$old" in "asked waiting question "*)',
  `if [ "$1" = idle ] || { [ "$1" = working ] && [ "\${old##* }" -gt "$((now - ${ownToolSeconds}))" ]; }; then keep=1; fi;;`,
  '"asked $1 $2 "*|"- $1 $2 "*) if [ "$3" = kept ]; then keep=1; fi;; esac; fi;',
  'if [ -z "$keep" ]; then',
  `tmux set-option ${pane} ${stateOption} "$1 $2 $now" ";" ${unsetOption(reasonOption)} ";" ${signal}; fi; fi; fi;`,
  "} >/dev/null 2>&1 & exit 0",
].join(" ");

/** One line for `sh` and other shells. It ends with exit code 0, prints nothing, and doesn't wait for tmux. */
export function hookCommand(word: HookWord): string {
  return ["sh", "-c", `'${script}'`, ...scriptArguments(word)].join(" ");
}

/** The same as a list of arguments. */
export function hookArguments(word: HookWord): readonly string[] {
  return ["sh", "-c", script, ...scriptArguments(word)];
}

/** The first one is the name of the script. */
function scriptArguments({ state, reason, time }: HookWord): readonly string[] {
  return [`${marker}-${version}`, state, reason, ...(time === undefined ? [] : [time])];
}

/** Whether a command of an agent's settings is one of ours, of this or any other version. */
export function isHookCommand(command: string): boolean {
  return /^sh -c '[^']*' ntm-assignments-hook-\d+ [a-z]+ [a-z-]+(?: [a-z]+)?$/.test(command);
}
