// Reassigns working beads to another pane: one picked from a list, or the one on which the beads were dropped. What ntm
// claimed is reassigned by ntm.
import * as vscode from "vscode";
import { isAtomic, paneIdentity, refusal, unplacedHold, type Assignment, type Change } from "../assignment";
import type { CommandArguments, CommandHandlers } from "../contributions";
import { holdExplanation, sanitize } from "../messages";
import { askAgent, type AgentTarget, askPane, findPaneOptions, targetOf, type PaneTarget } from "./input/panePicker";
import { mayDropOn } from "./input/confirm";
import { runMultiStepInput } from "./input/multiStepInput";
import { commandTitle, showExplanation } from "../views/showMessage";
import { beadsOf, divide, isForNtm, selectFor } from "./ntm/rows";
import { runJob } from "./ntm/runJob";
import { changeRows, type RowAction } from "./changeRows";
import { agentButtons, agentsNotTold, onlyBead } from "./mark";
import type { Services } from "../services";
import { resolveSelection, type RowSelection } from "./selection";

export function reassignCommands(
  services: Services,
): CommandHandlers<"reassign" | "retryAndReassign" | "startAndReassign"> {
  const chain = async (first: FirstStep, args: CommandArguments["rows"]): Promise<void> => {
    const title = commandTitle(first === "retry" ? "retryAndReassign" : "startAndReassign") ?? "";
    const fits = (row: Assignment, schema: number): boolean => firstStepOf(row, schema) === first;
    const selection = await resolveSelection(services, args, { title, takesMany: true, fits });
    const [row] = selection?.rows ?? [];
    if (selection === undefined || row === undefined) return;
    const target = await askTarget(services, selection.rows, selection);
    if (target !== undefined) await changeRows(services, chainAction(first, target), selection);
  };
  return {
    retryAndReassign: (...args) => chain("retry", args),
    startAndReassign: (...args) => chain("markWorking", args),
    reassign: async (...args) => {
      const action = { step: "reassign", title: vscode.l10n.t("Reassign…") } as const;
      const selection = await selectFor(services, args, action);
      if (selection !== undefined)
        await reassign(services, selection, (rows, chosen) => askTarget(services, rows, chosen));
    },
  };
}

/** What has to be done before a failed or an assigned row can be reassigned. */
type FirstStep = "retry" | "markWorking";

/** `undefined`: the row can be reassigned as it is, or not at all. */
function firstStepOf(row: Assignment, schema: number): FirstStep | undefined {
  const step = row.status === "failed" ? "retry" : row.status === "assigned" ? "markWorking" : undefined;
  return step === undefined || isAtomic(row) || refusal(row, step, schema) !== undefined ? undefined : step;
}

function firstStepWords(first: FirstStep | undefined): string {
  switch (first) {
    case "retry":
      return vscode.l10n.t("It failed, and is retried first.");
    case "markWorking":
      return vscode.l10n.t("It is marked as working first.");
    case undefined:
      return "";
  }
}

/** The first step and the reassignment of each row, with one save. */
function chainAction(first: FirstStep, target: Target): RowAction {
  return {
    ...reassignAction(target),
    step: first,
    title: commandTitle(first === "retry" ? "retryAndReassign" : "startAndReassign") ?? "",
    createChanges: (rows) =>
      Promise.resolve(
        rows.flatMap((row): Change[] => {
          const beadId = row.bead_id;
          const started: readonly Change[] =
            first === "retry"
              ? [
                  { kind: "retry", beadId, observed: row },
                  { kind: "markWorking", beadId },
                ]
              : [{ kind: "markWorking", beadId, observed: row }];
          return [...started, { kind: "reassign", beadId, ...target }];
        }),
      ),
  };
}

/** Handles beads dropped onto a pane. */
export async function reassignTo(services: Services, beadIds: readonly string[], identity: string): Promise<void> {
  const { store, snapshot } = services.session;
  const target = targetOf(identity, snapshot, services.panes.current);
  if (store === undefined || snapshot === undefined || target === undefined) return;
  const rows = beadIds.flatMap((beadId) => snapshot.get(beadId) ?? []).filter((row) => paneIdentity(row) !== identity);
  if (rows.length === 0) return;
  const [row] = rows;
  const first = rows.length === 1 && row !== undefined ? firstStepOf(row, snapshot.schema) : undefined;
  const ids = rows.map(({ bead_id: beadId }) => beadId);
  const selection: RowSelection = { store, snapshot, rows };
  const { forNtm, forStore } = divide(selection, "reassign");
  const isPossible =
    first !== undefined ||
    forNtm.length > 0 ||
    forStore.some((one) => refusal(one, "reassign", snapshot.schema, target.paneId) === undefined);
  // What isn't possible is said without a question.
  if (isPossible && !(await mayDropOn(services, target.pane, identity, "reassign", ids, firstStepWords(first)))) return;
  if (first === undefined) await reassign(services, selection, () => Promise.resolve(target));
  else await changeRows(services, chainAction(first, target), selection);
}

