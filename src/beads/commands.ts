// Verbs that only concern how the beads are shown, and which of them is in sight.
import * as vscode from "vscode";
import type { CommandHandlers } from "../contributions";
import type { ActiveSession } from "../session/activeSession";
import { age, statusWord, withoutIcons } from "../words";
import { noFilter } from "./filter";
import { askFilterText, askStatuses } from "./filterQuestions";
import { statusSince } from "../session/statusSince";
import type { ShapeMemory } from "./shapeMemory";
import type { BeadsView } from "./view";

type Names =
  | "groupByPane"
  | "groupByStatus"
  | "groupByAgent"
  | "filterText"
  | "filterStatus"
  | "clearFilter"
  | "goToBead"
  | "nextProblem";

export function beadsCommands(session: ActiveSession, view: BeadsView, shapes: ShapeMemory): CommandHandlers<Names> {
  return {
    groupByPane: () => shapes.setGrouping("pane"),
    groupByStatus: () => shapes.setGrouping("status"),
    groupByAgent: () => shapes.setGrouping("agent"),
    filterText: () => askFilterText(shapes),
    filterStatus: () => askStatuses(session, shapes),
    clearFilter: () => shapes.setFilter(noFilter),
    goToBead: () => goToBead(session, view),
    nextProblem: () => goToNextProblem(view),
  };
}

interface BeadItem extends vscode.QuickPickItem {
  readonly beadId: string;
}

async function goToBead(session: ActiveSession, view: BeadsView): Promise<void> {
  const now = Date.now();
  const items = (session.snapshot?.rows ?? []).map((row): BeadItem => {
    const facts = [statusWord(row.status), vscode.l10n.t("pane {0}", row.pane), age(statusSince(row), now)];
    return {
      beadId: row.bead_id,
      label: withoutIcons(`${row.bead_id} ${row.bead_title}`, 160),
      description: facts.filter((fact) => fact !== undefined).join(" · "),
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Go to Bead"),
    placeHolder: vscode.l10n.t("Type a part of its id or title"),
    matchOnDescription: true,
  });
  if (chosen !== undefined) await view.reveal(chosen.beadId);
}

/** The first problem below the selected row, or the first of all. */
async function goToNextProblem(view: BeadsView): Promise<void> {
  const problems = view.problems();
  const rows = [...view.provider.tree.rowsInOrder()];
  const [selected] = view.selection;
  const position = rows.findIndex(({ id }) => id === selected?.id);
  const below = new Set(rows.slice(position + 1));
  const next = problems.find((problem) => below.has(problem)) ?? problems[0];
  if (next !== undefined) await view.reveal(next.beadId);
}
