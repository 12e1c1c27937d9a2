// What a ready bead looks like, in the list and in its hover.
import { l10n } from "vscode";
import { sanitize } from "../text";
import { asText } from "../text/markdown";
import type { ReadyBead } from "../tracker/ready";
import type { TreeItemPresentation } from "../treeView/presentation";

export function readyPresentation(bead: ReadyBead): TreeItemPresentation {
  const id = sanitize(bead.id, 80);
  const { priority } = bead;
  const details = [sanitize(bead.title, 200), ...bead.labels.slice(0, 10).map((label) => sanitize(label, 40))].filter(
    (detail) => detail !== "",
  );
  return {
    label: priority === undefined ? id : `P${priority} ${id}`,
    description: details.join(" · "),
    icon: "circle-outline",
    color: undefined,
    contextValue: "ready",
    accessibilityLabel: [id, ...(priority === undefined ? [] : [l10n.t("priority {0}", priority)]), ...details].join(
      ", ",
    ),
  };
}

/** Markdown without links. */
export function readyHover(bead: ReadyBead): string {
  const title = asText(bead.title, 300);
  const facts = [
    bead.priority === undefined ? "" : l10n.t("Priority: {0}", bead.priority),
    bead.issue_type === undefined ? "" : l10n.t("Type: {0}", bead.issue_type),
    bead.labels.length === 0 ? "" : l10n.t("Labels: {0}", bead.labels.slice(0, 20).join(", ")),
  ];
  return [
    `**${asText(bead.id, 200)}**${title === "" ? "" : ` ${title}`}`,
    facts
      .filter((fact) => fact !== "")
      .map((fact) => asText(fact, 300))
      .join("  \n"),
    asText(bead.description, 600),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
