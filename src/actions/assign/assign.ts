// Assigns a bead: by ntm in a ledger of today's ntm, else here. Asks for confirmation if a row is replaced, or if ntm couldn't work with
// the new row.
import * as vscode from "vscode";
import { currentSchema, isValidSessionName, newStore, type AssignmentStore } from "../../assignment";
import type { CommandArguments, CommandHandlers } from "../../contributions";
import { askAssignment } from "./assignmentInput";
import { assignByNtm } from "./assignByNtm";
import { confirmReplacement } from "./confirmReplacement";
import { confirm } from "../input/confirm";
import { showExplanation } from "../messages";
import { applyChanges, explanationOf, isWritable } from "../rowAction";
import type { Services } from "../services";

export function assignActions(services: Services): CommandHandlers<"assign" | "assignInSession"> {
  return { assign: (node) => assign(services, node), assignInSession: () => assign(services, undefined) };
}

async function assign(services: Services, node: CommandArguments["beads"][0]): Promise<void> {
  const { session, log } = services;
  const { snapshot } = session;
  const store = session.store ?? (await askSession(session.storageDir));
  if (store === undefined) return;
  if (snapshot?.exists === true && snapshot.schema >= currentSchema) {
    await assignByNtm(services, {
      store,
      snapshot,
      ...(node?.kind === "pane" && { pane: node.identity }),
      ...(node?.kind === "ready" && { beadId: node.beadId }),
    });
    return;
  }
  if (!(await isWritable(services, { store, snapshot }))) return;
  const input = await askAssignment(services, store.sessionName, node);
  if (input === undefined) return;
  const existing = snapshot?.get(input.beadId);
  if (existing !== undefined && !(await confirmReplacement(existing))) return;
  if (!store.exists && input.pane.paneId === undefined && !(await mayMakeUnplaced())) return;
  const { beadId, title, pane, agent, prompt } = input;
  const [result] = await applyChanges(services, store, [
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
    showExplanation(log, "warning", explanationOf(result.error, existing, store), beadId);
    return;
  }
  if (session.store === undefined) await session.switchTo(store.sessionName);
  await services.view.reveal(beadId);
}

/** Without an active session, asks for a session name; the ledger is created on the first change. */
async function askSession(storageDir: string): Promise<AssignmentStore | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t("Assign a Bead"),
    prompt: vscode.l10n.t("The name of the tmux session"),
    value: vscode.workspace.name ?? "",
    ignoreFocusOut: true,
    validateInput: (text) =>
      isValidSessionName(text)
        ? undefined
        : vscode.l10n.t("A session name can contain only letters, digits, “_” and “-”."),
  });
  return name === undefined ? undefined : newStore(name, { storageDir });
}

function mayMakeUnplaced(): Promise<boolean> {
  const question = vscode.l10n.t("Create a ledger with a bead that has no tmux pane ID?");
  const detail = vscode.l10n.t(
    "While a bead without a tmux pane ID such as %3 is in flight, ntm 1.20 and later assigns nothing in the session. Earlier versions aren't affected.",
  );
  return confirm(question, [detail], vscode.l10n.t("Create Ledger"));
}
