// Asks for confirmation: of a change that can't be undone, and of a drop.
import * as vscode from "vscode";
import type { PaneStatus } from "../../views/panes/livePanes";
import { prefix } from "../../contributions";
import { sanitize } from "../../messages";
import type { Services } from "../../services";
import { setting } from "../../settings";

/** @param detail paragraphs; empty ones are omitted @param button title of the confirming button */
export async function confirm(question: string, detail: readonly string[], button: string): Promise<boolean> {
  const options = { modal: true, detail: detail.filter((part) => part !== "").join("\n\n") };
  return (await vscode.window.showWarningMessage(question, options, button)) === button;
}

/** @param pane its index, for the question @param identity of the pane @param beads what was dropped @param note what else happens */
export async function mayDropOn(
  { panes }: Pick<Services, "panes">,
  pane: number,
  identity: string,
  purpose: "assign" | "reassign",
  beads: readonly string[],
  note = "",
): Promise<boolean> {
  const status = panes.current.paneStatuses.get(identity);
  const warning = status !== undefined && hasNoAgent(status) ? status : undefined;
  if (warning === undefined && !setting("confirmDragAndDrop")) return true;
  const [first] = beads;
  const bead = beads.length === 1 && first !== undefined ? sanitize(first, 40) : undefined;
  const mark = warning === undefined ? "" : ` (${warning.mark(Date.now())})`;
  const target = `${pane}${mark}`;
  const details = [warning?.advice ?? "", note];
  if (purpose === "reassign") {
    details.push(vscode.l10n.t("This resets the start time and, with ntm 1.20 and later, the prompt."));
  }
  const [question, button] =
    purpose === "assign"
      ? [
          bead === undefined
            ? vscode.l10n.t("Assign {0} beads to pane {1}?", beads.length, target)
            : vscode.l10n.t("Assign {0} to pane {1}?", bead, target),
          vscode.l10n.t("Assign"),
        ]
      : [
          bead === undefined
            ? vscode.l10n.t("Reassign {0} beads to pane {1}?", beads.length, target)
            : vscode.l10n.t("Reassign {0} to pane {1}?", bead, target),
          vscode.l10n.t("Reassign"),
        ];
  const always = vscode.l10n.t("{0} and Don't Ask Again", button);
  const options = { modal: true, detail: details.filter((part) => part !== "").join("\n\n") };
  const answers = warning === undefined ? [button, always] : [button];
  const answer = await vscode.window.showWarningMessage(question, options, ...answers);
  if (answer === always) await turnOffDropConfirmation();
  return answer === button || answer === always;
}

async function turnOffDropConfirmation(): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration(prefix).update("confirmDragAndDrop", false, Global);
}

function hasNoAgent({ condition }: PaneStatus): boolean {
  return condition === "agent-exited" || condition === "gone" || condition === "earlier-run";
}
