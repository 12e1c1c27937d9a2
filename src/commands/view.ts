// Commands that only affect how the beads are shown, and which of them is revealed.
import * as vscode from "vscode";
import type { Assignment } from "../assignment";
import type { CommandHandlers } from "../contributions";
import { age, statusWord, escapeIcons, sanitize } from "../messages";
import type { ActiveSession } from "../session/activeSession";
import { statusSince } from "../session/rowFacts";
import { findSessionProject } from "../settings";
import { noFilter, askFilterText, askStatuses } from "../views/beads/filter";
import type { BeadsView } from "../views/beads/view";
import type { BeadsNode } from "../nodes";
import { ReservedFiles } from "../views/reservedFiles/reservedFiles";
import { showExplanation, showMessage } from "../views/showMessage";
import { noSession } from "./selection";
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
  | "nextProblem"
  | "previousProblem";

export function beadsCommands({ session, view, treeOptions, log }: Services): CommandHandlers<Names> {
  return {
    collapseAll: () => view.collapseAll(),
    groupByPane: () => treeOptions.setGrouping("pane"),
    groupByStatus: () => treeOptions.setGrouping("status"),
    groupByAgent: () => treeOptions.setGrouping("agent"),
    groupByAttention: () => treeOptions.setGrouping("attention"),
    filterText: () => askFilterText(treeOptions),
    filterStatus: async () => {
      if (hasBeads(session, log)) await askStatuses(session, treeOptions, view.problems().length);
    },
    clearFilter: () => treeOptions.setFilter(noFilter),
    goToBead: async () => {
      if (hasBeads(session, log)) await goToBead(session, view);
    },
    nextProblem: (focused) => goToProblem(log, view, focused ?? view.selection[0], "next"),
    previousProblem: (focused) => goToProblem(log, view, focused ?? view.selection[0], "previous"),
  };
}

/** Whether there is something to choose from; if not, says so. */
function hasBeads({ snapshot }: ActiveSession, log: Services["log"]): boolean {
  if (snapshot === undefined) showExplanation(log, "information", noSession());
  else if (snapshot.rows.length === 0) {
    showMessage(log, "information", vscode.l10n.t("{0} has no beads yet.", sanitize(snapshot.sessionName)));
  }
  return snapshot !== undefined && snapshot.rows.length > 0;
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

/** The nearest problem after or before a row, round the ends of the tree. */
async function goToProblem(
  log: Services["log"],
  view: BeadsView,
  start: BeadsNode | undefined,
  direction: "next" | "previous",
): Promise<void> {
  const problems = new Set(view.problems());
  const rows = [...view.provider.tree.rowsInOrder()];
  if (direction === "previous") rows.reverse();
  const position = rows.findIndex(({ id }) => id === start?.id);
  const found = [...rows.slice(position + 1), ...rows].find((row) => problems.has(row));
  if (found !== undefined) await view.reveal(found.beadId);
  else showMessage(log, "information", vscode.l10n.t("No bead of this session needs attention."));
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
