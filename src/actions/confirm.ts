// The question before something that can't be taken back.
import * as vscode from "vscode";

/** @param detail paragraphs; empty ones are left out @param button what says yes */
export async function confirm(question: string, detail: readonly string[], button: string): Promise<boolean> {
  const options = { modal: true, detail: detail.filter((part) => part !== "").join("\n\n") };
  return (await vscode.window.showWarningMessage(question, options, button)) === button;
}
