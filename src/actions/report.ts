// Tells the person what didn't work. Success is silent. Nobody waits for an answer: a message may stand for hours.
import * as vscode from "vscode";
import { commandId, commands } from "../contributions";
import type { RowNode } from "../beads/nodes";
import type { Log } from "../log";
import type { Explanation } from "../words";

export type Severity = "error" | "warning" | "information";

export interface Button {
  readonly title: string;
  run(): PromiseLike<unknown>;
}

/** Shows a message; what its buttons do happens whenever one is clicked. */
export function say(log: Log, severity: Severity, message: string, ...buttons: readonly Button[]): void {
  const answer = async (): Promise<void> => {
    const title = await show[severity](message, ...buttons.map((button) => button.title));
    await buttons.find((button) => button.title === title)?.run();
  };
  answer().catch((error: unknown) => {
    log.error(error instanceof Error ? error : String(error));
  });
}

const show: Readonly<Record<Severity, (message: string, ...titles: string[]) => Thenable<string | undefined>>> = {
  error: (message, ...titles) => vscode.window.showErrorMessage(message, ...titles),
  warning: (message, ...titles) => vscode.window.showWarningMessage(message, ...titles),
  information: (message, ...titles) => vscode.window.showInformationMessage(message, ...titles),
};

/** Says what happened and what to do next, with a button that does it. @param beadId what it is about, if a bead */
export function explain(log: Log, severity: Severity, explanation: Explanation, beadId?: string): void {
  const message = `${explanation.sentence} ${explanation.next}`;
  if (severity !== "information") log.warn(message);
  say(log, severity, message, ...offerOf(explanation, beadId));
}

function offerOf({ offer }: Explanation, beadId: string | undefined): Button[] {
  if (offer === undefined) return [];
  const node: RowNode[] =
    commands[offer] === "rows" && beadId !== undefined ? [{ kind: "row", id: `row:${beadId}`, beadId }] : [];
  return [{ title: offerTitle(offer), run: () => vscode.commands.executeCommand(commandId(offer), ...node) }];
}

function offerTitle(offer: NonNullable<Explanation["offer"]>): string {
  switch (offer) {
    case "copyNtmCommand":
      return vscode.l10n.t("Copy ntm Command");
    case "openSessionTerminal":
      return vscode.l10n.t("Open Session in Terminal");
    case "repairLedger":
      return vscode.l10n.t("Repair Ledger…");
    case "openLedger":
      return vscode.l10n.t("Open Ledger");
    case "refresh":
      return vscode.l10n.t("Refresh");
    case "showLog":
      return vscode.l10n.t("Show Log");
  }
}
