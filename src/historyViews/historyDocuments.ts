// Histories as read-only documents of plain text, which go on as things happen.
import * as vscode from "vscode";
import type { History } from "../history/history";
import { Journal } from "../history/journal";
import type { HistoryRecorder } from "../history/recorder";
import type { ActiveSession } from "../session/activeSession";
import { DisposableStore } from "../util/disposableStore";
import type { Disposable } from "../util/event";
import { historyText } from "./historyText";
import { historyScheme, historyTopic, historyUri, type HistoryTopic } from "./historyUri";

interface Parts {
  readonly recorder: HistoryRecorder;
  readonly session: ActiveSession;
  /** Where the journals are. */
  readonly folder: string;
}

/** Also answers for documents that the editor restores after a restart, when another session may be the active one. */
export function registerHistoryDocuments({ recorder, session, folder }: Parts): Disposable {
  const disposables = new DisposableStore();
  const changed = disposables.add(new vscode.EventEmitter<vscode.Uri>());
  const historyOf = async (sessionName: string): Promise<History> => {
    const { snapshot } = session;
    if (snapshot?.sessionName === sessionName && recorder.ledger === snapshot.path) return recorder.history;
    const journal = new Journal(folder, { storageDir: session.storageDir, sessionName });
    await journal.open();
    return journal.history;
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      const topic = historyTopic(uri);
      const snapshot = session.snapshot?.sessionName === topic.sessionName ? session.snapshot : undefined;
      return historyText(topic, await historyOf(topic.sessionName), (beadId) => snapshot?.get(beadId)?.bead_title);
    },
  };
  disposables.add(vscode.workspace.registerTextDocumentContentProvider(historyScheme, provider));
  disposables.add(
    recorder.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === historyScheme) changed.fire(uri);
    }),
  );
  return disposables;
}

export async function showHistoryDocument(topic: HistoryTopic): Promise<void> {
  const document = await vscode.workspace.openTextDocument(historyUri(topic));
  await vscode.window.showTextDocument(document, { preview: true });
}
