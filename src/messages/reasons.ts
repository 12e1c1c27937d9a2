// What needs attention, one entry for each reason: its severity, its text, and the command that helps. The badge, the status
// bar, Next Problem, notifications and the rows of the tree all read this table. The order of urgency is in `attentionReason.ts`.
import { l10n } from "vscode";
import type { CommandName } from "../contributions";
import { agentProductName } from "../session/agentType";
import type { ReasonCounts } from "../session/attention";
import { attentionReasons, type AttentionReason, type Problem } from "../session/attentionReason";
import { limitWords } from "./panes";
import { sanitize } from "./sanitize";
import { elapsed } from "./time";

interface ReasonInfo {
  readonly severity: "error" | "warning";
  /** Such as `2 failed`. */
  readonly count: (count: number) => string;
  /** A few words for a row that has this reason; empty when the row's own error says it. */
  readonly mark: (problem: Problem, now: number) => string;
  /** What to do about it, in one sentence. */
  readonly advice: () => string;
  /** The command that helps, when it is offered for the row. */
  readonly command: CommandName;
  /** Whether another process's doing is notified at the setting `failed`. */
  readonly isNotified: boolean;
}

export const reasons: Readonly<Record<AttentionReason, ReasonInfo>> = {
  waiting: {
    severity: "warning",
    count: (count) => l10n.t("{0} waiting for you", count),
    mark: (problem, now) => since(waitingFor(problem), problem, now),
    advice: () => l10n.t("Answer the agent in its pane."),
    command: "goToPane",
    isNotified: true,
  },
  stranded: {
    severity: "warning",
    count: (count) => l10n.t("{0} stranded", count),
    mark: (problem, now) => since(l10n.t("stranded"), problem, now),
    advice: () => l10n.t("Look at its pane, then resolve the dispatch."),
    command: "resolveDispatch",
    isNotified: true,
  },
  failed: {
    severity: "error",
    count: (count) => l10n.t("{0} failed", count),
    mark: () => "",
    advice: () => l10n.t("Retry it or remove it."),
    command: "retry",
    isNotified: true,
  },
  "usage-limit": {
    severity: "warning",
    count: (count) => l10n.t("{0} at a usage limit", count),
    mark: ({ since: start, text }, now) => limitWords({ reason: text, since: start }, now),
    advice: () => l10n.t("Wait until the limit ends, or reassign the bead."),
    command: "reassign",
    isNotified: true,
  },
  "agent-exited": {
    severity: "warning",
    count: (count) => (count === 1 ? l10n.t("1 without its agent") : l10n.t("{0} without their agents", count)),
    mark: () => l10n.t("agent exited"),
    advice: () => l10n.t("Start the agent again, or reassign the bead."),
    command: "goToPane",
    isNotified: true,
  },
  "pane-gone": {
    severity: "warning",
    count: (count) => (count === 1 ? l10n.t("1 without its pane") : l10n.t("{0} without their panes", count)),
    mark: () => l10n.t("pane gone"),
    advice: () => l10n.t("Reassign the bead, or mark it as failed."),
    command: "markFailed",
    isNotified: true,
  },
  "shared-pane": {
    severity: "warning",
    count: (count) => l10n.t("{0} sharing a pane", count),
    mark: () => l10n.t("shares its pane"),
    advice: () => l10n.t("Reassign one of the beads of this pane, or mark it as completed or failed."),
    command: "reassign",
    isNotified: false,
  },
  held: {
    severity: "warning",
    count: (count) => l10n.t("{0} locked with an error", count),
    mark: () => "",
    advice: () => l10n.t("Let ntm retry or release it."),
    command: "release",
    isNotified: false,
  },
  "closed-in-tracker": {
    severity: "warning",
    count: (count) => l10n.t("{0} closed in the tracker", count),
    mark: ({ since: closedAt }, now) => {
      const time = closedAt === undefined ? undefined : elapsed(closedAt, now);
      return time === undefined ? l10n.t("closed in the tracker") : l10n.t("closed in the tracker {0} ago", time);
    },
    advice: () => l10n.t("Mark it as completed, or let ntm release it."),
    command: "markCompleted",
    isNotified: false,
  },
  "deleted-in-tracker": {
    severity: "warning",
    count: (count) => l10n.t("{0} deleted in the tracker", count),
    mark: (problem, now) => since(l10n.t("deleted in the tracker"), problem, now),
    advice: () => l10n.t("Tell its agent to stop, then mark it as failed, or let ntm release it."),
    command: "markFailed",
    isNotified: false,
  },
  "claim-lost": {
    severity: "warning",
    count: (count) => (count === 1 ? l10n.t("1 claim lost") : l10n.t("{0} claims lost", count)),
    mark: ({ text }) => (text === undefined ? l10n.t("claim lost") : l10n.t("claimed by {0}", sanitize(text, 40))),
    advice: () => l10n.t("Reassign it, or let ntm release it."),
    command: "release",
    isNotified: false,
  },
  stuck: {
    severity: "warning",
    count: (count) => l10n.t("{0} stuck", count),
    mark: () => l10n.t("stuck"),
    advice: () => l10n.t("Look at its pane, then retry it or mark it as failed."),
    command: "peekPane",
    isNotified: false,
  },
};

/** Such as `1 failed`, `2 stuck`, the most urgent first. */
export function countReasons(counts: ReasonCounts): readonly string[] {
  return attentionReasons.flatMap((reason) => {
    const count = counts[reason] ?? 0;
    return count === 0 ? [] : [reasons[reason].count(count)];
  });
}

function waitingFor({ text }: Problem): string {
  const what = sanitize(text ?? "", 60);
  return what === "" ? l10n.t("waiting for you") : l10n.t("waiting for {0}", what);
}

function since(words: string, { since: start }: Problem, now: number): string {
  const time = start === undefined ? undefined : elapsed(start, now);
  return time === undefined ? words : `${words} · ${time}`;
}

/** Such as `stuck: 90 % of 42 completed beads of Codex CLI took less than 38 min`; `undefined` without experience. */
export function experienceWords({ experience }: Problem): string | undefined {
  if (experience === undefined) return undefined;
  const { agentType, usualMinutes, beads } = experience;
  const agent = agentProductName(agentType) ?? sanitize(agentType, 40);
  return l10n.t("stuck: 90 % of {0} completed beads of {1} took less than {2} min", beads, agent, usualMinutes);
}
