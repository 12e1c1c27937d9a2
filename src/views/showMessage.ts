// Shows messages to the user. Callers don't wait for a button: a message may stay for hours.
import * as vscode from "vscode";
import { commandId, commands, type CommandName, prefix } from "../contributions";
import { escapeLinks, type Explanation, sanitize } from "../messages";
import type { ignoredPaths } from "../settings";
import type { Log } from "../util/log";
import type { RowNode } from "../nodes";

export type Severity = "error" | "warning" | "information";

export interface Button {
  readonly title: string;
  run(): PromiseLike<unknown>;
}

/** Shows a message; its buttons work whenever they are clicked. */
export function showMessage(log: Log, severity: Severity, message: string, ...buttons: readonly Button[]): void {
  const answer = async (): Promise<void> => {
    const title = await show[severity](escapeLinks(message), ...buttons.map((button) => button.title));
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

/** Shows what happened and what to do next, with a button for it. @param beadId the bead concerned, if any */
export function showExplanation(log: Log, severity: Severity, explanation: Explanation, beadId?: string): void {
  const message = `${explanation.sentence} ${explanation.next}`;
  if (severity !== "information") log.warn(message);
  showMessage(log, severity, message, ...buttonsOf(explanation, beadId));
}

function buttonsOf({ command }: Explanation, beadId: string | undefined): Button[] {
  if (command === undefined) return [];
  return commandButtons(command, commands[command] === "rows" && beadId !== undefined ? [beadId] : []);
}

/** The button for a command, on rows if there are any; none for commands that no message offers. */
export function commandButtons(command: CommandName, beadIds: readonly string[]): Button[] {
  const title = commandTitle(command);
  if (title === undefined) return [];
  const nodes = beadIds.map((beadId): RowNode => ({ kind: "row", id: `row:${beadId}`, beadId }));
  const args = nodes.length === 0 ? [] : [nodes[0], nodes];
  return [{ title, run: () => vscode.commands.executeCommand(commandId(command), ...args) }];
}

/** The title of the button for a command; `undefined` for commands that no message offers. */
export function commandTitle(command: CommandName): string | undefined {
  switch (command) {
    case "closeBead":
      return vscode.l10n.t("Close Bead…");
    case "copyNtmCommand":
      return vscode.l10n.t("Copy ntm Command");
    case "compareWithBackup":
      return vscode.l10n.t("Compare with Backup");
    case "copyPrompt":
      return vscode.l10n.t("Copy Prompt");
    case "dismissWaiting":
      return vscode.l10n.t("Dismiss Waiting");
    case "goToPane":
      return vscode.l10n.t("Go to Pane");
    case "markFailed":
      return vscode.l10n.t("Mark Failed…");
    case "markCompleted":
      return vscode.l10n.t("Mark Completed");
    case "peekPane":
      return vscode.l10n.t("Peek Pane");
    case "reassign":
      return vscode.l10n.t("Reassign…");
    case "retryAndReassign":
      return vscode.l10n.t("Retry and Reassign…");
    case "startAndReassign":
      return vscode.l10n.t("Start and Reassign…");
    case "retry":
      return vscode.l10n.t("Retry");
    case "showDetails":
      return vscode.l10n.t("Show Details");
    case "release":
      return vscode.l10n.t("Release");
    case "resolveDispatch":
      return vscode.l10n.t("Resolve Dispatch…");
    case "openSessionTerminal":
      return vscode.l10n.t("Open Session in Terminal");
    case "diagnoseLedger":
      return vscode.l10n.t("Diagnose Ledger");
    case "repairLedger":
      return vscode.l10n.t("Repair Ledger…");
    case "openLedger":
      return vscode.l10n.t("Open Ledger");
    case "refresh":
      return vscode.l10n.t("Refresh");
    case "showLog":
      return vscode.l10n.t("Show Log");
    default:
      return undefined;
  }
}

export function showIgnoredPaths(log: Log, ignored: ReturnType<typeof ignoredPaths>): void {
  for (const { name, value } of ignored) {
    const sentence = vscode.l10n.t(
      "The setting {0} is ignored, because “{1}” isn't an absolute path.",
      `${prefix}.${name}`,
      sanitize(value, 120),
    );
    const next = vscode.l10n.t("It can begin with {0}, {1} or {2}.", "~", "${userHome}", "${env:NAME}");
    log.warn(sentence);
    showMessage(log, "warning", `${sentence} ${next}`, {
      title: vscode.l10n.t("Open Settings"),
      run: () => vscode.commands.executeCommand("workbench.action.openSettings", `${prefix}.${name}`),
    });
  }
}
