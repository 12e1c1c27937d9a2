// Messages for the status of panes, and for what their agents report.
import { l10n } from "vscode";
import type { AgentState } from "../tmux";
import { sanitize } from "./sanitize";
import { elapsed, timeOfDay } from "./time";

/**
 * - `free`: its agent runs and has no bead
 * - `busy`: its agent says that it works, and has no bead
 * - `idle`, `waiting`, `limit`, `error`: what its agent says
 * - `background`: its agent says that it is idle, but what it started still runs
 * - `under-shell`: its agent runs as the child of a shell, so that ntm doesn't see it
 * - `agent-exited`, `gone`: the agent, or the whole pane
 * - `earlier-run`: its rows in flight are from before the session was created
 */
export type PaneCondition =
  | "free"
  | "busy"
  | "idle"
  | "background"
  | "waiting"
  | "limit"
  | "error"
  | "under-shell"
  | "agent-exited"
  | "gone"
  | "earlier-run";

/** What an agent waits for, to be put after `waiting for`; `undefined` if it doesn't say. */
export function awaited({ reason, text }: AgentState): string | undefined {
  const what = reason === undefined ? undefined : reasonWord(reason);
  if (text === undefined) return what;
  return what === undefined ? sanitize(text, 120) : `${what}: ${sanitize(text, 120)}`;
}

/** What an agent says of its usage limit. @param reason when it ends, in seconds since 1970, if the agent says that */
export function limitWords({ reason, since: start }: Pick<AgentState, "reason" | "since">, now: number): string {
  const end = /^\d{9,11}$/.test(reason ?? "") ? timeOfDay(Number(reason) * 1000, now) : undefined;
  if (end === undefined) return since(l10n.t("usage limit reached"), start, now);
  return Number(reason) * 1000 > now ? l10n.t("usage limit until {0}", end) : l10n.t("usage limit ended at {0}", end);
}

/** What is known of what the agent of a pane does. */
export interface AgentReport {
  readonly state: AgentState | undefined;
  readonly laterProcesses: number;
}

/** A few words that say how a pane lives. @param now milliseconds since 1970 */
export function paneMark(condition: PaneCondition, { state, laterProcesses }: AgentReport, now: number): string {
  switch (condition) {
    case "free":
      return l10n.t("free");
    case "busy":
      return l10n.t("working without a bead");
    case "idle":
      return since(l10n.t("agent idle"), state?.since, now);
    case "background":
      return laterProcesses === 1
        ? l10n.t("agent idle, 1 process running")
        : l10n.t("agent idle, {0} processes running", laterProcesses);
    case "limit":
      return limitWords(state ?? { reason: undefined, since: undefined }, now);
    case "waiting": {
      const what = state === undefined ? undefined : awaited(state);
      const words = what === undefined ? l10n.t("waiting for you") : l10n.t("waiting for {0}", sanitize(what, 60));
      return since(words, state?.since, now);
    }
    case "error": {
      const text = sanitize(state?.text ?? "", 60);
      return since(
        text === "" ? l10n.t("agent reports an error") : l10n.t("agent reports: {0}", text),
        state?.since,
        now,
      );
    }
    case "under-shell":
      return l10n.t("runs under a shell");
    case "agent-exited":
      return l10n.t("agent exited");
    case "gone":
      return l10n.t("pane gone");
    case "earlier-run":
      return l10n.t("earlier run");
  }
}

/** What the mark means and what to do about it; empty when there is nothing more to say. */
export function paneAdvice(condition: PaneCondition): string {
  switch (condition) {
    case "free":
      return l10n.t("Its agent runs, and has no bead.");
    case "busy":
      return l10n.t("Its agent reports that it works, but the ledger has no bead for it.");
    case "idle":
      return l10n.t("Its agent reports that it is idle, but its bead is still in flight.");
    case "background":
      return l10n.t("Its agent reports that it is idle, but processes that it started are still running.");
    case "waiting":
      return l10n.t("Answer the agent in its pane.");
    case "limit":
      return l10n.t("Its agent can't go on until the limit ends.");
    case "error":
      return l10n.t("Look at its pane.");
    case "under-shell":
      return l10n.t(
        "Its agent runs as the child of a shell, so ntm takes it for exited and can't send prompts to it. To fix this, start the agent with “exec” in its script.",
      );
    case "agent-exited":
      return l10n.t("The pane is still there, but only a shell runs in it. Start the agent again.");
    case "gone":
      return l10n.t("tmux no longer has this pane.");
    case "earlier-run":
      return l10n.t(
        "Its beads in flight were assigned before the tmux session was created. A pane with the same ID now is another pane.",
      );
  }
}

/** How many panes with agents there are. */
export interface AgentCounts {
  readonly agents: number;
  readonly working: number;
  readonly waiting: number;
  readonly limit: number;
  readonly free: number;
  readonly exited: number;
  /** Panes with rows in flight that were closed; they aren't among the agents. */
  readonly gone: number;
}

export const noAgents: AgentCounts = { agents: 0, working: 0, waiting: 0, limit: 0, free: 0, exited: 0, gone: 0 };

/** Such as `4 agents: 2 working, 1 free, 1 exited`; empty without any. */
export function agentSummary({ agents, working, waiting, limit, free, exited, gone }: AgentCounts): string {
  if (agents + gone === 0) return "";
  const all = agents === 1 ? l10n.t("1 agent") : l10n.t("{0} agents", agents);
  const parts = [
    working === 0 ? "" : l10n.t("{0} working", working),
    waiting === 0 ? "" : l10n.t("{0} waiting", waiting),
    limit === 0 ? "" : l10n.t("{0} at a usage limit", limit),
    free === 0 ? "" : l10n.t("{0} free", free),
    exited === 0 ? "" : l10n.t("{0} exited", exited),
    gone === 0 ? "" : l10n.t("{0} gone", gone),
  ].filter((part) => part !== "");
  return parts.length === 0 ? all : `${all}: ${parts.join(", ")}`;
}

function reasonWord(reason: string): string {
  if (reason === "permission") return l10n.t("permission");
  if (reason === "question") return l10n.t("an answer");
  return sanitize(reason, 40);
}

function since(words: string, start: number | undefined, now: number): string {
  const time = start === undefined ? undefined : elapsed(start, now);
  return time === undefined ? words : `${words} · ${time}`;
}
