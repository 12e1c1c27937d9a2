// The history of a bead, of a pane, or of a period, as the text of a document.
import { l10n } from "vscode";
import type { HistoryEvent } from "../history/event";
import type { History } from "../history/history";
import { milliseconds } from "../history/time";
import { eventTimeWords, eventWord, ownerWords } from "../text/history";
import { sanitize } from "../text";
import { absoluteTime } from "../text/timeFormat";
import type { HistoryTopic } from "./historyUri";

/** @param titleOf the bead's title, where the ledger has it */
export function historyText(
  { sessionName, beadId, pane, from, to }: HistoryTopic,
  history: History,
  titleOf: (beadId: string) => string | undefined,
): string {
  if (beadId !== undefined) {
    const heading = `${sanitize(beadId, 200)} ${sanitize(titleOf(beadId) ?? "", 2000)}`.trimEnd();
    return document(heading, byAssignment(history.ofBead(beadId)));
  }
  if (pane !== undefined) {
    const events = history.events.filter((event) => event.pane === pane);
    return document(l10n.t("Pane {0} of {1}", sanitize(pane, 40), sanitize(sessionName)), withBeads(events, titleOf));
  }
  const [start, end] = [from ?? -Infinity, to ?? Infinity];
  const events = history.events.filter(({ at }) => milliseconds(at) > start && milliseconds(at) <= end);
  const heading =
    from === undefined
      ? l10n.t("What happened in {0}", sanitize(sessionName))
      : l10n.t("What happened in {0} since {1}", sanitize(sessionName), absoluteTime(from));
  return document(heading, withBeads(events, titleOf));
}

function document(heading: string, lines: readonly string[]): string {
  const content = lines.length === 0 ? [l10n.t("Nothing has been recorded.")] : lines;
  return `${heading}\n\n${content.join("\n")}\n`;
}

/** The owners of a bead, one after the other, each with what happened to it. */
function byAssignment(events: readonly HistoryEvent[]): readonly string[] {
  const generations = new Map<string, HistoryEvent[]>();
  for (const event of events) generations.set(event.generation, [...(generations.get(event.generation) ?? []), event]);
  return [...generations.values()].flatMap((ofOne, index) => {
    const last = ofOne.at(-1);
    const heading = last === undefined ? [] : [ownerWords(last)];
    return [
      ...(index === 0 ? [] : [""]),
      ...heading,
      ...aligned(ofOne.map((event) => [eventTimeWords(event), what(event)])),
    ];
  });
}

function withBeads(
  events: readonly HistoryEvent[],
  titleOf: (beadId: string) => string | undefined,
): readonly string[] {
  return aligned(
    events.map((event) => [
      eventTimeWords(event),
      `${sanitize(event.beadId, 60)} ${what(event)}`,
      ownerWords(event),
      sanitize(titleOf(event.beadId) ?? "", 80),
    ]),
  );
}

function what(event: HistoryEvent): string {
  const reason = sanitize(event.reason ?? "", 500);
  return reason === "" ? eventWord(event.kind) : `${eventWord(event.kind)}: ${reason}`;
}

/** In columns; the last one may be of any length. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((most, row) => row.map((cell, at) => Math.max(most[at] ?? 0, cell.length)), []);
  return rows.map((row) =>
    `  ${row.map((cell, at) => cell.padEnd(Math.min(widths[at] ?? 0, 70))).join("  ")}`.trimEnd(),
  );
}
