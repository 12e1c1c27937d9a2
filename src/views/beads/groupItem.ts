// The tree items of panes, of other groups, and of folded finished rows.
import { l10n } from "vscode";
import { type Assignment, isPaneId } from "../../assignment";
import { attentionReasons, type Problem } from "../../session/attentionReason";
import { agentProductName, canonicalAgentType, knownAgentTypes } from "../../session/agentType";
import { sanitize, statusWord } from "../../messages";
import type { AttentionGroup } from "../../nodes";
import { warningColor, type TreeItemPresentation } from "../tree/treeItem";
import type { PaneStatus } from "../panes/livePanes";
import { statusRank, unfoldedRows, type Group } from "./grouping";
import {
  rowAccessibilityLabel,
  beadLabel,
  rowDescription,
  rowIcon,
  type PresentationContext,
  paneLabel,
  snoozedIcon,
  statusIcon,
  type StatusIcon,
} from "./rowItem";

/** @param isExpanded whether its rows are shown below it; a collapsed pane shows what its agent is doing instead */
export function groupPresentation(
  group: Group,
  isExpanded: boolean,
  context: PresentationContext,
  paneStatus?: PaneStatus,
): TreeItemPresentation {
  switch (group.node.kind) {
    case "pane":
      return panePresentation(group, group.node.identity, isExpanded, context, paneStatus);
    case "status": {
      const { icon, color } = statusIcon(group.node.status);
      const label = capitalized(statusWord(group.node.status));
      return presentationOf("status", label, [String(group.rows.length)], { icon, color });
    }
    case "agent": {
      const { agentType } = group.node;
      const label =
        agentProductName(agentType) ?? (agentType === "" ? l10n.t("Unknown agent") : sanitize(agentType, 40));
      const most = isExpanded ? undefined : mostUrgent(group.rows, context);
      const icon = most === undefined || !needsAttention(most) ? agentIcon(agentType) : rowIcon(most.row, most.problem);
      return presentationOf("agent", label, countsInFlight(group.rows).words, icon);
    }
    case "attention":
      return attentionPresentation(group, group.node.group, context);
  }
}

function attentionPresentation(
  { rows, panes = [] }: Group,
  group: AttentionGroup,
  { problemOf }: PresentationContext,
): TreeItemPresentation {
  const hasError = group === "needs-attention" && rows.some((row) => problemOf(row)?.reason === "failed");
  const icon = hasError ? statusIcon("failed") : attentionIcons[group];
  return presentationOf("attention", attentionGroupWord(group), [String(rows.length + panes.length)], icon);
}

/** The heading of a group of rows, or of panes, that ask the same of the user. */
function attentionGroupWord(group: AttentionGroup): string {
  switch (group) {
    case "needs-attention":
      return l10n.t("Needs Attention");
    case "working":
      return l10n.t("Working");
    case "waiting-to-start":
      return l10n.t("Waiting to Start");
    case "idle":
      return l10n.t("Idle");
    case "snoozed":
      return l10n.t("Snoozed");
    case "finished":
      return l10n.t("Finished");
  }
}

const attentionIcons: Readonly<Record<AttentionGroup, StatusIcon>> = {
  "needs-attention": { icon: "warning", color: warningColor },
  working: statusIcon("working"),
  "waiting-to-start": statusIcon("assigned"),
  idle: { icon: "coffee", color: "disabledForeground" },
  snoozed: snoozedIcon,
  finished: { icon: "archive", color: "disabledForeground" },
};

export function finishedPresentation(count: number): TreeItemPresentation {
  const icon = { icon: "archive", color: "disabledForeground" };
  return presentationOf("finished", l10n.t("Finished ({0})", count), [], icon);
}

