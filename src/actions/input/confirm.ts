// Asks for confirmation before a change that can't be undone.
import * as vscode from "vscode";

/** @param detail paragraphs; empty ones are omitted @param button title of the confirming button */
export async function confirm(question: string, detail: readonly string[], button: string): Promise<boolean> {
  const options = { modal: true, detail: detail.filter((part) => part !== "").join("\n\n") };
  return (await vscode.window.showWarningMessage(question, options, button)) === button;
}
