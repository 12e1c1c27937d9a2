// A row in words, for a screen reader.
import { l10n } from "vscode";
import { isTerminal, rowHold, type Assignment } from "../../assignment";
import type { Problem } from "../../attention/signal";
import { reasons } from "../../text/reasons";
import type { RowActivity } from "../../session/rowActivity";
import { activityMark } from "../../text/rowActivity";
import { agentProductName } from "../../session/agentType";
import { rowError, statusSinceMs } from "../../session/rowFacts";
import { elapsed, holdSummary, sanitize, statusWord, wholeNumber } from "../../text";
import { relativeTime, longDuration } from "../../text/timeFormat";

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
