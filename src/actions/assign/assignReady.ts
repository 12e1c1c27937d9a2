// Assigns ready beads that were dropped on a pane: in the ledger at schema 1, else by ntm, which claims them in the tracker too.
import * as vscode from "vscode";
import { currentSchema, isTerminal, type AssignmentStore, type Change } from "../../assignment";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { mayDropOn } from "../input/mayDropOn";
import { targetOf } from "../input/panePicker";
import { holdExplanation } from "../../text";
import { applyChanges, explanationOf, isWritable, reportRefused, type Refused } from "../rowAction";
import type { Services } from "../services";
import { showExplanation } from "../messages";
import { runJob } from "../ntm/runJob";
import { confirmReplacement } from "./confirmReplacement";

/** @param identity of a pane of the active session */
export async function assignTo(services: Services, beadIds: readonly string[], identity: string): Promise<void> {
  const { store, snapshot } = services.session;
  const target = targetOf(identity, snapshot, services.panes.current);
  if (store === undefined || snapshot === undefined || target === undefined) return;
  if (!(await isWritable(services, { store, snapshot }))) return;
  if (!(await mayDropOn(services, target.pane, identity, "assign"))) return;
  if (snapshot.schema >= currentSchema) {
    await sendByNtm(services, store, snapshot, beadIds, target.paneId);
    return;
  }
  const { pane, paneId, agentType, agentName } = target;
  const changes = (await replaceable(beadIds, snapshot)).map((beadId): Change => {
    const beadTitle = services.tracker.loaded?.titleOf(beadId) ?? "";
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
  const count = results.length - refused.length;
  const summary =
    count === 1 ? vscode.l10n.t("1 bead was assigned.") : vscode.l10n.t("{0} beads were assigned.", count);
  reportRefused(services, summary, count, refused);
  const [assigned] = results.filter(({ error }) => error === undefined);
  if (assigned !== undefined) await services.view.reveal(assigned.beadId);
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
