// The hover of a row: what it is, since when, what is wrong, what to do next, who has it, and a few facts. Show Details has the rest.
import { l10n } from "vscode";
import { rowHold, type Assignment } from "../../assignment";
import { commandId, type CommandName } from "../../contributions";
import type { HistoryEvent } from "../../history/historyEvent";
import { assignmentsOfBead } from "../../history/recordedAssignment";
import { generationOf } from "../../history/rowEvents";
import { holdExplanation } from "../../messages";
import { endWords, ownerWords } from "../../messages/history";
import { reasons, experienceWords } from "../../messages/reasons";
import { escapeMarkdown } from "../../messages/sanitize";
import { activitySentence } from "../../messages/status";
import { absoluteTime } from "../../messages/time";
import { agentProductName } from "../../session/agentType";
import type { AttentionReason, Problem } from "../../session/attentionReason";
import type { RowActivity } from "../../session/rowActivity";
import { rowError, statusSinceMs } from "../../session/rowFacts";
import type { TrackedBead } from "../../tracker/issue";
import { commandTitle } from "../showMessage";
import { rowDetails, type DetailName } from "./rowDetails";
import { statusPhrase } from "./rowItem";

/** The details that a hover may have, the most telling first; it has four of them at most. */
const hoverDetails: readonly DetailName[] = [
  "retries",
  "stage",
  "tracker",
  "waits-for",
  "reserved-until",
  "prompt",
  "assigned",
  "dispatched",
];
const maxDetails = 4;

/** Markdown whose links are the commands `showDetails` and `help`: these alone may be trusted. */
export function hoverMarkdown(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  { facts, activity, events = [] }: BeadContext = {},
  help?: CommandName,
): string {
  const title = escapeMarkdown(row.bead_title, 300);
  return [
    `**${escapeMarkdown(row.bead_id, 200)}**${title === "" ? "" : ` ${title}`}`,
    escapeMarkdown(statusLine(row, now), 200),
    activity === undefined ? "" : escapeMarkdown(activitySentence(activity), 200),
    ...problemLines(row, problem, now).map((line) => escapeMarkdown(line, 400)),
    escapeMarkdown(ownerLine(row), 200),
    escapeMarkdown(previousOwnersLine(previousOwners(row, events, now)), 300),
    detailLines(row, problem, now, facts),
    [...(help === undefined ? [] : [help]), "showDetails" as const]
      .map((command) => `[${escapeMarkdown(commandTitle(command) ?? "", 80)}](${commandLink(command, row)})`)
      .join(" · "),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function statusLine(row: Assignment, now: number): string {
  const phrase = statusPhrase(row, now);
  const since = statusSinceMs(row);
  const line = since === undefined ? phrase : l10n.t("{0} ({1})", phrase, absoluteTime(since));
  return line.slice(0, 1).toLocaleUpperCase() + line.slice(1);
}

/** What is wrong, or what keeps the row from being changed, and what to do next. */
function problemLines(row: Assignment, problem: Problem | undefined, now: number): string[] {
  const hold = rowHold(row);
  const error = rowError(row);
  const mark = problem === undefined ? "" : (experienceWords(problem) ?? reasons[problem.reason].mark(problem, now));
  const lines = mark === "" ? [] : [l10n.t("Problem: {0}", mark)];
  if (problem?.reason === "stranded") {
    const sentence = l10n.t("ntm stopped while it was sending the prompt, and doesn't know whether it arrived.");
    return [...lines, sentence, l10n.t("Next: {0}", reasons.stranded.advice())];
  }
  if (problem !== undefined && isDrift(problem.reason)) {
    if (problem.reason === "closed-in-tracker" && problem.text !== undefined)
      lines.push(l10n.t("Reason: {0}", problem.text));
    return [...lines, l10n.t("Next: {0}", reasons[problem.reason].advice())];
  }
  if (hold !== undefined) {
    const { sentence, next } = holdExplanation(row.bead_id, hold, now);
    return [...lines, sentence, l10n.t("Next: {0}", next)];
  }
  if (error !== undefined) lines.push(l10n.t("Reason: {0}", error));
  if (problem !== undefined) lines.push(l10n.t("Next: {0}", reasons[problem.reason].advice()));
  return lines;
}

/** The tracker has moved on: what ntm was doing with the row before is no advice any more. */
function isDrift(reason: AttentionReason): boolean {
  return reason === "closed-in-tracker" || reason === "deleted-in-tracker" || reason === "claim-lost";
}

function ownerLine(row: Assignment): string {
  const paneId = row.occupancy_key ?? row.dispatch_target;
  const pane = paneId === undefined ? l10n.t("Pane {0}", row.pane) : l10n.t("Pane {0} ({1})", row.pane, paneId);
  return [pane, agentProductName(row.agent_type) ?? row.agent_type, row.agent_name ?? ""]
    .filter((part) => part !== "")
    .join(" · ");
}

function detailLines(
  row: Assignment,
  problem: Problem | undefined,
  now: number,
  facts: TrackedBead | undefined,
): string {
  const details = new Map(rowDetails(row, problem, now, facts).map((detail) => [detail.name, detail]));
  return hoverDetails
    .flatMap((name) => details.get(name) ?? [])
    .slice(0, maxDetails)
    .map(({ label, value }) => `${escapeMarkdown(label, 80)}: ${escapeMarkdown(value, 200)}`)
    .join("  \n");
}

function commandLink(command: CommandName, { bead_id: beadId }: Assignment): string {
  const node = { kind: "row", id: `row:${beadId}`, beadId };
  // Parentheses would end the link.
  const argument = encodeURIComponent(JSON.stringify([node])).replace(/[()]/g, (sign) =>
    sign === "(" ? "%28" : "%29",
  );
  return `command:${commandId(command)}?${argument}`;
}

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

export interface BeadContext {
  /** What the tracker says of it; absent while it isn't known. */
  readonly facts?: TrackedBead | undefined;
  /** What is being done to its row at present. */
  readonly activity?: RowActivity | undefined;
  /** What was recorded of it, in time order. */
  readonly events?: readonly HistoryEvent[];
}

export type BeadContextOf = (beadId: string) => BeadContext;
