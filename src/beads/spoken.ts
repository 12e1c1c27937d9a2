// A row in words, for a screen reader.
import { l10n } from "vscode";
import { isTerminal, rowHold, type Assignment } from "../assignment";
import { agentProductName } from "../session/agentType";
import { statusSince } from "../session/statusSince";
import { holdSummary, plain, statusWord } from "../words";
import { problemOf } from "./problem";
import { relativeTime, spokenDuration } from "./spokenTime";

export function spokenRow(row: Assignment, isStuck: boolean, now: number): string {
  const hold = rowHold(row);
  const problem = plain(problemOf(row) ?? "", 200);
  const agent = [agentProductName(row.agent_type) ?? plain(row.agent_type, 30), plain(row.agent_name ?? "", 40)];
  return [
    plain(row.bead_id, 60),
    plain(row.bead_title, 160),
    spokenStatus(row, now),
    isStuck ? l10n.t("stuck") : "",
    hold === undefined ? "" : l10n.t("locked, {0}", holdSummary(hold, now)),
    spokenRetries(row.retry_count),
    problem === "" ? "" : l10n.t("reason: {0}", problem),
    l10n.t("pane {0}", row.pane),
    ...agent,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function spokenStatus(row: Assignment, now: number): string {
  const status = statusWord(row.status);
  const since = Date.parse(statusSince(row) ?? "");
  if (Number.isNaN(since)) return status;
  return isTerminal(row.status)
    ? l10n.t("{0} {1}", status, relativeTime(since, now))
    : l10n.t("{0} for {1}", status, spokenDuration(now - since));
}

function spokenRetries(count = 0): string {
  if (count === 0) return "";
  return count === 1 ? l10n.t("retried once") : l10n.t("retried {0} times", count);
}
