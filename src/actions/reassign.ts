// Gives working beads to another pane: chosen from a list, or the one on which the beads were dropped.
import * as vscode from "vscode";
import { paneIdentity, unplacedHold, type Assignment } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { plain } from "../words";
import { askAgent, type AgentTarget } from "./agentChoice";
import { askPane, findPanes, targetOf, type PaneTarget } from "./paneChoice";
import { askInTurn } from "./question";
import { changeRows, runRowVerb, type RowVerb } from "./run";
import type { Services } from "./services";
import type { Subject } from "./subject";

export function reassignActions(services: Services): CommandHandlers<"reassign"> {
  return { reassign: (...args) => runRowVerb(services, reassign(askTarget), args) };
}

/** What dropping beads onto a pane does. */
export async function reassignTo(services: Services, beadIds: readonly string[], identity: string): Promise<void> {
  const { store, snapshot } = services.session;
  const target = targetOf(identity, snapshot);
  if (store === undefined || snapshot === undefined || target === undefined) return;
  const rows = beadIds.flatMap((beadId) => snapshot.get(beadId) ?? []).filter((row) => paneIdentity(row) !== identity);
  const verb = reassign(() => Promise.resolve(target));
  await changeRows(services, verb, { store, snapshot, rows });
}

type Target = Pick<PaneTarget, "pane" | "paneId"> & AgentTarget;

function reassign(
  chooseTarget: (rows: readonly Assignment[], subject: Subject) => Promise<Target | undefined>,
): RowVerb {
  return {
    step: "reassign",
    title: vscode.l10n.t("Reassign…"),
    prepare: async (rows, subject) => {
      const target = await chooseTarget(rows, subject);
      if (target === undefined) return undefined;
      return rows.map((row) => ({ kind: "reassign", beadId: row.bead_id, observed: row, ...target }));
    },
    summary: (count) =>
      count === 1 ? vscode.l10n.t("1 bead was reassigned.") : vscode.l10n.t("{0} beads were reassigned.", count),
  };
}

async function askTarget(rows: readonly Assignment[], { store, snapshot }: Subject): Promise<Target | undefined> {
  const [first] = rows;
  const title =
    rows.length === 1 && first !== undefined
      ? vscode.l10n.t("Reassign {0}", plain(first.bead_id))
      : vscode.l10n.t("Reassign {0} Beads", rows.length);
  const needsPaneId = unplacedHold("reassign", snapshot.schema, undefined) !== undefined;
  const panes = await findPanes(store.sessionName, snapshot, needsPaneId);
  const answers: { pane?: PaneTarget; agent?: AgentTarget } = {};
  const isAnswered = await askInTurn(title, [
    async (position) => {
      const pane = await askPane(position, panes);
      if (typeof pane !== "object") return pane;
      answers.pane = pane;
      return "next";
    },
    async (position) => {
      const { agentType, agentName } = answers.pane ?? {};
      const agent =
        agentType === undefined ? await askAgent(position, snapshot) : { agentType, agentName: agentName ?? "" };
      if (typeof agent !== "object") return agent;
      answers.agent = agent;
      return "next";
    },
  ]);
  if (!isAnswered || answers.pane === undefined || answers.agent === undefined) return undefined;
  return { pane: answers.pane.pane, paneId: answers.pane.paneId, ...answers.agent };
}
