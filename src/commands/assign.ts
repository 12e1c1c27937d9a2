// Assigns a bead: by ntm in a ledger of today's ntm, else here. Asks for confirmation if a row is replaced, or if ntm couldn't work with
// the new row.
import * as vscode from "vscode";
import {
  currentSchema,
  isValidSessionName,
  newStore,
  type AssignmentStore,
  isTerminal,
  type Change,
  type Assignment,
} from "../assignment";
import type { CommandArguments, CommandHandlers } from "../contributions";
import { holdExplanation, sanitize, statusWord } from "../messages";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import { applyChanges, explanationOf, isWritable, reportRefused, type Done, type Refused } from "./applyChanges";
import { askAssignment } from "./input/askAssignment";
import { confirm, mayDropOn } from "./input/confirm";
import { targetOf } from "./input/panePicker";
import { showExplanation, showMessage } from "../views/showMessage";
import { agentButtons, agentsNotTold, onlyBead } from "./mark";
import { undoButtons } from "./undo";
import { assignByNtm } from "./ntm/assign";
import { runJob } from "./ntm/runJob";
import type { Services } from "../services";

export function assignCommands(services: Services): CommandHandlers<"assign" | "assignInSession"> {
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
  if (!isWritable(services, { store, snapshot })) return;
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
  if (result !== undefined) confirmAssigned(services, store, [result], pane.pane);
  await services.view.reveal(beadId);
}

/** @param pane its index */
function confirmAssigned(services: Services, store: AssignmentStore, done: readonly Done[], pane: number): void {
  const sentence = [assignedCount(done, pane), agentsNotTold(done)].join(" ");
  showMessage(services.log, "information", sentence, ...undoButtons(services, store, done), ...agentButtons(done));
}

function assignedCount(done: readonly Done[], pane: number): string {
  const bead = onlyBead(done);
  return bead === undefined
    ? vscode.l10n.t("{0} beads were assigned to pane {1}.", done.length, pane)
    : vscode.l10n.t("Assigned {0} to pane {1}.", bead, pane);
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

/** @param identity of a pane of the active session */
export async function assignTo(services: Services, beadIds: readonly string[], identity: string): Promise<void> {
  const { store, snapshot } = services.session;
  const target = targetOf(identity, snapshot, services.panes.current);
  if (store === undefined || snapshot === undefined || target === undefined) return;
  if (!isWritable(services, { store, snapshot })) return;
  if (!(await mayDropOn(services, target.pane, identity, "assign", beadIds))) return;
  if (snapshot.schema >= currentSchema) {
    await sendByNtm(services, store, snapshot, beadIds, target.paneId);
    return;
  }
  const { pane, paneId, agentType, agentName } = target;
  const changes = (await replaceable(beadIds, snapshot)).map((beadId): Change => {
    const beadTitle = services.tracker.titleOf(beadId);
    const observed = snapshot.get(beadId) ?? null;
    return { kind: "assign", beadId, beadTitle, prompt: "", pane, paneId, agentType, agentName, observed };
  });
  if (changes.length === 0) return;
  const refused: Refused[] = [];
  const results = await applyChanges(services, store, changes);
  for (const { beadId, error } of results) {
    if (error === undefined) continue;
    refused.push({ beadId, explanation: explanationOf(error, snapshot.get(beadId), store) });
  }
  const done = results.filter((result) => result.error === undefined);
  const [assigned] = done;
  if (assigned === undefined) {
    reportRefused(services, "", 0, refused);
    return;
  }
  if (refused.length === 0) confirmAssigned(services, store, done, pane);
  else reportRefused(services, assignedCount(done, pane), done.length, refused, undoButtons(services, store, done));
  await services.view.reveal(assigned.beadId);
}

/** Those that are in no finished row, or whose row may be replaced. */
async function replaceable(beadIds: readonly string[], snapshot: SessionSnapshot): Promise<readonly string[]> {
  const chosen: string[] = [];
  for (const beadId of beadIds) {
    const row = snapshot.get(beadId);
    if (row === undefined || !isTerminal(row.status) || (await confirmReplacement(row))) chosen.push(beadId);
  }
  return chosen;
}

async function sendByNtm(
  services: Services,
  store: AssignmentStore,
  snapshot: SessionSnapshot,
  beadIds: readonly string[],
  paneId: string | undefined,
): Promise<void> {
  const [first] = beadIds;
  if (first === undefined) return;
  if (paneId === undefined) {
    showExplanation(services.log, "warning", holdExplanation(first, { code: "unplaced" }, Date.now()));
    return;
  }
  const beads = (await replaceable(beadIds, snapshot)).map((beadId) => ({ beadId, row: snapshot.get(beadId) }));
  if (beads.length > 0) await runJob(services, { store, task: "assign", beads, paneId });
}

export function confirmReplacement(row: Assignment): Promise<boolean> {
  const question = vscode.l10n.t("{0} is already {1}. Assign it again?", sanitize(row.bead_id), statusWord(row.status));
  const detail = vscode.l10n.t("The existing row is replaced. Its times, reason and retries are lost.");
  return confirm(question, [detail], vscode.l10n.t("Assign Again"));
}
