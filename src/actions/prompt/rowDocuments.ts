// A bead's prompt, and all details of its row, as read-only documents of plain text.
import * as vscode from "vscode";
import { loadStore, type Assignment } from "../../assignment";
import { sanitize } from "../../text";
import { DisposableStore } from "../../util/disposableStore";
import type { Disposable } from "../../util/event";
import type { Services } from "../services";
import { promptOf } from "../../session/rowFacts";

const schemes = { prompt: "ntm-assignments-prompt", details: "ntm-assignments-details" } as const;

/** The path is what the tab shows; which row it is stands in the query. */
export function rowDocumentUri(
  kind: keyof typeof schemes,
  sessionName: string,
  { bead_id: beadId }: Assignment,
): vscode.Uri {
  const name = sanitize(beadId, 60).replaceAll(/[/\\]/g, "_");
  const title = kind === "prompt" ? vscode.l10n.t("Prompt of {0}", name) : vscode.l10n.t("Details of {0}", name);
  return vscode.Uri.from({
    scheme: schemes[kind],
    path: `/${title}.txt`,
    query: JSON.stringify({ sessionName, beadId }),
  });
}

interface ShownRow {
  readonly sessionName: string;
  readonly beadId: string;
}

/** Also answers for documents that the editor restores after a restart, when another session may be the active one. */
export function registerRowDocuments({
  session,
  attention,
  contextOf,
}: Pick<Services, "session" | "attention" | "contextOf">): Disposable {
  const disposables = new DisposableStore();
  const changed = disposables.add(new vscode.EventEmitter<vscode.Uri>());
  const rowAt = async ({ sessionName, beadId }: ShownRow): Promise<Assignment | undefined> => {
    const { snapshot, storageDir } = session;
    return snapshot?.sessionName === sessionName
      ? snapshot.get(beadId)
      : (await loadStore(sessionName, { storageDir })).get(beadId);
  };
  const register = (
    kind: keyof typeof schemes,
    text: (row: Assignment, sessionName: string) => string | Promise<string>,
  ): void => {
    const provider: vscode.TextDocumentContentProvider = {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const shown = JSON.parse(uri.query) as ShownRow;
        const row = await rowAt(shown);
        return row === undefined
          ? vscode.l10n.t("The bead isn't in the ledger any more.")
          : text(row, shown.sessionName);
      },
    };
    disposables.add(vscode.workspace.registerTextDocumentContentProvider(schemes[kind], provider));
  };
  register("prompt", promptOf);
  register("details", async (row, sessionName) => {
    // Loaded with the first such document.
    const { detailsText } = await import("../../beads/details/detailsText");
    const context = session.snapshot?.sessionName === sessionName ? contextOf(row.bead_id) : {};
    return detailsText(row, attention.current.problemOf(row), Date.now(), context);
  });
  // A document of another session than the shown one isn't followed; what comes into view is read anew.
  disposables.add(
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const { document } of editors) {
        if (Object.values<string>(schemes).includes(document.uri.scheme)) changed.fire(document.uri);
      }
    }),
  );
  disposables.add(
    attention.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) {
        if (Object.values<string>(schemes).includes(uri.scheme)) changed.fire(uri);
      }
    }),
  );
  return disposables;
}
