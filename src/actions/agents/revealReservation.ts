// From a reserved file to the bead that reserved it.
import * as vscode from "vscode";
import type { Assignment } from "../../assignment";
import type { CommandHandlers } from "../../contributions";
import { ReservedFiles } from "../../reservedFiles/reservedFiles";
import { findSessionProject } from "../../sessionProject";
import { escapeIcons, sanitize } from "../../text";
import { showMessage } from "../messages";
import type { Services } from "../services";

export function reservationActions(services: Services): CommandHandlers<"revealReservation"> {
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
