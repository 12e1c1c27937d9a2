// Assigns a bead by hand, after a question more when something would be replaced or ntm would stumble over it.
import * as vscode from "vscode";
import { isAtomic, isValidSessionName, newStore, type Assignment, type AssignmentStore } from "../assignment";
import type { BeadsNode } from "../beads/nodes";
import type { CommandHandlers } from "../contributions";
import { plain, statusWord } from "../words";
import { askOrder, type Order } from "./assignOrder";
import { confirm } from "./confirm";
import { ntmAssignCommand, UnspeakableArgumentError } from "./ntmCommand";
import { typedLines, unspeakable } from "./ntm";
import { explain } from "./report";
import { apply, explanationOf, isWritable } from "./run";
import type { Services } from "./services";
import { runInTerminal } from "./terminal";

export function assignActions(services: Services): CommandHandlers<"assign"> {
  return { assign: (node) => assign(services, node) };
}

async function assign(services: Services, node: BeadsNode | undefined): Promise<void> {
  const { session, log } = services;
  const { snapshot } = session;
  const store = session.store ?? (await askSession(session.storageDir));
  if (store === undefined) return;
  if (!(await isWritable(services, { store, snapshot }))) return;
  const order = await askOrder(store.sessionName, snapshot, node);
  if (order === undefined) return;
  const existing = snapshot?.get(order.beadId);
  if (existing !== undefined && isAtomic(existing)) {
    await offerNtm(services, store.sessionName, order);
    return;
  }
  if (existing !== undefined && !(await mayReplace(existing))) return;
  if (!store.exists && order.pane.paneId === undefined && !(await mayMakeUnplaced())) return;
  const { beadId, title, pane, agent, prompt } = order;
  const [result] = await apply(services, store, [
    {
      kind: "assign",
      beadId,
      beadTitle: title,
      prompt,
      pane: pane.pane,
      paneId: pane.paneId,
      ...agent,
      observed: existing ?? null,
    },
  ]);
  if (result?.error !== undefined) {
    explain(log, "warning", explanationOf(result.error, existing, store), beadId);
    return;
  }
  if (session.store === undefined) await session.switchTo(store.sessionName);
  await services.view.reveal(beadId);
}

/** Where there is no session at all, a name makes one. */
async function askSession(storageDir: string): Promise<AssignmentStore | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Assign a Bead"),
    prompt: vscode.l10n.t("The name of the tmux session"),
    value: vscode.workspace.name ?? "",
    validateInput: (text) =>
      isValidSessionName(text) ? undefined : vscode.l10n.t("Names have letters, digits, “_” and “-” only."),
  });
  return name === undefined ? undefined : newStore(name, { storageDir });
}

function mayReplace(row: Assignment): Promise<boolean> {
  const question = vscode.l10n.t("{0} is {1} already. Assign it again?", plain(row.bead_id), statusWord(row.status));
  const detail = vscode.l10n.t("The row that is there is replaced: its times, its reason and its retries are lost.");
  return confirm(question, [detail], vscode.l10n.t("Assign Again"));
}

function mayMakeUnplaced(): Promise<boolean> {
  const question = vscode.l10n.t("Start a ledger with a bead that has no tmux pane id?");
  const detail = vscode.l10n.t(
    "From 1.20 on, ntm assigns nothing in a session as long as a bead is in flight there without a pane id such as %3. Older ntm doesn't mind.",
  );
  return confirm(question, [detail], vscode.l10n.t("Start the Ledger"));
}

/** A bead that ntm claimed before can only be claimed again by ntm. */
async function offerNtm({ log }: Services, sessionName: string, { beadId, pane }: Order): Promise<void> {
  if (pane.paneId === undefined) {
    explain(log, "warning", {
      sentence: vscode.l10n.t("ntm claimed {0} before, so only ntm can assign it again.", plain(beadId)),
      next: vscode.l10n.t("For that it needs a pane with an id such as %3."),
    });
    return;
  }
  try {
    const lines = typedLines([ntmAssignCommand(sessionName, beadId, pane.paneId)]);
    const question = vscode.l10n.t("ntm claimed {0} before, so only ntm can assign it again.", plain(beadId));
    const [copy, run] = [vscode.l10n.t("Copy ntm Command"), vscode.l10n.t("Run in Terminal")];
    const answer = await vscode.window.showWarningMessage(
      question,
      { modal: true, detail: lines.join("\n") },
      run,
      copy,
    );
    if (answer === copy) await vscode.env.clipboard.writeText(lines.join("\n"));
    if (answer === run) runInTerminal(sessionName, lines);
  } catch (error) {
    if (!(error instanceof UnspeakableArgumentError)) throw error;
    explain(log, "warning", unspeakable(error));
  }
}
