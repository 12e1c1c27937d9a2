// What the nodes of the beads look like.
import { l10n } from "vscode";
import { holdSummary, plain, statusWord, age } from "../words";
import { rowHold, type Assignment } from "../assignment";
import { agentProductName, canonicalAgentType, knownAgentTypes } from "../session/agentType";
import { statusSince } from "../session/statusSince";
import type { Face } from "../tree/face";
import { rowContextValue } from "./contextValue";
import { isFolded, statusRank, type Group } from "./grouping";
import { problemOf } from "./problem";
import { spokenRow } from "./spoken";
import { statusIcon } from "./statusIcon";

/** What a face depends on besides its own row or group. */
export interface Moment {
  readonly schema: number;
  readonly isWritable: boolean;
  readonly isStuck: (row: Assignment) => boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function rowFace(row: Assignment, moment: Moment): Face {
  const hold = rowHold(row);
  const isStuck = moment.isStuck(row);
  const { icon, color } = statusIcon(row.status);
  return {
    label: beadLabel(row),
    description: rowDescription(row, isStuck, moment.now),
    icon: hold !== undefined ? "lock" : isStuck ? "warning" : icon,
    color: isStuck ? "list.warningForeground" : color,
    contextValue: rowContextValue(row, moment.schema, moment.isWritable),
    spoken: spokenRow(row, isStuck, moment.now),
  };
}

export function groupFace(group: Group): Face {
  const counts = openCounts(group.rows);
  switch (group.node.kind) {
    case "pane": {
      const pane = group.pane;
      const agentType = canonicalAgentType(pane?.agentType ?? "");
      const index = pane?.index ?? group.node.identity;
      const label =
        agentType === "" ? l10n.t("Pane {0}", index) : l10n.t("Pane {0} · {1}", index, plain(agentType, 30));
      const details = [
        plain(pane?.agentName ?? "", 40),
        pane?.isAmbiguous === true ? (pane.paneId ?? "") : "",
        ...counts,
      ];
      return faceOfGroup("pane", label, details, agentIcon(agentType), undefined);
    }
    case "status": {
      const { icon, color } = statusIcon(group.node.status);
      const label = capitalised(statusWord(group.node.status));
      return faceOfGroup("status", label, [String(group.rows.length)], icon, color);
    }
    case "agent": {
      const { agentType } = group.node;
      const label = agentProductName(agentType) ?? (agentType === "" ? l10n.t("Unknown agent") : plain(agentType, 40));
      return faceOfGroup("agent", label, counts, agentIcon(agentType), undefined);
    }
  }
}

export function finishedFace(count: number): Face {
  return faceOfGroup("finished", l10n.t("Finished ({0})", count), [], "archive", "disabledForeground");
}

/** The bead's id and title, as one line of harmless text. */
function beadLabel(row: Assignment): string {
  const id = plain(row.bead_id, 60);
  return `${id === "" ? l10n.t("(no id)") : id} ${plain(row.bead_title, 160)}`.trimEnd();
}

function faceOfGroup(kind: string, label: string, details: string[], icon: string, color: string | undefined): Face {
  const described = details.filter((detail) => detail !== "");
  return {
    label,
    description: described.join(" · "),
    icon,
    color,
    contextValue: kind,
    spoken: [label.replace(" · ", ", "), ...described].join(", "),
  };
}

function rowDescription(row: Assignment, isStuck: boolean, now: number): string {
  const hold = rowHold(row);
  // What ntm is doing tells more of a claim than its status and age.
  const isClaiming = row.status === "claiming" && hold?.code === "in-flight";
  const isInFlight = hold?.code === "in-flight";
  return [
    isClaiming ? "" : statusWord(row.status),
    isInFlight ? "" : age(statusSince(row), now),
    hold === undefined ? "" : holdSummary(hold, now),
    retries(row),
    isStuck ? l10n.t("stuck") : "",
    plain(problemOf(row) ?? "", 80),
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");
}

function retries(row: Assignment): string {
  return row.retry_count === undefined || row.retry_count === 0 ? "" : l10n.t("retry {0}", row.retry_count);
}

/** Such as `1 failed`, `3 working`: only what is in flight. */
function openCounts(rows: readonly Assignment[]): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) if (!isFolded(row)) counts.set(row.status, (counts.get(row.status) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => statusRank(a) - statusRank(b))
    .map(([status, count]) => l10n.t("{0} {1}", count, statusWord(status)));
}

function agentIcon(agentType: string): string {
  return `agent/${knownAgentTypes.includes(agentType) ? agentType : "unknown"}`;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toLocaleUpperCase() + word.slice(1);
}
