// Commands for the ledger as a whole: refresh, open, diagnose and repair.
import * as path from "node:path";
import * as vscode from "vscode";
import { isValidSessionName, type AssignmentStore } from "../assignment";
import { viewIds, type CommandHandlers } from "../contributions";
import { sanitize, problemExplanation } from "../messages";
import { confirm } from "./input/confirm";
import { showExplanation, showMessage } from "../views/showMessage";
import type { Services } from "../services";
import { noSession } from "./selection";

export function ledgerCommands(
  services: Services,
): CommandHandlers<
  "refresh" | "showLog" | "openLedger" | "openShownLedger" | "diagnoseLedger" | "repairLedger" | "compareWithBackup"
> {
  const { session, log } = services;
  const withStore = async (work: (store: AssignmentStore) => void | Promise<void>): Promise<void> => {
    if (session.store === undefined) showExplanation(log, "information", noSession());
    else await work(session.store);
  };
  const openShown = (): Promise<void> => withStore((store) => openReadOnly(services, store.sessionName, store.path));
  return {
    refresh: async () => {
      services.tracker.refreshSoon({ mayImport: true });
      services.view.checkLock();
      await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, async () => {
        await Promise.all([session.refresh(), services.panes.refresh()]);
      });
    },
    showLog: () => {
      log.show();
    },
    openLedger: async (node) => {
      if (node?.kind === "session" && isValidSessionName(node.sessionName)) {
        await openReadOnly(
          services,
          node.sessionName,
          path.join(session.storageDir, node.sessionName, "assignments.json"),
        );
      } else {
        await openShown();
      }
    },
    openShownLedger: openShown,
    diagnoseLedger: () =>
      withStore(async (store) => {
        await store.load();
        diagnose(services, store);
      }),
    compareWithBackup: () => withStore((store) => compareWithBackup(services, store)),
    repairLedger: () =>
      withStore(async (store) => {
        await store.load();
        await repair(services, store);
      }),
  };
}

/** Saving a ledger from an editor would bypass lock, generation and backup. */
async function openReadOnly({ log }: Services, sessionName: string, primary: string): Promise<void> {
  for (const copy of [primary, `${primary}.bak`]) {
    const uri = vscode.Uri.file(copy);
    if (!(await isThere(uri))) continue;
    await vscode.commands.executeCommand("vscode.open", uri, { preview: true });
    await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
    return;
  }
  showMessage(log, "information", vscode.l10n.t("{0} has no ledger yet.", sanitize(sessionName)));
}

/** In the editor's diff, read-only on both sides. */
async function compareWithBackup({ log }: Services, { sessionName, path: file }: AssignmentStore): Promise<void> {
  const [backup, primary] = [vscode.Uri.file(`${file}.bak`), vscode.Uri.file(file)];
  if (!(await isThere(backup)) || !(await isThere(primary))) {
    showMessage(
      log,
      "information",
      vscode.l10n.t("{0} doesn't have both copies of its ledger.", sanitize(sessionName)),
    );
    return;
  }
  const title = vscode.l10n.t("{0}: backup ↔ ledger", sanitize(sessionName, 60));
  await vscode.commands.executeCommand("vscode.diff", backup, primary, title, { preview: true });
  await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
}

function isThere(uri: vscode.Uri): Thenable<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

function diagnose({ log }: Services, store: AssignmentStore): void {
  const { health, path: file } = store;
  if (health.kind !== "ok") {
    log.warn(`${file}: ${health.problem.message} (${health.problem.code}, ${health.problem.remedy})`);
    showExplanation(log, "warning", problemExplanation(health.problem, file));
    return;
  }
  showMessage(log, "information", healthyLedgerMessage(store));
}

function healthyLedgerMessage(store: AssignmentStore): string {
  const { exists, sessionName, version } = store;
  if (!exists) return vscode.l10n.t("{0} has no ledger yet. One is created when a bead is assigned.", sessionName);
  const { total } = store.stats();
  return total === 1
    ? vscode.l10n.t("The ledger of {0} is valid: 1 bead, schema {1}.", sessionName, version)
    : vscode.l10n.t("The ledger of {0} is valid: {1} beads, schema {2}.", sessionName, total, version);
}

async function repair(services: Services, store: AssignmentStore): Promise<void> {
  const { log } = services;
  const { health, path: file } = store;
  if (health.kind === "ok" || !isMendable(health.problem.remedy)) {
    diagnose(services, store);
    return;
  }
  const { remedy } = health.problem;
  const question =
    remedy === "promote-backup"
      ? vscode.l10n.t("Replace the ledger of {0} with its backup?", store.sessionName)
      : vscode.l10n.t("Replace the backup of {0} with the ledger?", store.sessionName);
  const detail = [
    problemExplanation(health.problem, file).sentence,
    vscode.l10n.t("The replaced file is first copied to the same folder, so nothing is lost."),
  ];
  if (!(await confirm(question, detail, vscode.l10n.t("Repair")))) return;
  const { saved } = await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () =>
    store.repair(health),
  );
  const names = saved.map((copy) => path.basename(copy)).join(", ");
  const done = vscode.l10n.t("The ledger of {0} was repaired.", store.sessionName);
  showMessage(
    log,
    "information",
    names === "" ? done : `${done} ${vscode.l10n.t("The replaced file was kept as {0}.", names)}`,
  );
}

function isMendable(remedy: string): remedy is "promote-backup" | "publish-primary" {
  return remedy === "promote-backup" || remedy === "publish-primary";
}