function panePresentation(
  { pane, rows }: Group,
  identity: string,
  isExpanded: boolean,
  context: PresentationContext,
  paneStatus: PaneStatus | undefined,
): TreeItemPresentation {
  const agentType = canonicalAgentType(pane?.agentType ?? "");
  const index = pane?.index ?? identity;
  // Panes of several windows may have one index.
  const { isAmbiguous = false, paneId } = pane ?? {};
  const label = paneLabel(isAmbiguous && paneId !== undefined ? `${index} (${paneId})` : index, agentType);
  const names = [sanitize(pane?.agentName ?? "", 40)];
  const mark = paneStatus?.mark(context.now) ?? "";
  const flags = paneStatus?.condition === "waiting" ? "+has-pane+is-waiting" : "+has-pane";
  const kind = isPaneId(identity) && !isElsewhere(paneStatus) ? `pane${flags}` : "pane";
  const warning = paneStatus?.isWarning === true ? { icon: "warning", color: warningColor } : undefined;
  const counts = countsInFlight(rows);
  const details = [mark, ...counts.words, ...names];
  const most = isExpanded ? undefined : mostUrgent(rows, context);
  if (most === undefined) return presentationOf(kind, label, details, warning ?? agentIcon(agentType));
  const { row: worst, problem } = most;
  const activity = context.activityOf?.(worst);
  if (counts.total > 1) return presentationOf(kind, label, details, warning ?? rowIcon(worst, problem));
  // The row's own reason about its pane isn't repeated.
  const own = saysRow(problem) ? "" : mark;
  const description = [own, beadLabel(worst), rowDescription(worst, problem, context.now, activity)];
  const words = [label.replace(" · ", ", "), own, rowAccessibilityLabel(worst, problem, context.now, activity)];
  return {
    ...presentationOf(kind, label, description, warning ?? rowIcon(worst, problem, activity)),
    accessibilityLabel: words.filter((part) => part !== "").join(", "),
  };
}

/** Whether the pane of this node is no longer the one that tmux has under its ID. */
function isElsewhere(paneStatus: PaneStatus | undefined): boolean {
  return paneStatus?.condition === "gone" || paneStatus?.condition === "earlier-run";
}

function saysRow(problem: Problem | undefined): boolean {
  const { reason } = problem ?? {};
  return reason === "waiting" || reason === "usage-limit" || reason === "agent-exited" || reason === "pane-gone";
}

interface UrgentRow {
  readonly row: Assignment;
  readonly problem: Problem | undefined;
}

/** Of the rows in flight the one that most needs attention. */
function mostUrgent(rows: readonly Assignment[], { problemOf }: PresentationContext): UrgentRow | undefined {
  let most: (UrgentRow & { readonly urgency: number }) | undefined;
  for (const row of unfoldedRows(rows)) {
    const problem = problemOf(row);
    const isSnoozed = problem?.snoozedUntil !== undefined;
    const urgency =
      problem === undefined || isSnoozed ? attentionReasons.length : attentionReasons.indexOf(problem.reason);
    const isMore =
      most === undefined ||
      urgency < most.urgency ||
      (urgency === most.urgency && statusRank(row.status) < statusRank(most.row.status));
    if (isMore) most = { row, problem, urgency };
  }
  return most;
}

function needsAttention({ problem }: UrgentRow): boolean {
  return problem !== undefined && problem.snoozedUntil === undefined;
}

interface CountsInFlight {
  readonly total: number;
  /** Such as `1 failed`, `3 working`. */
  readonly words: readonly string[];
}

function countsInFlight(rows: readonly Assignment[]): CountsInFlight {
  const counts = new Map<string, number>();
  const inFlight = unfoldedRows(rows);
  for (const { status } of inFlight) counts.set(status, (counts.get(status) ?? 0) + 1);
  const words = [...counts]
    .sort(([a], [b]) => statusRank(a) - statusRank(b))
    .map(([status, count]) => l10n.t("{0} {1}", count, statusWord(status)));
  return { total: inFlight.length, words };
}

function presentationOf(
  kind: string,
  label: string,
  details: readonly string[],
  icon: Pick<TreeItemPresentation, "icon" | "color">,
): TreeItemPresentation {
  const described = details.filter((detail) => detail !== "");
  return {
    label,
    description: described.join(" · "),
    ...icon,
    contextValue: kind,
    accessibilityLabel: [label.replace(" · ", ", "), ...described].join(", "),
  };
}

function agentIcon(agentType: string): Pick<TreeItemPresentation, "icon" | "color"> {
  return { icon: `agent/${knownAgentTypes.includes(agentType) ? agentType : "unknown"}`, color: undefined };
}

function capitalized(word: string): string {
  return word.slice(0, 1).toLocaleUpperCase() + word.slice(1);
}
