// Closes beads in the tracker. The rows aren't changed: ntm's watch loop completes them when it sees the closed beads.
import * as vscode from "vscode";
import type { Assignment } from "../assignment";
import { isClosable } from "../views/beads/contextValue";
import { viewIds, type CommandArguments, type CommandHandlers } from "../contributions";
import { sanitize } from "../messages";
import { afterClosing, closeExplanation } from "../messages/closeOutcome";
import { showExplanation, showMessage } from "../views/showMessage";
import { reportRefused, type Refused } from "./applyChanges";
import { resolveSelection } from "./selection";
import type { Services } from "../services";

export function closeBeadCommands(services: Services): CommandHandlers<"closeBead"> {
  return { closeBead: (...args) => closeBeads(services, args) };
}

async function closeBeads(services: Services, args: CommandArguments["rows"]): Promise<void> {
  const title = vscode.l10n.t("Close Bead…");
  const selection = await resolveSelection(services, args, { title, takesMany: true, fits: isClosable });
  if (selection === undefined) return;
  const reason = await askReason(selection.rows);
  if (reason === undefined) return;
  let closedCount = 0;
  const refused: Refused[] = [];
  // The last one is about the file as it is now.
  let behind: Refused | undefined;
  await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, async () => {
    // One after the other: the tracker locks its database.
    for (const { bead_id: beadId } of selection.rows) {
      const { tracker } = services.tracker;
      const result = await tracker.close(selection.store.sessionName, beadId, reason);
      services.log.info(`Close ${sanitize(beadId)} in the tracker: ${result.kind}`);
      if (result.kind === "closed" || result.kind === "closed-file-behind") closedCount++;
      else refused.push({ beadId, explanation: closeExplanation(beadId, result) });
      if (result.kind === "closed-file-behind") behind = { beadId, explanation: closeExplanation(beadId, result) };
    }
  });
  const summary = closedSentence(closedCount, selection.rows);
  if (behind !== undefined) showExplanation(services.log, "warning", behind.explanation, behind.beadId);
  if (refused.length > 0) reportRefused(services, summary, closedCount, refused);
  else if (closedCount > (behind === undefined ? 0 : 1))
    showMessage(services.log, "information", `${summary} ${afterClosing()}`);
}

function askReason(rows: readonly Assignment[]): Thenable<string | undefined> {
  const [first] = rows;
  return vscode.window.showInputBox({
    title:
      rows.length === 1 && first !== undefined
        ? vscode.l10n.t("Close {0} in the Tracker", sanitize(first.bead_id))
        : vscode.l10n.t("Close {0} Beads in the Tracker", rows.length),
    prompt: vscode.l10n.t("Reason (optional)"),
    placeHolder: vscode.l10n.t("done, tests pass"),
    ignoreFocusOut: true,
  });
}

function closedSentence(count: number, rows: readonly Assignment[]): string {
  const [first] = rows;
  if (rows.length === 1 && first !== undefined)
    return vscode.l10n.t("{0} is closed in the tracker.", sanitize(first.bead_id));
  return count === 1
    ? vscode.l10n.t("1 bead was closed in the tracker.")
    : vscode.l10n.t("{0} beads were closed in the tracker.", count);
}
