// Session commands that only affect what is shown.
import * as vscode from "vscode";
import { setContextKeys, type CommandHandlers } from "../contributions";
import type { Services } from "../services";
import { showExplanation } from "../views/showMessage";
import { noSession } from "./selection";
import type { ActiveSession } from "../session/activeSession";
import type { SessionsNode } from "../nodes";
import type { LivePanes } from "../views/panes/livePanes";
import { KnownSessions, type KnownSession } from "../views/sessions/sessionsTree";
import { sessionPresentation } from "../views/sessions/sessionItem";

type Names = "switchSession" | "activateSession" | "pinSession" | "unpinSession";

export function sessionCommands({ session, panes, log }: Services): CommandHandlers<Names> {
  const named = (node: SessionsNode | undefined): string | undefined =>
    node?.kind === "session" ? node.sessionName : session.snapshot?.sessionName;
  return {
    switchSession: async () => {
      await session.refreshList();
      if ((session.list?.entries ?? []).length === 0) showExplanation(log, "information", noSession());
      else await switchSession(session, panes);
    },
    activateSession: async (node) => {
      if (node?.kind === "session") await switchTo(session, node.sessionName);
    },
    pinSession: async (node) => {
      const sessionName = named(node);
      if (sessionName === undefined) showExplanation(log, "information", noSession());
      else await session.pin(sessionName);
    },
    unpinSession: () => session.pin(undefined),
  };
}

interface SessionItem extends vscode.QuickPickItem {
  readonly sessionName: string;
}

async function switchSession(session: ActiveSession, panes: LivePanes): Promise<void> {
  const sessionName = await pickSession(session, panes);
  if (sessionName !== undefined) await switchTo(session, sessionName);
}

async function switchTo(session: ActiveSession, sessionName: string): Promise<void> {
  await session.switchTo(sessionName);
  setContextKeys({ hasSwitchedSession: true });
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
