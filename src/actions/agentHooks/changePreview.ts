// Shows what would change in a settings file as a diff, and asks whether to write it.
import * as path from "node:path";
import * as vscode from "vscode";
import type { SettingsChange } from "../../agents/settingsFile";
import { escapeLinks } from "../../text";

const scheme = "ntm-assignments-preview";
let count = 0;

/** A notification, so that the diff can be read and scrolled while it asks. */
export async function showChange(
  { file, before, after }: SettingsChange,
  { question, button }: { readonly question: string; readonly button: string },
): Promise<boolean> {
  // The editor may still have an earlier preview of the file.
  const number = ++count;
  const uriOf = (side: "before" | "after"): vscode.Uri =>
    vscode.Uri.from({ scheme, path: `/${path.basename(file)}`, query: `${side} ${number}` });
  const registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ query }) => (query.startsWith("after") ? after : (before ?? "")),
  });
  try {
    const title = vscode.l10n.t("{0} (preview)", path.basename(file));
    await vscode.commands.executeCommand("vscode.diff", uriOf("before"), uriOf("after"), title, { preview: true });
    return (
      (await vscode.window.showInformationMessage(escapeLinks(question), button, vscode.l10n.t("Cancel"))) === button
    );
  } finally {
    registration.dispose();
    await closePreviews();
  }
}

async function closePreviews(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const previews = tabs.filter(
    ({ input }) => input instanceof vscode.TabInputTextDiff && input.modified.scheme === scheme,
  );
  await vscode.window.tabGroups.close(previews);
}
