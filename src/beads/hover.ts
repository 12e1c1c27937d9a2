// The card that a row shows when the pointer rests on it.
import { l10n } from "vscode";
import type { Assignment } from "../assignment";
import { promptOf } from "./contextValue";
import { factsOf } from "./facts";
import { asBlock, asText } from "./markdown";

const promptLines = 10;
const promptCharacters = 1000;

/** Markdown; not to be trusted, and without anything in it that would have to be. */
export function hoverMarkdown(row: Assignment, isStuck: boolean, now: number): string {
  const facts = factsOf(row, isStuck, now).map(({ name, value }) => `| ${asText(name, 80)} | ${asText(value, 1000)} |`);
  return [
    `**${asText(row.bead_id, 200)}**`,
    asText(row.bead_title, 500),
    ["| | |", "|:--|:--|", ...facts].join("\n"),
    promptStart(promptOf(row)),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function promptStart(prompt: string): string {
  if (prompt.trim() === "") return "";
  const start = prompt.slice(0, promptCharacters).split("\n").slice(0, promptLines).join("\n");
  return asBlock(start.length < prompt.length ? `${start}\n… ${l10n.t("(Show Prompt has the rest)")}` : start);
}
