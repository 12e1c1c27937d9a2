// Shows another session, chosen from a list with each one's age and counters.
import * as vscode from "vscode";
import type { CommandHandlers } from "../contributions";
import type { SessionEntry } from "../session/sessionList";
import { duration, withoutIcons } from "../words";
import { explain } from "./report";
import type { Services } from "./services";

export function switchSessionActions({ session, log }: Services): CommandHandlers<"switchSession"> {
  return {
    switchSession: async () => {
      await session.refresh();
      const entries = [...(session.list?.entries ?? [])].sort((a, b) => (b.savedAt ?? 0) - (a.savedAt ?? 0));
      if (entries.length === 0) {
        explain(log, "information", {
          sentence: vscode.l10n.t("No session has a ledger yet."),
          next: vscode.l10n.t("One appears as soon as ntm assigns a bead on this machine."),
        });
        return;
      }
      const items = entries.map((entry) => sessionItem(entry));
      const title = vscode.l10n.t("Switch Session");
      const item = await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("Which session?") });
      if (item !== undefined) await session.switchTo(item.entry.sessionName);
    },
  };
}

function sessionItem(entry: SessionEntry): vscode.QuickPickItem & { readonly entry: SessionEntry } {
  const description = entry.savedAt === undefined ? "" : duration(Date.now() - entry.savedAt);
  return { entry, label: withoutIcons(entry.sessionName), description };
}
