// Commands that change nothing: show a row's prompt or details, copy its prompt or its id.
import * as vscode from "vscode";
import type { Assignment } from "../../assignment";
import type { CommandArguments, CommandHandlers } from "../../contributions";
import { rowDocumentUri } from "./rowDocuments";
import { showExplanation } from "../messages";
import type { Services } from "../services";
import { resolveSelection } from "../rowSelection";
import { promptOf } from "../../session/rowFacts";

type Names = "copyBeadId" | "copyPrompt" | "showPrompt" | "showDetails";

export function promptActions(services: Services): CommandHandlers<Names> {
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
