// All details of a row as the text of a document.
import { l10n } from "vscode";
import type { Assignment } from "../../assignment";
import type { Problem } from "../../attention/signal";
import { sanitize } from "../../text";
import type { BeadContext } from "./beadContext";
import { previousOwners } from "./previousOwners";
import { rowDetails } from "./rowDetails";
import { promptOf } from "../../session/rowFacts";

export function detailsText(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  { facts, events = [] }: BeadContext = {},
): string {
  const details = rowDetails(row, problem, now, facts);
  const owners = previousOwners(row, events, now);
  const width = Math.max(...details.map(({ label }) => label.length));
  const lines = details.map(({ label, value }) => `${`${label}:`.padEnd(width + 2)}${sanitize(value, 10_000)}`);
  const prompt = promptOf(row);
  return [
    `${sanitize(row.bead_id, 200)} ${sanitize(row.bead_title, 2000)}`.trimEnd(),
    lines.join("\n"),
    ...(owners.length === 0 ? [] : [[`${l10n.t("Previous owners")}:`, ...owners.map((one) => `  ${one}`)].join("\n")]),
    ...(prompt === "" ? [] : [`${l10n.t("Prompt")}:`, prompt]),
  ].join("\n\n");
}
