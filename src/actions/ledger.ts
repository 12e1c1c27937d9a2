// The verbs about the ledger as a whole: read it again, look at it, find out what is wrong with it, mend it.
import * as path from "node:path";
import * as vscode from "vscode";
import { isValidSessionName, type AssignmentStore } from "../assignment";
import { viewIds, type CommandHandlers } from "../contributions";
import { plain, problemExplanation } from "../words";
import { confirm } from "./confirm";
import { explain, say } from "./report";
import type { Services } from "./services";
import { noSession } from "./subject";

export function ledgerActions(
  services: Services,
): CommandHandlers<"refresh" | "showLog" | "openLedger" | "diagnoseLedger" | "repairLedger"> {
  const { session, log } = services;
  const withStore = async (work: (store: AssignmentStore) => void | Promise<void>): Promise<void> => {
    if (session.store === undefined) explain(log, "information", noSession());
    else await work(session.store);
  };
  return {
    refresh: async () => {
      await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () => session.refresh());
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
        await withStore((store) => openReadOnly(services, store.sessionName, store.path));
      }
    },
    diagnoseLedger: () =>
      withStore(async (store) => {
        await store.load();
        diagnose(services, store);
      }),
    repairLedger: () =>
      withStore(async (store) => {
        await store.load();
        await repair(services, store);
      }),
  };
}

/** An editor that saved a ledger would do so without lock, generation and backup. */
async function openReadOnly({ log }: Services, sessionName: string, primary: string): Promise<void> {
  for (const copy of [primary, `${primary}.bak`]) {
    const uri = vscode.Uri.file(copy);
    if (!(await isThere(uri))) continue;
    await vscode.commands.executeCommand("vscode.open", uri, { preview: true });
    await vscode.commands.executeCommand("workbench.action.files.setActiveEditorReadonlyInSession");
    return;
  }
  say(log, "information", vscode.l10n.t("{0} has no ledger yet.", plain(sessionName)));
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
    explain(log, "warning", problemExplanation(health.problem, file));
    return;
  }
  const facts = store.exists
    ? vscode.l10n.t(
        "The ledger of {0} is sound: {1} beads, schema {2}.",
        store.sessionName,
        store.stats().total,
        store.version,
      )
    : vscode.l10n.t("{0} has no ledger yet, which is no problem.", store.sessionName);
  say(log, "information", facts);
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
      ? vscode.l10n.t("Put the backup of {0} in the place of the ledger?", store.sessionName)
      : vscode.l10n.t("Write the ledger of {0} over its backup?", store.sessionName);
  const detail = [
    problemExplanation(health.problem, file).sentence,
    vscode.l10n.t("What is replaced is first copied beside it, so that nothing is lost."),
  ];
  if (!(await confirm(question, detail, vscode.l10n.t("Repair")))) return;
  const { saved } = await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () => store.repair());
  const names = saved.map((copy) => path.basename(copy)).join(", ");
  const done = vscode.l10n.t("The ledger of {0} is repaired.", store.sessionName);
  say(log, "information", names === "" ? done : `${done} ${vscode.l10n.t("What it replaced is kept as {0}.", names)}`);
}

function isMendable(remedy: string): remedy is "promote-backup" | "publish-primary" {
  return remedy === "promote-backup" || remedy === "publish-primary";
}
