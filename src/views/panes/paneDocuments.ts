// What a pane shows, as a read-only document. It is refreshed while the document is visible, and scrolled to its end.
import * as vscode from "vscode";
import { capturePane, TmuxError } from "../../tmux";
import { DisposableStore } from "../../util/disposableStore";
import type { Disposable } from "../../util/event";
import { SerialTask } from "../../util/serialTask";
import { findPane, tmuxOptions } from "./findPane";

const scheme = "ntm-assignments-pane";
/** How often a visible document is taken anew. */
const intervalMs = 1500;

export interface PeekedPane {
  readonly sessionName: string;
  readonly paneId: string;
  /** When the session was created: in a later one the same ID is another pane's. */
  readonly created: number;
}

/** @param name what the tab shows */
export function paneDocumentUri(pane: PeekedPane, name: string): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${name.replaceAll(/[/\\]/g, "_")}.txt`, query: JSON.stringify(pane) });
}

export class PaneDocuments implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new vscode.EventEmitter<vscode.Uri>());
  private readonly texts = new Map<string, string>();
  private readonly refreshing = this.disposables.add(new SerialTask(() => this.refresh()));
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.disposables.add(
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.changed.event,
        provideTextDocumentContent: (uri) => this.textOf(uri),
      }),
    );
    this.disposables.add(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document.uri.scheme === scheme && contentChanges.length > 0) scrollToEnd(document);
      }),
    );
    this.disposables.add(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.texts.delete(uri.toString());
      }),
    );
    this.disposables.add(
      vscode.window.onDidChangeVisibleTextEditors(() => {
        this.schedule();
      }),
    );
    this.schedule();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
  }

  private get visible(): readonly vscode.Uri[] {
    const uris = vscode.window.visibleTextEditors.map(({ document }) => document.uri);
    return uris.filter((uri) => uri.scheme === scheme);
  }

  private schedule(): void {
    clearTimeout(this.timer);
    if (this.visible.length === 0) return;
    this.timer = setTimeout(() => {
      // What fails to be captured says so in its document.
      void this.refreshing.request().then(() => {
        this.schedule();
      });
    }, intervalMs);
  }

  private async refresh(): Promise<void> {
    for (const uri of this.visible) {
      const before = this.texts.get(uri.toString());
      // What the event leads to is what was captured now.
      if ((await this.capture(uri)) !== before) this.changed.fire(uri);
    }
  }

  private async textOf(uri: vscode.Uri): Promise<string> {
    return this.texts.get(uri.toString()) ?? (await this.capture(uri));
  }

  private async capture(uri: vscode.Uri): Promise<string> {
    const pane = parse(uri);
    const text = pane === undefined ? undefined : await capturedText(pane);
    const kept = trimTrailingNewline(this.texts.get(uri.toString()) ?? "");
    const shown = text ?? [kept, closedLine()].filter((part) => part !== "").join("\n\n");
    this.texts.set(uri.toString(), shown);
    return shown;
  }
}

/** Moves the view to the end, unless the user has scrolled away from it. */
function scrollToEnd(document: vscode.TextDocument): void {
  for (const editor of vscode.window.visibleTextEditors) {
    if (editor.document === document) revealEnd(editor);
  }
}

export function revealEnd(editor: vscode.TextEditor): void {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  editor.revealRange(new vscode.Range(end, end));
}

/** `undefined`: the pane isn't there any more, or tmux doesn't say. */
async function capturedText({ sessionName, paneId, created }: PeekedPane): Promise<string | undefined> {
  const found = await findPane(sessionName, paneId);
  if (found.kind !== "found" || found.pane.sessionCreated !== created) return undefined;
  try {
    return await capturePane(paneId, tmuxOptions());
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
    return undefined;
  }
}

function closedLine(): string {
  return vscode.l10n.t("(tmux doesn't show this pane now. It may have been closed.)");
}

function trimTrailingNewline(text: string): string {
  return text.endsWith(closedLine()) ? text.slice(0, -closedLine().length).trimEnd() : text;
}

/** A document's address may come from anywhere. */
function parse(uri: vscode.Uri): PeekedPane | undefined {
  try {
    const { sessionName, paneId, created } = JSON.parse(uri.query) as Partial<Record<keyof PeekedPane, unknown>>;
    if (typeof sessionName !== "string" || typeof paneId !== "string" || typeof created !== "number") return undefined;
    return { sessionName, paneId, created };
  } catch {
    return undefined;
  }
}