type Target = Pick<PaneTarget, "pane" | "paneId"> & AgentTarget;
type ChooseTarget = (rows: readonly Assignment[], selection: RowSelection) => Promise<Target | undefined>;

/** The rows that only ntm can reassign are reassigned by ntm, to the same pane. */
async function reassign(services: Services, selection: RowSelection, chooseTarget: ChooseTarget): Promise<void> {
  const { store, snapshot } = selection;
  const { forNtm, forStore } = divide(selection, "reassign");
  const isPossible =
    forNtm.length > 0 || forStore.some((row) => refusal(row, "reassign", snapshot.schema) === undefined);
  const target = isPossible ? await chooseTarget([...forStore, ...forNtm], selection) : undefined;
  if (isPossible && target === undefined) return;
  if (forStore.length > 0) {
    await changeRows(services, reassignAction(target), { ...selection, rows: forStore });
  }
  if (forNtm.length === 0 || target === undefined) return;
  const { paneId } = target;
  if (paneId === undefined) {
    showExplanation(
      services.log,
      "warning",
      holdExplanation(forNtm[0]?.bead_id ?? "", { code: "unplaced" }, Date.now()),
    );
    return;
  }
  await runJob(services, { store, task: "reassign", beads: beadsOf(forNtm), paneId });
}

/** The identity of the pane that all of the rows are in, if it is one. */
function onlyPane(rows: readonly Assignment[]): string | undefined {
  const [identity, another] = new Set(rows.map(paneIdentity));
  return another === undefined ? identity : undefined;
}

function reassignAction(target: Target | undefined): RowAction {
  return {
    step: "reassign",
    title: vscode.l10n.t("Reassign…"),
    question: (bead, count) =>
      bead === undefined ? vscode.l10n.t("Reassign {0} beads?", count) : vscode.l10n.t("Reassign {0}?", bead),
    createChanges: (rows) =>
      Promise.resolve(
        target && rows.map((row) => ({ kind: "reassign", beadId: row.bead_id, observed: row, ...target })),
      ),
    summary: (done) => {
      const bead = onlyBead(done);
      return bead === undefined
        ? vscode.l10n.t("{0} beads were reassigned.", done.length)
        : vscode.l10n.t("Reassigned {0} to pane {1}.", bead, target?.pane ?? "");
    },
    note: agentsNotTold,
    buttons: agentButtons,
  };
}

async function askTarget(
  { panes: livePanes }: Services,
  rows: readonly Assignment[],
  { store, snapshot }: RowSelection,
): Promise<Target | undefined> {
  const [first] = rows;
  const title =
    rows.length === 1 && first !== undefined
      ? vscode.l10n.t("Reassign {0}", sanitize(first.bead_id))
      : vscode.l10n.t("Reassign {0} Beads", rows.length);
  const needsPaneId = unplacedHold("reassign", snapshot.schema, undefined) !== undefined;
  const panes = await findPaneOptions(livePanes, store.sessionName, snapshot, needsPaneId, onlyPane(rows));
  const answers: { pane?: PaneTarget; agent?: AgentTarget } = {};
  const isAnswered = await runMultiStepInput(title, [
    async (position) => {
      const pane = await askPane(position, panes);
      if (typeof pane !== "object") return pane;
      answers.pane = pane;
      return "next";
    },
    async (position) => {
      const { agentType, agentName } = answers.pane ?? {};
      // ntm finds out itself which agent is there.
      const isKnown = agentType !== undefined || rows.every((row) => isForNtm(row, "reassign", snapshot.schema));
      const agent = isKnown
        ? { agentType: agentType ?? "", agentName: agentName ?? "" }
        : await askAgent(position, snapshot);
      if (typeof agent !== "object") return agent;
      answers.agent = agent;
      return "next";
    },
  ]);
  if (!isAnswered || answers.pane === undefined || answers.agent === undefined) return undefined;
  return { pane: answers.pane.pane, paneId: answers.pane.paneId, ...answers.agent };
}
