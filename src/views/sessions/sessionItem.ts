// The presentation of the nodes of the Sessions view.
import { l10n } from "vscode";
import { labelOf } from "../../session/sessionList";
import { errorColor, warningColor, type TreeItemPresentation } from "../tree/treeItem";
import { elapsed, sanitize, problemExplanation, statusWord } from "../../messages";
import type { ProjectNode, SessionNode } from "../../nodes";
import { hasEnded, type KnownSession } from "./sessionsTree";

const counted = ["failed", "working", "assigned", "claimed", "claiming"] as const;

/** @param isBelowProject whether the parent node already shows the project's name */
export function sessionPresentation(
  node: SessionNode,
  session: KnownSession,
  isBelowProject: boolean,
  now: number,
): TreeItemPresentation {
  const { entry, isActive, isPinned } = session;
  const name = sanitize(node.sessionName, 80);
  const label = isBelowProject ? (labelOf(node.sessionName) ?? name) : name;
  const trouble = problemOf(session);
  const age = (entry.savedAt === undefined ? undefined : elapsed(entry.savedAt, now)) ?? "";
  const details = [
    isActive ? l10n.t("shown") : "",
    isPinned ? l10n.t("pinned") : "",
    ...(trouble === undefined ? counters(session) : [trouble]),
    hasEnded(session, now) ? l10n.t("not in tmux") : "",
    age,
  ].filter((detail) => detail !== "");
  const isLegal = entry.problem?.kind !== "illegal-name";
  return {
    label,
    description: details.join(" · "),
    ...iconOf(session, trouble),
    contextValue: isLegal
      ? ["session", isActive ? "active" : "", isPinned ? "pinned" : ""].filter((flag) => flag !== "").join("+")
      : "illegal-session",
    accessibilityLabel: [name, ...details].join(", "),
  };
}

function iconOf(
  { stats, isActive }: KnownSession,
  trouble: string | undefined,
): Pick<TreeItemPresentation, "icon" | "color"> {
  if (trouble !== undefined) return { icon: "warning", color: warningColor };
  if (stats !== undefined && stats.failed > 0) return { icon: "error", color: errorColor };
  return { icon: isActive ? "eye" : "terminal", color: undefined };
}

export function projectPresentation({ project }: ProjectNode, members: number): TreeItemPresentation {
  const label = sanitize(project, 80);
  const description = members === 1 ? "" : l10n.t("{0} sessions", members);
  return {
    label,
    description,
    icon: "folder",
    color: undefined,
    contextValue: "project",
    accessibilityLabel: [label, description].filter((part) => part !== "").join(", "),
  };
}

export function inactivePresentation(count: number): TreeItemPresentation {
  const label = l10n.t("Inactive ({0})", count);
  return {
    label,
    description: "",
    icon: "archive",
    color: "disabledForeground",
    contextValue: "inactive",
    accessibilityLabel: count === 1 ? l10n.t("1 inactive session") : l10n.t("{0} inactive sessions", count),
  };
}

/** Why a session can't be opened or changed, in one sentence. */
function problemOf({ entry, health }: KnownSession): string | undefined {
  if (entry.problem?.kind === "illegal-name") return l10n.t("not a valid session name");
  if (health !== undefined && health.kind !== "ok") {
    return problemExplanation(health.problem, l10n.t("The ledger")).sentence;
  }
  return entry.problem === undefined ? undefined : l10n.t("can't be read: {0}", entry.problem.code);
}

function counters({ stats }: KnownSession): string[] {
  if (stats === undefined) return [];
  return counted
    .filter((status) => stats[status] > 0)
    .map((status) => l10n.t("{0} {1}", stats[status], statusWord(status)));
}
