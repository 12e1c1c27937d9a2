// The verbs that change nothing: to look at a prompt, or to take it or an id along.
import * as vscode from "vscode";
import { promptOf } from "../beads/contextValue";
import type { CommandHandlers } from "../contributions";
import { promptUri } from "./promptDocument";
import { explain } from "./report";
import type { Services } from "./services";
import { chooseSubject } from "./subject";

export function lookActions(services: Services): CommandHandlers<"copyBeadId" | "copyPrompt" | "showPrompt"> {
  return {
    copyBeadId: async (...args) => {
      const pick = { title: vscode.l10n.t("Copy Bead Id"), takesMany: true, fits: () => true };
      const subject = await chooseSubject(services, args, pick);
      if (subject === undefined) return;
      await vscode.env.clipboard.writeText(subject.rows.map((row) => row.bead_id).join("\n"));
    },

    copyPrompt: async (...args) => {
      const title = vscode.l10n.t("Copy Prompt");
      const subject = await chooseSubject(services, args, { title, takesMany: true, fits: hasPrompt });
      if (subject === undefined) return;
      const prompts = subject.rows.filter(hasPrompt).map(promptOf);
      if (prompts.length === 0) sayThatThereIsNone(services);
      else await vscode.env.clipboard.writeText(prompts.join("\n\n"));
    },

    showPrompt: async (...args) => {
      const title = vscode.l10n.t("Show Prompt");
      const subject = await chooseSubject(services, args, { title, takesMany: false, fits: hasPrompt });
      const [row] = subject?.rows ?? [];
      if (subject === undefined || row === undefined) return;
      if (!hasPrompt(row)) {
        sayThatThereIsNone(services);
        return;
      }
      const document = await vscode.workspace.openTextDocument(promptUri(subject.store.sessionName, row));
      await vscode.window.showTextDocument(document, { preview: true });
    },
  };
}

function hasPrompt(row: Parameters<typeof promptOf>[0]): boolean {
  return promptOf(row) !== "";
}

function sayThatThereIsNone({ log }: Services): void {
  explain(log, "information", {
    sentence: vscode.l10n.t("The ledger has no prompt for this bead."),
    next: vscode.l10n.t("It has one only when ntm, or whoever assigned the bead, noted it there."),
  });
}
