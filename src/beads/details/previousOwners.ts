// Who had a bead before, and why it was given up.
import { l10n } from "vscode";
import type { Assignment } from "../../assignment";
import type { HistoryEvent } from "../../history/event";
import { assignmentsOfBead } from "../../history/recordedAssignment";
import { generationOf } from "../../history/rowEvents";
import { endWords, ownerWords } from "../../text/history";

/** The latest first, such as `Pane 3 (%3) · Codex CLI, failed 2 hours ago: tests fail`. @param events of the bead */
export function previousOwners(row: Assignment, events: readonly HistoryEvent[], now: number): readonly string[] {
  const current = generationOf(row);
  return assignmentsOfBead(events)
    .filter(({ generation }) => generation !== current)
    .reverse()
    .map((assignment) => [ownerWords(assignment), endWords(assignment, now)].filter((part) => part !== "").join(", "));
}

/** The latest of them, and how many more there were; empty without any. */
export function previousOwnersLine(owners: readonly string[]): string {
  const [latest, ...earlier] = owners;
  if (latest === undefined) return "";
  const line = l10n.t("Before: {0}", latest);
  return earlier.length === 0 ? line : `${line} ${l10n.t("(and {0} earlier)", earlier.length)}`;
}
