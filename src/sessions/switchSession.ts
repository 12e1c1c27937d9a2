// Asks which session to show.
import * as vscode from "vscode";
import type { ActiveSession } from "../session/activeSession";
import { sessionPresentation } from "./presentation";
import type { LivePanes } from "../panes/livePanes";
import { KnownSessions } from "./knownSessions";
import type { KnownSession } from "./sessionsTree";

interface SessionItem extends vscode.QuickPickItem {
  readonly sessionName: string;
}

export async function switchSession(session: ActiveSession, panes: LivePanes): Promise<void> {
  const sessionName = await pickSession(session, panes);
  if (sessionName !== undefined) await session.switchTo(sessionName);
}

/** Names and ages are shown at once, counters after the ledgers have been read. */
async function pickSession(session: ActiveSession, panes: LivePanes): Promise<string | undefined> {
  const known = new KnownSessions(session, panes);
  const pick = vscode.window.createQuickPick<SessionItem>();
  const pin: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon("pin"),
    tooltip: vscode.l10n.t("Pin to this workspace"),
  };
  pick.title = vscode.l10n.t("Switch Session");
  pick.placeholder = vscode.l10n.t("Select a session to show");
  pick.matchOnDescription = true;
  const show = (sessions: readonly KnownSession[]): void => {
    const [active] = pick.activeItems;
    pick.items = sessions.map((one) => itemOf(one, pin));
    pick.activeItems = pick.items.filter(({ sessionName }) => sessionName === active?.sessionName);
  };
  try {
    return await new Promise<string | undefined>((resolve, reject) => {
      pick.onDidAccept(() => {
        resolve(pick.selectedItems[0]?.sessionName);
      });
      pick.onDidTriggerItemButton(({ item }) => {
        session.pin(item.sessionName).then(() => {
          resolve(undefined);
        }, reject);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.busy = true;
      pick.show();
      session
        .refreshList()
        .then(async () => {
          show(known.known);
          show(await known.read());
          pick.busy = false;
        })
        .catch(reject);
    });
  } finally {
    pick.dispose();
  }
}

function itemOf(known: KnownSession, pin: vscode.QuickInputButton): SessionItem {
  const { sessionName } = known.entry;
  const node = { kind: "session", id: sessionName, sessionName } as const;
  const { icon, label, description } = sessionPresentation(node, known, false, Date.now());
  return { sessionName, label: `$(${icon}) ${label.replaceAll("$(", "\\$(")}`, description, buttons: [pin] };
}
