// Commands that change nothing: show a row's prompt or details, copy its prompt or its id.
import * as vscode from "vscode";
import { type Assignment, loadStore } from "../assignment";
import type { CommandArguments, CommandHandlers } from "../contributions";
import { sanitize } from "../messages";
import { promptOf, rowError } from "../session/rowFacts";
import { DisposableStore } from "../util/disposableStore";
import type { Disposable } from "../util/event";
import { showExplanation, showMessage } from "../views/showMessage";
import { resolveSelection } from "./selection";
import { detailsText } from "../views/beads/rowDetails";
import type { Services } from "../services";

type Names = "copyBeadId" | "copyPrompt" | "copyReason" | "showPrompt" | "showDetails";

export function documentCommands(services: Services): CommandHandlers<Names> {
  return {
    copyBeadId: async (node, nodes) => {
      const ready = (nodes ?? [node]).flatMap((one) => (one?.kind === "ready" ? [one.beadId] : []));
      if (ready.length > 0) {
        await vscode.env.clipboard.writeText(ready.join("\n"));
        return;
      }
      const args = rowsOnly(node, nodes);
      const pick = { title: vscode.l10n.t("Copy Bead ID"), takesMany: true, fits: () => true };
      const selection = await resolveSelection(services, args, pick);
      if (selection === undefined) return;
      await vscode.env.clipboard.writeText(selection.rows.map((row) => row.bead_id).join("\n"));
    },

    copyPrompt: async (...args) => {
      const title = vscode.l10n.t("Copy Prompt");
      const selection = await resolveSelection(services, args, { title, takesMany: true, fits: hasPrompt });
      if (selection === undefined) return;
      const prompts = selection.rows.filter(hasPrompt).map(promptOf);
      if (prompts.length === 0) showNoPrompt(services);
      else await vscode.env.clipboard.writeText(prompts.join("\n\n"));
    },

    copyReason: async (...args) => {
      const hasReason = (row: Assignment): boolean => rowError(row) !== undefined;
      const title = vscode.l10n.t("Copy Reason");
      const selection = await resolveSelection(services, args, { title, takesMany: true, fits: hasReason });
      if (selection === undefined) return;
      const reasons = selection.rows.flatMap((row) => rowError(row) ?? []);
      if (reasons.length > 0) await vscode.env.clipboard.writeText(reasons.join("\n"));
      else showMessage(services.log, "information", vscode.l10n.t("The ledger has no reason for this bead."));
    },

    showPrompt: async (...args) => {
      const title = vscode.l10n.t("Show Prompt");
      const selection = await resolveSelection(services, args, { title, takesMany: false, fits: hasPrompt });
      const [row] = selection?.rows ?? [];
      if (selection === undefined || row === undefined) return;
      if (!hasPrompt(row)) {
        showNoPrompt(services);
        return;
      }
      await showRowDocument("prompt", selection.store.sessionName, row);
    },

    showDetails: async (...args) => {
      const title = vscode.l10n.t("Show Details");
      const selection = await resolveSelection(services, args, { title, takesMany: false, fits: () => true });
      const [row] = selection?.rows ?? [];
      if (selection !== undefined && row !== undefined) {
        await showRowDocument("details", selection.store.sessionName, row);
      }
    },
  };
}

function rowsOnly(...[node, nodes]: CommandArguments["beads"]): CommandArguments["rows"] {
  if (node === undefined || node.kind === "ready") return [];
  return nodes === undefined ? [node] : [node, nodes.filter((one) => one.kind !== "ready")];
}

function hasPrompt(row: Parameters<typeof promptOf>[0]): boolean {
  return promptOf(row) !== "";
}

function showNoPrompt({ log }: Services): void {
  showExplanation(log, "information", {
    sentence: vscode.l10n.t("The ledger has no prompt for this bead."),
    next: vscode.l10n.t("A prompt is recorded only if it was given when the bead was assigned."),
  });
}

async function showRowDocument(kind: "prompt" | "details", sessionName: string, row: Assignment): Promise<void> {
  const document = await vscode.workspace.openTextDocument(rowDocumentUri(kind, sessionName, row));
  await vscode.window.showTextDocument(document, { preview: true });
}

const schemes = { prompt: "ntm-assignments-prompt", details: "ntm-assignments-details" } as const;

/** The path is the tab's title; the query identifies the row. */
function rowDocumentUri(kind: keyof typeof schemes, sessionName: string, { bead_id: beadId }: Assignment): vscode.Uri {
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
  register("details", (row, sessionName) => {
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
