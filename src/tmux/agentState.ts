// The state that an agent's hooks report in options of its pane. What can't be parsed is ignored.
import type { PaneOptions } from "./paneFormat";
import { runTmux, type TmuxOptions } from "./program";
import { signalChannel } from "./signal";

const activities = ["working", "waiting", "idle", "limit", "error"] as const;

/** `limit`: it reached a usage limit. */
export type AgentActivity = (typeof activities)[number];

export interface AgentState {
  readonly activity: AgentActivity;
  /** One word, such as `permission` or `question`; for `limit`, when it ends, in seconds since 1970. */
  readonly reason: string | undefined;
  /** What it waits for or what went wrong, in words of the agent: one line. */
  readonly text: string | undefined;
  /** When it reported the state, in milliseconds since 1970; `undefined` if unknown. */
  readonly since: number | undefined;
  /** When its last turn began, in milliseconds since 1970, as far as it is known. */
  readonly turnSince?: number | undefined;
}

/** `STATE REASON EPOCH`. */
const pattern = /^(\w+) +(-|[A-Za-z0-9][\w.:-]{0,39}) +(\d{9,11})$/;

/** How far a clock may be ahead. */
const longestSkewMs = 60_000;

/** @param now milliseconds since 1970 */
export function readAgentState(options: PaneOptions, now: number): AgentState | undefined {
  const own = options[stateOption].trim();
  return own === "" ? sidebarState(options, now) : ownState(own, options, now);
}

function ownState(value: string, options: PaneOptions, now: number): AgentState | undefined {
  const [, activity, reason, epoch] = pattern.exec(value) ?? [];
  const since = timeOf(epoch, now);
  if (!isActivity(activity) || since === undefined) return undefined;
  return {
    activity,
    reason: reason === "-" ? undefined : reason,
    text: hasText(activity) ? oneLine(options[reasonOption]) : undefined,
    since,
    turnSince: epochTime(options[turnOption], now),
  };
}

/** What the hooks of tmux-agent-sidebar leave. They note when the prompt was taken, and no time of the state itself. */
function sidebarState(options: PaneOptions, now: number): AgentState | undefined {
  const status = options["@pane_status"].trim();
  const activity = status === "running" ? "working" : status;
  if (!isActivity(activity)) return undefined;
  const since = epochTime(options["@pane_started_at"], now);
  // A reason stays after what it was about; what is still to be attended to is marked.
  const isCurrent = activity === "error" || (activity === "waiting" && options["@pane_attention"].trim() !== "clear");
  const said = isCurrent ? oneLine(options["@pane_wait_reason"]) : undefined;
  return { activity, ...sidebarReason(said), since, turnSince: since };
}

function sidebarReason(said: string | undefined): Pick<AgentState, "reason" | "text"> {
  if (said === undefined) return { reason: undefined, text: undefined };
  if (/^permission(?:_\w+)?$/.test(said)) return { reason: "permission", text: undefined };
  if (/^(?:elicitation_dialog|question)$/.test(said)) return { reason: "question", text: undefined };
  return { reason: undefined, text: said };
}

function isActivity(text: string | undefined): text is AgentActivity {
  return activities.some((activity) => activity === text);
}

/** Only waiting and failed agents have a text; that of others is outdated. */
function hasText(activity: AgentActivity): boolean {
  return activity === "waiting" || activity === "error";
}

function epochTime(text: string, now: number): number | undefined {
  const epoch = text.trim();
  return /^\d{9,11}$/.test(epoch) ? timeOf(epoch, now) : undefined;
}

function timeOf(epoch: string | undefined, now: number): number | undefined {
  const time = Number(epoch) * 1000;
  return time <= now + longestSkewMs ? time : undefined;
}

/** Without control characters and marks that turn the direction of what follows. */
function oneLine(text: string): string | undefined {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .trim();
  return line === "" ? undefined : line;
}

/** `STATE REASON EPOCH`, which `agentState.ts` reads. */
export const stateOption = "@ntm_assignments_state";
/** What the agent waits for or what went wrong, in its own words. */
export const reasonOption = "@ntm_assignments_reason";
/** When its last turn began, in seconds since 1970. */
export const turnOption = "@ntm_assignments_turn";

const maxOutputBytes = 4096;

export interface TargetPane extends TmuxOptions {
  /** `%N` */
  readonly paneId: string;
}

/**
 * The pane waits for the user, who reads the text.
 * @param text one line
 * @param now milliseconds since 1970
 * @throws {TmuxError}
 */
export async function setWaiting(pane: TargetPane, text: string, now: number): Promise<void> {
  await runIn(pane, [
    ...setOption(pane.paneId, stateOption, `waiting question ${epoch(now)}`),
    ";",
    ...setOption(pane.paneId, reasonOption, text),
    ";",
    ...sendSignal,
  ]);
}

/** The agent goes on. @throws {TmuxError} */
export async function setWorking(pane: TargetPane, now: number): Promise<void> {
  await runIn(pane, [
    ...setOption(pane.paneId, stateOption, `working - ${epoch(now)}`),
    ";",
    ...unsetOption(pane.paneId, reasonOption),
    ";",
    ...sendSignal,
  ]);
}

/**
 * Ends what {@link setWaiting} began, or a hook. Any other state that the agent has by now stays.
 * @param reason `question`: only what {@link setWaiting} began
 * @throws {TmuxError}
 */
export async function endWaiting(pane: TargetPane, reason: "question" | "any"): Promise<void> {
  const isWaiting = `#{m:waiting ${reason === "any" ? "" : `${reason} `}*,#{${stateOption}}}`;
  const unset = [stateOption, reasonOption].map((name) => unsetOption(pane.paneId, name));
  const commands = [...unset, sendSignal].map((command) => command.join(" ")).join(" ; ");
  await runIn(pane, ["if-shell", "-F", "-t", pane.paneId, isWaiting, commands]);
}

async function runIn(pane: TargetPane, args: readonly string[]): Promise<void> {
  await runTmux(args, maxOutputBytes, pane);
}

/** Wakes the windows that wait for it. */
const sendSignal: readonly string[] = ["wait-for", "-S", signalChannel];

function setOption(paneId: string, name: string, value: string): string[] {
  // tmux takes an argument that ends with a semicolon for the end of a command, unless a backslash precedes it.
  return ["set-option", "-p", "-t", paneId, name, value.replace(/;$/, "\\;")];
}

function unsetOption(paneId: string, name: string): string[] {
  return ["set-option", "-p", "-u", "-t", paneId, name];
}

function epoch(now: number): string {
  return String(Math.floor(now / 1000));
}
