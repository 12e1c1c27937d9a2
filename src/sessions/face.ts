// What the nodes of the list of sessions look like.
import { l10n } from "vscode";
import { labelOf } from "../session/sessionName";
import type { Face } from "../tree/face";
import { duration, plain, problemExplanation, statusWord } from "../words";
import type { ProjectNode, SessionNode } from "./nodes";
import type { KnownSession } from "./tree";

const counted = ["failed", "working", "assigned", "claimed", "claiming"] as const;

/** @param isBelowProject whether the project's name stands above already */
export function sessionFace(node: SessionNode, session: KnownSession, isBelowProject: boolean, now: number): Face {
  const { entry, isActive, isPinned } = session;
  const name = plain(node.sessionName, 80);
  const label = isBelowProject ? (labelOf(node.sessionName) ?? name) : name;
  const trouble = troubleOf(session);
  const age = entry.savedAt === undefined ? "" : duration(now - entry.savedAt);
  const details = [
    isActive ? l10n.t("active") : "",
    isPinned ? l10n.t("pinned") : "",
    ...(trouble === undefined ? counters(session) : [trouble]),
    age,
  ].filter((detail) => detail !== "");
  const isLegal = entry.trouble?.kind !== "illegal-name";
  return {
    label,
    description: details.join(" · "),
    icon: trouble !== undefined ? "warning" : isActive ? "circle-filled" : "terminal",
    color: trouble !== undefined ? "list.warningForeground" : isActive ? "charts.green" : undefined,
    contextValue: isLegal
      ? ["session", isActive ? "active" : "", isPinned ? "pinned" : ""].filter((flag) => flag !== "").join("+")
      : "illegal-session",
    spoken: [name, ...details].join(", "),
  };
}

export function projectFace({ project }: ProjectNode, members: number): Face {
  const label = plain(project, 80);
  const description = members === 1 ? "" : l10n.t("{0} sessions", members);
  return {
    label,
    description,
    icon: "folder",
    color: undefined,
    contextValue: "project",
    spoken: [label, description].filter((part) => part !== "").join(", "),
  };
}

export function quietFace(count: number): Face {
  const label = l10n.t("Quiet ({0})", count);
  return {
    label,
    description: "",
    icon: "archive",
    color: "disabledForeground",
    contextValue: "quiet",
    spoken: l10n.t("{0} sessions in which nothing is under way", count),
  };
}

/** What keeps a session from being opened or changed, in one sentence. */
function troubleOf({ entry, health }: KnownSession): string | undefined {
  if (entry.trouble?.kind === "illegal-name") return l10n.t("not a name that tmux allows");
  if (health !== undefined && health.kind !== "ok") {
    return problemExplanation(health.problem, l10n.t("The ledger")).sentence;
  }
  return entry.trouble === undefined ? undefined : l10n.t("can't be read: {0}", entry.trouble.code);
}

function counters({ stats }: KnownSession): string[] {
  if (stats === undefined) return [];
  return counted
    .filter((status) => stats[status] > 0)
    .map((status) => l10n.t("{0} {1}", stats[status], statusWord(status)));
}
