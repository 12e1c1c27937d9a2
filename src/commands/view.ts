// Commands that only affect how the beads are shown, and which of them is revealed.
import * as vscode from "vscode";
import type { Assignment } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { age, statusWord, escapeIcons, sanitize } from "../messages";
import type { ActiveSession } from "../session/activeSession";
import { statusSince } from "../session/rowFacts";
import { findSessionProject } from "../settings";
import { noFilter, askFilterText, askStatuses } from "../views/beads/filter";
import type { TreeOptionsMemento } from "../views/beads/treeOptions";
import type { BeadsView } from "../views/beads/view";
import type { BeadsNode } from "../nodes";
import { ReservedFiles } from "../views/reservedFiles/reservedFiles";
import { showMessage } from "../views/showMessage";
import type { Services } from "../services";

type Names =
  | "collapseAll"
  | "groupByPane"
  | "groupByStatus"
  | "groupByAgent"
  | "groupByAttention"
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
    groupByAttention: () => treeOptions.setGrouping("attention"),
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

export function reservationCommands(services: Services): CommandHandlers<"revealReservation"> {
  return {
    revealReservation: async (uri = vscode.window.activeTextEditor?.document.uri) => {
      const rows = uri === undefined ? [] : await rowsOf(services, uri);
      const [first] = rows;
      if (first === undefined) {
        showMessage(services.log, "information", vscode.l10n.t("No bead of this session has reserved this file."));
        return;
      }
      const row = rows.length === 1 ? first : await pick(rows);
      if (row !== undefined) await services.view.reveal(row.bead_id);
    },
  };
}

async function rowsOf({ session }: Services, uri: vscode.Uri): Promise<readonly Assignment[]> {
  const { snapshot } = session;
  if (snapshot === undefined || uri.scheme !== "file") return [];
  const project = await findSessionProject(snapshot.sessionName);
  if (project.kind === "no-project") return [];
  return new ReservedFiles(snapshot.rows, vscode.Uri.file(project.folder).path.replace(/\/$/, "")).rowsOf(uri.path);
}

async function pick(rows: readonly Assignment[]): Promise<Assignment | undefined> {
  const items = rows.map((row) => ({
    label: escapeIcons(row.bead_id, 60),
    description: sanitize(row.bead_title, 120),
    row,
  }));
  const options = {
    title: vscode.l10n.t("Reveal Bead"),
    placeHolder: vscode.l10n.t("Several beads have reserved this file"),
  };
  return (await vscode.window.showQuickPick(items, options))?.row;
}
