// Notifies the user of beads that failed in sessions that aren't shown.
import * as vscode from "vscode";
import type { Services } from "../../services";
import { sanitize } from "../../messages";
import { rowError } from "../../session/rowFacts";
import type { SessionFailures } from "../../session/sessionSummary";
import { showMessage } from "../showMessage";

/** One message for each session. */
export function showFailures(
  { log, session, view }: Pick<Services, "log" | "session" | "view">,
  failures: readonly SessionFailures[],
): void {
  for (const { sessionName, rows } of failures) {
    const [first] = rows;
    if (first === undefined) continue;
    const show = async (): Promise<void> => {
      await session.switchTo(sessionName);
      await view.reveal(first.bead_id);
    };
    showMessage(log, "warning", messageOf({ sessionName, rows }), { title: vscode.l10n.t("Show"), run: show });
  }
}

function messageOf({ sessionName, rows }: SessionFailures): string {
  const [first] = rows;
  const name = sanitize(sessionName, 40);
  if (rows.length > 1 || first === undefined) {
    const beads = rows.slice(0, 3).map((row) => sanitize(row.bead_id, 30));
    const list = [...beads, ...(rows.length > 3 ? ["…"] : [])].join(", ");
    return vscode.l10n.t("{0} beads failed in {1}: {2}", rows.length, name, list);
  }
  const bead = sanitize(`${first.bead_id} ${first.bead_title}`, 60);
  const reason = sanitize(rowError(first) ?? "", 120);
  return reason === ""
    ? vscode.l10n.t("{0} failed in {1}.", bead, name)
    : vscode.l10n.t("{0} failed in {1}: {2}", bead, name, reason);
}
