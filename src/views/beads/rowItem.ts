// The tree item of a row. VS Code cuts descriptions from the end, so what matters comes first: how long, what is wrong, the title.
import { l10n } from "vscode";
import { rowHold, type Assignment, isTerminal } from "../../assignment";
import { age, holdMark, sanitize, statusWord, wholeNumber, elapsed, holdSummary } from "../../messages";
import { reasons } from "../../messages/reasons";
import { activityMark, snoozeMark } from "../../messages/status";
import { relativeTime, longDuration } from "../../messages/time";
import { agentProductName, canonicalAgentType } from "../../session/agentType";
import type { AttentionReason, Problem } from "../../session/attentionReason";
import type { RowActivity } from "../../session/rowActivity";
import { rowError, statusSince, statusSinceMs } from "../../session/rowFacts";
import { errorColor, warningColor, type TreeItemPresentation } from "../tree/treeItem";
import { isKnownStatus, rowContextValue } from "./contextValue";

/** What presentations depend on besides their own row or group. */
export interface PresentationContext {
  readonly schema: number;
  readonly isWritable: boolean;
  readonly problemOf: (row: Assignment) => Problem | undefined;
  readonly activityOf?: (row: Assignment) => RowActivity | undefined;
  /** Whether rows name their pane and agent, because the groups aren't panes. */
  readonly namesPane: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function rowPresentation(row: Assignment, context: PresentationContext): TreeItemPresentation {
  const problem = context.problemOf(row);
  const activity = context.activityOf?.(row);
  return {
    label: beadLabel(row),
    description: rowDescription(row, problem, context.now, activity, context.namesPane),
    ...rowIcon(row, problem, activity),
    contextValue: rowContextValue(row, context.schema, context.isWritable, problem),
    accessibilityLabel: rowAccessibilityLabel(row, problem, context.now, activity),
  };
}

/** The bead's id, as one line of harmless text. */
export function beadLabel({ bead_id: beadId }: Assignment): string {
  const id = sanitize(beadId, 60);
  return id === "" ? l10n.t("(no id)") : id;
}

/** Such as `12m · retry 2 · Fix the parser`, `3h stuck · Fix the parser` or `sending 14m · Fix the parser`. */
export function rowDescription(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  activity?: RowActivity,
  namesPane = false,
): string {
  return joined(
    isKnownStatus(row.status) ? "" : statusWord(row.status),
    activity?.kind === "ntm" ? activityMark(activity) : timeMark(row, problem, now, activity),
    sanitize(rowError(row) ?? "", 60),
    retries(row),
    problem?.snoozedUntil === undefined ? "" : snoozeMark(problem.snoozedUntil, now),
    namesPane ? paneLabel(row.pane, canonicalAgentType(row.agent_type)) : "",
    sanitize(row.bead_title, 160),
  );
}

/** A warning or an error if the row needs the user; a lock only while ntm is in the middle of something with it. */
export function rowIcon(
  row: Assignment,
  problem: Problem | undefined,
  activity?: RowActivity,
): Pick<TreeItemPresentation, "icon" | "color"> {
  if (activity?.kind === "ntm") return { icon: "sync~spin", color: undefined };
  if (problem?.snoozedUntil !== undefined) return snoozedIcon;
  const { icon, color } = statusIcon(row.status);
  const isWarning = problem !== undefined && reasons[problem.reason].severity === "warning";
  if (isWarning) return { icon: "warning", color: warningColor };
  const hold = rowHold(row);
  return { icon: hold === undefined || hold.code === "leased" ? icon : "lock", color };
}

/** The reasons whose mark says since when. */
const selfTimed: ReadonlySet<AttentionReason> = new Set(["waiting", "stranded", "usage-limit"]);

/** How long the row has been in its status, or in what ntm is doing with it, and what is wrong. */
function timeMark(row: Assignment, problem: Problem | undefined, now: number, activity?: RowActivity): string {
  const hold = rowHold(row);
  const mark = problem === undefined ? "" : reasons[problem.reason].mark(problem, now);
  const time = age(statusSince(row), now) ?? "";
  if (problem !== undefined && selfTimed.has(problem.reason)) return mark;
  if (hold?.code === "in-flight" || hold?.code === "clearing") {
    return joined(holdMark(hold, now), mark, activity === undefined ? "" : activityMark(activity));
  }
  const timeAndMark = problem?.reason === "stuck" ? `${time} ${mark}`.trim() : joined(time, mark);
  return hold === undefined ? timeAndMark : joined(timeAndMark, holdMark(hold, now));
}

/** Such as `Pane 3 · codex`. */
export function paneLabel(index: number | string, agentType: string): string {
  return agentType === "" ? l10n.t("Pane {0}", index) : l10n.t("Pane {0} · {1}", index, sanitize(agentType, 30));
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" · ");
}

function retries({ retry_count: count = 0 }: Assignment): string {
  return count === 0 ? "" : l10n.t("retry {0}", wholeNumber(count));
}

export function rowAccessibilityLabel(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  activity?: RowActivity,
): string {
  const hold = rowHold(row);
  const error = sanitize(rowError(row) ?? "", 200);
  const agent = [agentProductName(row.agent_type) ?? sanitize(row.agent_type, 30), sanitize(row.agent_name ?? "", 40)];
  return [
    sanitize(row.bead_id, 60),
    sanitize(row.bead_title, 160),
    statusPhrase(row, now),
    activity === undefined ? "" : activityMark(activity),
    problem === undefined ? "" : reasons[problem.reason].mark(problem, now),
    problem?.snoozedUntil === undefined ? "" : snoozeMark(problem.snoozedUntil, now),
    hold === undefined ? "" : l10n.t("locked, {0}", holdSummary(hold, now)),
    retriesPhrase(row.retry_count),
    error === "" ? "" : l10n.t("reason: {0}", error),
    l10n.t("pane {0}", row.pane),
    ...agent,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** Such as `working for 12 minutes`. */
export function statusPhrase(row: Assignment, now: number): string {
  const status = statusWord(row.status);
  const since = statusSinceMs(row);
  if (since === undefined) return status;
  if (elapsed(since, now) === undefined) return status;
  return isTerminal(row.status)
    ? l10n.t("{0} {1}", status, relativeTime(since, now))
    : l10n.t("{0} for {1}", status, longDuration(now - since));
}

function retriesPhrase(count = 0): string {
  if (count === 0) return "";
  return count === 1 ? l10n.t("retried once") : l10n.t("retried {0} times", wholeNumber(count));
}

export interface StatusIcon {
  /** A codicon. */
  readonly icon: string;
  /** A theme colour. */
  readonly color: string;
}

const icons: Readonly<Partial<Record<string, StatusIcon>>> = {
  failed: { icon: "error", color: errorColor },
  working: { icon: "play-circle", color: "charts.blue" },
  assigned: { icon: "circle-large-outline", color: "descriptionForeground" },
  claimed: { icon: "bookmark", color: "charts.purple" },
  claiming: { icon: "ellipsis", color: "charts.purple" },
  completed: { icon: "pass", color: "charts.green" },
  reassigned: { icon: "arrow-swap", color: "disabledForeground" },
};

export const snoozedIcon: StatusIcon = { icon: "bell-slash", color: "disabledForeground" };

const unknownStatus: StatusIcon = { icon: "question", color: warningColor };

export function statusIcon(status: string): StatusIcon {
  return (Object.hasOwn(icons, status) ? icons[status] : undefined) ?? unknownStatus;
}
