// Assigns a bead by ntm, which claims it in the tracker and sends its prompt: two picks, a bead and a pane.
import * as vscode from "vscode";
import type { AssignmentStore } from "../../assignment";
import type { SessionSnapshot } from "../../session/sessionSnapshot";
import { escapeIcons, problemExplanation } from "../../messages";
import { askPick, askText, runMultiStepInput, type Answer, type StepPosition } from "../input/multiStepInput";
import { askPane, findPaneOptions, targetOf } from "../input/panePicker";
import { showExplanation } from "../../views/showMessage";
import { runJob } from "./runJob";
import type { ReadyBead } from "../../tracker/ready";
import type { Services } from "../../services";
import { beadProblem } from "../input/askAssignment";
import { confirmReplacement } from "../assign";

export interface AssignRequest {
  readonly store: AssignmentStore;
  readonly snapshot: SessionSnapshot;
  /** What is known already isn't asked: a bead, and a pane by its identity. */
  readonly beadId?: string;
  readonly pane?: string;
}

export async function assignByNtm(services: Services, request: AssignRequest): Promise<void> {
  const { store, snapshot } = request;
  if (snapshot.health.kind !== "ok") {
    showExplanation(services.log, "warning", problemExplanation(snapshot.health.problem, store.path));
    return;
  }
  const chosen = await choose(services, request);
  if (chosen === undefined) return;
  const { beadId, paneId } = chosen;
  const row = snapshot.get(beadId);
  if (row !== undefined && !(await confirmReplacement(row))) return;
  const [result] = await runJob(services, { store, task: "assign", beads: [{ beadId, row }], paneId });
  if (result?.end.kind === "done") await services.view.reveal(beadId);
}

async function choose(
  services: Services,
  { store, snapshot, beadId, pane }: AssignRequest,
): Promise<{ readonly beadId: string; readonly paneId: string } | undefined> {
  const problem = beadId === undefined ? undefined : beadProblem(beadId, snapshot);
  if (problem !== undefined) {
    showExplanation(services.log, "information", { sentence: problem, next: "" });
    return undefined;
  }
  const answers = {
    beadId,
    paneId: pane === undefined ? undefined : targetOf(pane, snapshot, services.panes.current)?.paneId,
  };
  const ready = beadId === undefined ? await readyBeads(services, snapshot) : [];
  const steps = [
    async (position: StepPosition) => {
      const answer = await askBead(position, ready, snapshot);
      if (typeof answer !== "string") return answer;
      answers.beadId = answer;
      return "next" as const;
    },
    async (position: StepPosition) => {
      const options = await findPaneOptions(services.panes, store.sessionName, snapshot, true);
      const answer = await askPane(position, options);
      if (typeof answer !== "object") return answer;
      answers.paneId = answer.paneId;
      return "next" as const;
    },
  ];
  const asked = steps.filter((_, index) => (index === 0 ? answers.beadId : answers.paneId) === undefined);
  const title = vscode.l10n.t("Assign a Bead in {0}", store.sessionName);
  if (asked.length > 0 && !(await runMultiStepInput(title, asked))) return undefined;
  const { beadId: chosenBead, paneId } = answers;
  return chosenBead === undefined || paneId === undefined ? undefined : { beadId: chosenBead, paneId };
}

/** Those that aren't in flight already. Without the tracker a bead can still be typed. */
async function readyBeads({ tracker, log }: Services, snapshot: SessionSnapshot): Promise<readonly ReadyBead[]> {
  try {
    return (await tracker.readyBeads()).filter(({ id }) => beadProblem(id, snapshot) === undefined);
  } catch (error) {
    log.warn(`The tracker's ready beads can't be listed: ${String(error)}`);
    return [];
  }
}

interface BeadItem extends vscode.QuickPickItem {
  readonly beadId: string;
}

async function askBead(
  position: StepPosition,
  ready: readonly ReadyBead[],
  snapshot: SessionSnapshot,
): Promise<Answer<string>> {
  if (ready.length === 0) {
    const typed = await askText(position, {
      prompt: vscode.l10n.t("Bead ID"),
      placeholder: "bd-1a2b",
      validate: (text) => beadProblem(text, snapshot),
    });
    return typeof typed === "string" ? typed.trim() : typed;
  }
  const item = await askPick<BeadItem>(position, {
    placeholder: vscode.l10n.t("Select a bead that is ready, or enter the ID of another one"),
    items: ready.map(({ id, title, priority }) => ({
      beadId: id,
      label: escapeIcons(id, 60),
      description: [priority === undefined ? "" : `P${priority}`, escapeIcons(title, 120)].filter(Boolean).join(" · "),
    })),
    itemFor: (text) =>
      beadProblem(text, snapshot) === undefined ? { beadId: text, label: escapeIcons(text, 60) } : undefined,
  });
  return typeof item === "object" ? item.beadId : item;
}
