// Asks before a finished row is replaced by a new assignment of its bead.
import * as vscode from "vscode";
import type { Assignment } from "../../assignment";
import { sanitize, statusWord } from "../../text";
import { confirm } from "../input/confirm";

export function confirmReplacement(row: Assignment): Promise<boolean> {
  const question = vscode.l10n.t("{0} is already {1}. Assign it again?", sanitize(row.bead_id), statusWord(row.status));
  const detail = vscode.l10n.t("The existing row is replaced. Its times, reason and retries are lost.");
  return confirm(question, [detail], vscode.l10n.t("Assign Again"));
}
