// What a pane shows and what was to be sent to it, as a read-only document beside the question whether it arrived.
import * as vscode from "vscode";
import { epochMilliseconds, paneId, type Assignment } from "../../assignment";
import { tmuxOptions } from "../../panes/tmuxOptions";
import { sanitize } from "../../text";
import { capturePane, listPanes, TmuxError } from "../../tmux";

const scheme = "ntm-assignments-dispatch";

/** Empty lines at the top: the question is shown above the editor's first lines, and a short text can't be scrolled away from it. */
const linesUnderQuestion = 6;

export class DispatchDocuments implements vscode.Disposable {
  /** By URI. A document of a bead that is asked about again is made anew. */
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly registrations = vscode.Disposable.from(
    this.changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.changed.event,
      provideTextDocumentContent: (uri) =>
        this.texts.get(uri.toString()) ?? vscode.l10n.t("Resolve the dispatch again to see the pane."),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => this.texts.delete(uri.toString())),
  );

  /** Shows the end of the pane; the focus stays where it is. */
  async show(sessionName: string, row: Assignment): Promise<void> {
    const name = sanitize(row.bead_id, 60).replaceAll(/[/\\]/g, "_");
    const title = vscode.l10n.t("Dispatch of {0}", name);
    const query = JSON.stringify({ sessionName, beadId: row.bead_id });
    const uri = vscode.Uri.from({ scheme, path: `/${title}.txt`, query });
    this.texts.set(uri.toString(), await dispatchText(sessionName, row));
    this.changed.fire(uri);
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document, { preview: true, preserveFocus: true });
    const end = document.lineAt(document.lineCount - 1).range;
    editor.revealRange(end, vscode.TextEditorRevealType.Default);
  }

  dispose(): void {
    this.registrations.dispose();
  }
}

async function dispatchText(sessionName: string, row: Assignment): Promise<string> {
  const prompt = row.pending_prompt ?? row.prompt_sent ?? "";
  return [
    ...Array.from({ length: linesUnderQuestion }, () => ""),
    vscode.l10n.t("The prompt that ntm was sending:"),
    "",
    prompt === "" ? vscode.l10n.t("(not in the ledger)") : prompt,
    "",
    "─".repeat(40),
    ...(await paneText(sessionName, row)),
  ].join("\n");
}

/** Never throws for what tmux says: the question can be answered by a look into the terminal, too. */
async function paneText(sessionName: string, row: Assignment): Promise<readonly string[]> {
  const id = paneId(row);
  if (id === undefined) return [vscode.l10n.t("The row names no tmux pane.")];
  const list = await listPanes(tmuxOptions());
  if (list.kind !== "panes") return [vscode.l10n.t("tmux can't show the content of pane {0}.", id)];
  const pane = list.panes.find((candidate) => candidate.paneId === id && candidate.sessionName === sessionName);
  if (pane === undefined) return [vscode.l10n.t("Pane {0} isn't there any more.", id)];
  // Pane ids begin again with every tmux server.
  const sentAt = epochMilliseconds(row.dispatch_started_at ?? row.assigned_at);
  if (sentAt !== undefined && pane.sessionCreated > sentAt) {
    return [vscode.l10n.t("The session was started after the prompt was sent: pane {0} is a different pane now.", id)];
  }
  try {
    const shown = await capturePane(id, tmuxOptions());
    return [vscode.l10n.t("Pane {0} as tmux shows it at {1}:", id, new Date().toLocaleTimeString()), "", shown];
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
    return [vscode.l10n.t("tmux can't show the content of pane {0}.", id), error.message];
  }
}
