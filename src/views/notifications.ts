// Notifies the user of what happened to beads of the active session: what other processes did to their rows, and
// what their panes and agents came to. One message for a burst of changes.
import * as vscode from "vscode";
import type { Assignment } from "../assignment";
import { commandButtons, showMessage, type Button } from "./showMessage";
import type { Services } from "../services";
import type { Settings, CommandName } from "../contributions";
import { sanitize } from "../messages";
import type { KnownPanes } from "./panes/livePanes";
import { reasons, countReasons } from "../messages/reasons";
import type { ActiveSessionChange } from "../session/activeSession";
import type { Attention } from "../session/attention";
import {
  changedSignals,
  noSignals,
  type Problem,
  type Signals,
  type AttentionReason,
} from "../session/attentionReason";
import type { AttentionTracker } from "../session/attentionTracker";
import { rowError } from "../session/rowFacts";
import { rowsWithNewStatus } from "../session/statusChanges";
import { Burst } from "../util/burst";
import { DisposableStore } from "../util/disposableStore";
import type { Disposable } from "../util/event";

/** A swarm that fails, fails within seconds. */
const quietMs = 1000;
const longestMs = 5000;
/** Agents report times in whole seconds. */
const clockStepMs = 1000;

/** Which statuses are worth a message, by the setting. */
const reportedStatuses: Readonly<Record<Settings["notifications"], readonly string[]>> = {
  off: [],
  failed: ["failed"],
  all: ["failed", "completed", "assigned"],
};

export class Notifications implements Disposable {
  private readonly disposables = new DisposableStore();
  private readonly burst = this.disposables.add(
    new Burst<string>(
      (beadIds) => {
        this.tell(new Set(beadIds));
      },
      quietMs,
      longestMs,
    ),
  );
  private signals: Signals = noSignals;
  /** When the session was shown: what had begun before is shown in the views, and needs no message. */
  private shownAt = Date.now();

  constructor(
    private readonly services: Services,
    private readonly attention: AttentionTracker,
    private readonly setting: () => Settings["notifications"],
  ) {
    this.disposables.add(
      services.session.onDidChange((change) => {
        this.gatherChanges(change);
      }),
    );
    this.disposables.add(
      attention.onDidChange((current) => {
        this.gatherProblems(current);
      }),
    );
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private gatherChanges({ before, after }: ActiveSessionChange): void {
    if (before?.path !== after?.path) {
      this.burst.drop();
      this.shownAt = Date.now();
    }
    if (before === undefined || after === undefined || this.setting() === "off") return;
    this.burst.add(rowsWithNewStatus(before, after).map((row) => row.bead_id));
  }

  /** A reason that comes and stays is reported once; its details may change. */
  private gatherProblems({ signals }: Attention): void {
    const before = this.signals;
    this.signals = signals;
    if (this.setting() === "off") return;
    const isNew = (beadId: string): boolean =>
      signals
        .get(beadId)
        ?.some(
          (signal) => this.isReported(signal) && !before.get(beadId)?.some(({ reason }) => reason === signal.reason),
        ) === true;
    this.burst.add([...changedSignals(before, signals)].filter(isNew));
  }

  private isReported({ reason, since }: Problem): boolean {
    return reasons[reason].isNotified && since !== undefined && since >= this.shownAt - clockStepMs;
  }

  /** Only what is still so: a bead that failed and was retried within the burst isn't reported. */
  private tell(beadIds: ReadonlySet<string>): void {
    const { session, ownChanges } = this.services;
    const { current } = this.attention;
    const setting = this.setting();
    const news = [...beadIds].flatMap((beadId) => {
      const row = session.snapshot?.get(beadId);
      if (row === undefined || setting === "off") return [];
      const problem = current.problemsOf(row).find((one) => one.snoozedUntil === undefined && this.isReported(one));
      // Asked this late because a change is shown before its command has returned.
      const isReported =
        problem !== undefined || (reportedStatuses[setting].includes(row.status) && !ownChanges.has(row));
      return isReported ? [{ row, problem }] : [];
    });
    if (news.length === 0) return;
    showNews(this.services, news);
  }
}

/** What happened to a bead. */
interface News {
  readonly row: Assignment;
  /** What the row's status doesn't say. */
  readonly problem: Problem | undefined;
}

function showNews(services: Services, news: readonly News[]): void {
  const urgent = news.filter(isUrgent);
  const severity = urgent.length > 0 ? "warning" : "information";
  showMessage(
    services.log,
    severity,
    message(news, services.session.snapshot?.sessionName, services.panes.current),
    ...buttons(services, urgent.length > 0 ? urgent : news),
  );
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
    const beadIds = failed.map(({ row }) => row.bead_id);
    return [show, ...commandButtons("retry", beadIds)];
  }
  if (first.problem === undefined) return [show];
  const { reason } = first.problem;
  const commands: readonly CommandName[] = [
    reasons[reason].command,
    ...(reason === "waiting" ? (["dismissWaiting"] as const) : []),
  ];
  return [show, ...commands.flatMap((command) => commandButtons(command, [first.row.bead_id]))];
}

function message(news: readonly News[], sessionName: string | undefined, { lives }: KnownPanes): string {
  const [first] = news;
  if (news.length === 1 && first !== undefined) return messageOfOne(first);
  // A server that ended is one problem, not one for each of its panes.
  if (lives?.sessionNames?.size === 0 && news.every(({ problem }) => problem?.reason === "pane-gone")) {
    return vscode.l10n.t("tmux ended: {0} beads have lost their panes ({1})", news.length, listed(news));
  }
  const plain = news.filter(({ problem }) => problem === undefined);
  const count = (status: string): number => plain.filter(({ row }) => row.status === status).length;
  const [failed, completed, assigned] = [count("failed"), count("completed"), count("assigned")];
  const problems: Partial<Record<AttentionReason, number>> = {};
  for (const { problem } of news) {
    if (problem !== undefined) problems[problem.reason] = (problems[problem.reason] ?? 0) + 1;
  }
  const parts = [
    failed === 0 ? "" : vscode.l10n.t("{0} failed", failed),
    ...countReasons(problems),
    completed === 0 ? "" : vscode.l10n.t("{0} completed", completed),
    assigned === 0 ? "" : vscode.l10n.t("{0} assigned", assigned),
  ];
  if (failed === news.length && sessionName !== undefined) {
    return vscode.l10n.t("{0} beads failed in {1}: {2}", failed, sanitize(sessionName, 40), listed(news));
  }
  return vscode.l10n.t("Beads: {0} ({1})", parts.filter((part) => part !== "").join(", "), listed(news));
}

/** The first three by their IDs. */
function listed(news: readonly News[]): string {
  const named = news.slice(0, 3).map(({ row }) => sanitize(row.bead_id, 30));
  return (named.length < news.length ? [...named, "…"] : named).join(", ");
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
