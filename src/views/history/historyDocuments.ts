// Histories as read-only documents of plain text, updated with each event.
import * as vscode from "vscode";
import type { HistoryEvent } from "../../history/historyEvent";
import type { History } from "../../history/history";
import { Journal } from "../../history/journal";
import type { HistoryRecorder } from "../../history/recorder";
import { milliseconds } from "../../history/eventTime";
import { sanitize } from "../../messages";
import { eventTimeWords, eventWord, ownerWords } from "../../messages/history";
import { absoluteTime } from "../../messages/time";
import type { ActiveSession } from "../../session/activeSession";
import { DisposableStore } from "../../util/disposableStore";
import type { Disposable } from "../../util/event";

interface Parts {
  readonly recorder: HistoryRecorder;
  readonly session: ActiveSession;
  /** Where the journals are. */
  readonly folder: string;
}

/** Also answers for documents that the editor restores after a restart, when another session may be the active one. */
export function registerHistoryDocuments({ recorder, session, folder }: Parts): Disposable {
  const disposables = new DisposableStore();
  const changed = disposables.add(new vscode.EventEmitter<vscode.Uri>());
  const historyOf = async (sessionName: string): Promise<History> => {
    const { snapshot } = session;
    if (snapshot?.sessionName === sessionName && recorder.ledger === snapshot.path) return recorder.history;
    const journal = new Journal(folder, { storageDir: session.storageDir, sessionName });
    await journal.open();
    return journal.history;
  };
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      const topic = historyTopic(uri);
      const snapshot = session.snapshot?.sessionName === topic.sessionName ? session.snapshot : undefined;
      return historyText(topic, await historyOf(topic.sessionName), (beadId) => snapshot?.get(beadId)?.bead_title);
    },
  };
  disposables.add(vscode.workspace.registerTextDocumentContentProvider(historyScheme, provider));
  disposables.add(
    recorder.onDidChange(() => {
      for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === historyScheme) changed.fire(uri);
    }),
  );
  return disposables;
}

export async function showHistoryDocument(topic: HistoryTopic): Promise<void> {
  const document = await vscode.workspace.openTextDocument(historyUri(topic));
  await vscode.window.showTextDocument(document, { preview: true });
}

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
    return document(
      vscode.l10n.t("Pane {0} of {1}", sanitize(pane, 40), sanitize(sessionName)),
      withBeads(events, titleOf),
    );
  }
  const [start, end] = [from ?? -Infinity, to ?? Infinity];
  const events = history.events.filter(({ at }) => milliseconds(at) > start && milliseconds(at) <= end);
  const heading =
    from === undefined
      ? vscode.l10n.t("What happened in {0}", sanitize(sessionName))
      : vscode.l10n.t("What happened in {0} since {1}", sanitize(sessionName), absoluteTime(from));
  return document(heading, withBeads(events, titleOf));
}

function document(heading: string, lines: readonly string[]): string {
  const content = lines.length === 0 ? [vscode.l10n.t("Nothing has been recorded.")] : lines;
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

export const historyScheme = "ntm-assignments-history";

/** What a history is about: a bead, a pane, or everything in a period. Times are in milliseconds since 1970. */
export interface HistoryTopic {
  readonly sessionName: string;
  readonly beadId?: string;
  /** The pane's identity. */
  readonly pane?: string;
  /** What happened later than that. */
  readonly from?: number;
  readonly to?: number;
}

/** The path is the tab's title; the query identifies the content. */
export function historyUri(topic: HistoryTopic): vscode.Uri {
  const { sessionName, beadId, pane } = topic;
  const name = sanitize(beadId ?? pane ?? sessionName, 60).replaceAll(/[/\\]/g, "_");
  const title = vscode.l10n.t("History of {0}", name);
  return vscode.Uri.from({ scheme: historyScheme, path: `/${title}.txt`, query: JSON.stringify(topic) });
}

export function historyTopic({ query }: vscode.Uri): HistoryTopic {
  return JSON.parse(query) as HistoryTopic;
}
