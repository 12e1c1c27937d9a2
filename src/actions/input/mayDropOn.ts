// Asks for confirmation before beads that were dropped on a pane go there, although its agent isn't there any more.
import { l10n } from "vscode";
import type { PaneStatus } from "../../panes/knownPanes";
import type { Services } from "../services";
import { confirm } from "./confirm";

/** @param pane its index, for the question @param identity of the pane */
export async function mayDropOn(
  { panes }: Pick<Services, "panes">,
  pane: number,
  identity: string,
  purpose: "assign" | "reassign",
): Promise<boolean> {
  const status = panes.current.paneStatuses.get(identity);
  if (status === undefined || !hasNoAgent(status)) return true;
  const mark = status.mark(Date.now());
  const [question, button] =
    purpose === "assign"
      ? [l10n.t("Assign to pane {0}? ({1})", pane, mark), l10n.t("Assign")]
      : [l10n.t("Reassign to pane {0}? ({1})", pane, mark), l10n.t("Reassign")];
  return confirm(question, [status.advice], button);
}

function hasNoAgent({ condition }: PaneStatus): boolean {
  return condition === "agent-exited" || condition === "gone" || condition === "earlier-run";
}
