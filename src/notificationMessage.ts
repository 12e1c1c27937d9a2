// The message about a burst of changes: its words, and the buttons that help.
import * as vscode from "vscode";
import type { Assignment } from "./assignment";
import { commandTitle, showMessage, type Button } from "./actions/messages";
import type { Services } from "./actions/services";
import type { AttentionReason, Problem } from "./attention/signal";
import { commandId, type CommandName } from "./contributions";
import type { RowNode } from "./nodes";
import { sanitize } from "./text";
import { countReasons, reasons } from "./text/reasons";
import { rowError } from "./session/rowFacts";

/** What happened to a bead. */
interface News {
  readonly row: Assignment;
  /** What the row's status doesn't say. */
  readonly problem: Problem | undefined;
}

export function showNews(services: Services, news: readonly News[]): void {
  const urgent = news.filter(isUrgent);
  const severity = urgent.length > 0 ? "warning" : "information";
  showMessage(services.log, severity, message(news), ...buttons(services, urgent.length > 0 ? urgent : news));
}

function isUrgent({ row, problem }: News): boolean {
  return problem !== undefined || row.status === "failed";
}

/** @param news those that the buttons are about, at least one */
function buttons(services: Services, news: readonly News[]): readonly Button[] {
  const [first] = news;
  if (first === undefined) return [];
  const show = { title: vscode.l10n.t("Show"), run: () => services.view.reveal(first.row.bead_id) };
  const failed = news.filter(({ row, problem }) => problem === undefined && row.status === "failed");
  if (failed.length > 0) {
    const rows = failed.map(({ row }) => row);
    return [show, { title: vscode.l10n.t("Retry"), run: () => run("retry", rows) }];
  }
  if (first.problem === undefined) return [show];
  const { reason } = first.problem;
  const commands: readonly CommandName[] = [
    reasons[reason].command,
    ...(reason === "waiting" ? (["dismissWaiting"] as const) : []),
  ];
  return [show, ...commands.flatMap((command) => buttonFor(command, first.row))];
}

function buttonFor(command: CommandName, row: Assignment): readonly Button[] {
  const title = commandTitle(command);
  return title === undefined ? [] : [{ title, run: () => run(command, [row]) }];
}

function run(command: CommandName, rows: readonly Assignment[]): Thenable<unknown> {
  const nodes = rows.map(({ bead_id: beadId }): RowNode => ({ kind: "row", id: `row:${beadId}`, beadId }));
  return vscode.commands.executeCommand(commandId(command), nodes[0], nodes);
}

function message(news: readonly News[]): string {
  const [first] = news;
  if (news.length === 1 && first !== undefined) return messageOfOne(first);
  const plain = news.filter(({ problem }) => problem === undefined);
  const count = (status: string): number => plain.filter(({ row }) => row.status === status).length;
  const [failed, completed, assigned] = [count("failed"), count("completed"), count("assigned")];
  const problems: Partial<Record<AttentionReason, number>> = {};
  for (const { problem } of news) {
    if (problem !== undefined) problems[problem.reason] = (problems[problem.reason] ?? 0) + 1;
  }
  const parts = [
    failed === 0 ? "" : vscode.l10n.t("failed: {0}", failed),
    ...countReasons(problems),
    completed === 0 ? "" : vscode.l10n.t("completed: {0}", completed),
    assigned === 0 ? "" : vscode.l10n.t("assigned: {0}", assigned),
  ];
  const named = news.slice(0, 3).map(({ row }) => sanitize(row.bead_id, 30));
  const names = named.length < news.length ? [...named, "…"] : named;
  return vscode.l10n.t("Beads {0} ({1})", parts.filter((part) => part !== "").join(", "), names.join(", "));
}

function messageOfOne({ row, problem }: News): string {
  const bead = sanitize(`${row.bead_id} ${row.bead_title}`, 60);
  // Without a time: it has just begun.
  if (problem !== undefined) {
    const { reason, text } = problem;
    return vscode.l10n.t("{0}: {1}.", bead, reasons[reason].mark({ reason, text }, Date.now()));
  }
  switch (row.status) {
    case "failed": {
      const reason = sanitize(rowError(row) ?? "", 120);
      return reason === "" ? vscode.l10n.t("{0} failed.", bead) : vscode.l10n.t("{0} failed: {1}", bead, reason);
    }
    case "completed":
      return vscode.l10n.t("{0} is completed.", bead);
    default:
      return vscode.l10n.t("{0} was assigned to pane {1}.", bead, row.pane);
  }
}
