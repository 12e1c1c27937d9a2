// A bead's prompt as a read-only document: plain text, whatever is in it.
import * as vscode from "vscode";
import { loadStore, type Assignment } from "../assignment";
import { promptOf } from "../beads/contextValue";
import type { ActiveSession } from "../session/activeSession";
import { plain } from "../words";

const scheme = "ntm-assignments-prompt";

/** The path is what the tab shows; which prompt it is stands in the query. */
export function promptUri(sessionName: string, { bead_id: beadId }: Assignment): vscode.Uri {
  const name = plain(beadId, 60).replaceAll(/[/\\]/g, "_");
  return vscode.Uri.from({
    scheme,
    path: `/${vscode.l10n.t("Prompt of {0}", name)}.txt`,
    query: JSON.stringify({ sessionName, beadId }),
  });
}

/** Also answers for documents that the editor restores after a restart, when another session may be the active one. */
export function registerPromptDocuments(session: ActiveSession): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: async ({ query }) => {
      const { sessionName, beadId } = JSON.parse(query) as { sessionName: string; beadId: string };
      const { snapshot, storageDir } = session;
      const row =
        snapshot?.sessionName === sessionName
          ? snapshot.get(beadId)
          : (await loadStore(sessionName, { storageDir })).get(beadId);
      return row === undefined ? vscode.l10n.t("{0} isn't in the ledger any more.", plain(beadId)) : promptOf(row);
    },
  });
}
