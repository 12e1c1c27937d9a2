// Asks for confirmation before a change that can't be undone.
import * as vscode from "vscode";
import type { PaneStatus } from "../../views/panes/livePanes";
import type { Services } from "../../services";

/** @param detail paragraphs; empty ones are omitted @param button title of the confirming button */
export async function confirm(question: string, detail: readonly string[], button: string): Promise<boolean> {
  const options = { modal: true, detail: detail.filter((part) => part !== "").join("\n\n") };
  return (await vscode.window.showWarningMessage(question, options, button)) === button;
}

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
      ? [vscode.l10n.t("Assign to pane {0}? ({1})", pane, mark), vscode.l10n.t("Assign")]
      : [vscode.l10n.t("Reassign to pane {0}? ({1})", pane, mark), vscode.l10n.t("Reassign")];
  return confirm(question, [status.advice], button);
}

function hasNoAgent({ condition }: PaneStatus): boolean {
  return condition === "agent-exited" || condition === "gone" || condition === "earlier-run";
}
