// Commands that only affect how the beads are shown, and which of them is revealed.
import * as vscode from "vscode";
import type { CommandHandlers } from "../contributions";
import type { ActiveSession } from "../session/activeSession";
import { age, statusWord, escapeIcons } from "../text";
import { noFilter } from "./filter/filter";
import { askFilterText, askStatuses } from "./filter/filterInput";
import { statusSince } from "../session/rowFacts";
import type { TreeOptionsMemento } from "./tree/treeOptionsMemento";
import type { BeadsNode } from "../nodes";
import type { BeadsView } from "./view";

type Names =
  | "collapseAll"
  | "groupByPane"
  | "groupByStatus"
  | "groupByAgent"
  | "filterText"
  | "filterStatus"
  | "clearFilter"
  | "goToBead"
  | "nextProblem";

export function beadsCommands(
  session: ActiveSession,
  view: BeadsView,
  treeOptions: TreeOptionsMemento,
): CommandHandlers<Names> {
  return {
    collapseAll: () => view.collapseAll(),
    groupByPane: () => treeOptions.setGrouping("pane"),
    groupByStatus: () => treeOptions.setGrouping("status"),
    groupByAgent: () => treeOptions.setGrouping("agent"),
    filterText: () => askFilterText(treeOptions),
    filterStatus: () => askStatuses(session, treeOptions, view.problems().length),
    clearFilter: () => treeOptions.setFilter(noFilter),
    goToBead: () => goToBead(session, view),
    nextProblem: (focused) => goToNextProblem(view, focused ?? view.selection[0]),
  };
}

interface BeadItem extends vscode.QuickPickItem {
  readonly beadId: string;
}

async function goToBead(session: ActiveSession, view: BeadsView): Promise<void> {
  const now = Date.now();
  const items = (session.snapshot?.rows ?? []).map((row): BeadItem => {
    const details = [statusWord(row.status), vscode.l10n.t("pane {0}", row.pane), age(statusSince(row), now)];
    return {
      beadId: row.bead_id,
      label: escapeIcons(`${row.bead_id} ${row.bead_title}`, 160),
      description: details.filter((detail) => detail !== undefined).join(" · "),
    };
  });
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Go to Bead"),
    placeHolder: vscode.l10n.t("Search by ID or title"),
    matchOnDescription: true,
  });
  if (chosen !== undefined) await view.reveal(chosen.beadId);
}

/** The first problem after a row, else the first of all. */
async function goToNextProblem(view: BeadsView, start: BeadsNode | undefined): Promise<void> {
  const problems = view.problems();
  const rows = [...view.provider.tree.rowsInOrder()];
  const position = rows.findIndex(({ id }) => id === start?.id);
  const below = new Set(rows.slice(position + 1));
  const next = problems.find((problem) => below.has(problem)) ?? problems[0];
  if (next !== undefined) await view.reveal(next.beadId);
}
