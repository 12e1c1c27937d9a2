// The status bar item: counters of the active session, colored if something needs attention.
import * as vscode from "vscode";
import { commandId, prefix, viewIds } from "../contributions";
import { escapeMarkdown } from "../messages/sanitize";
import { rowIcon, statusIcon } from "./beads/rowItem";
import type { ActiveSession } from "../session/activeSession";
import type { Attention } from "../session/attention";
import { countReasons, reasons } from "../messages/reasons";
import type { AttentionTracker } from "../session/attentionTracker";
import { rowError, statusSince } from "../session/rowFacts";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import type { LivePanes } from "./panes/livePanes";
import type { Disposable } from "../util/event";
import { tildify } from "../util/tildify";
import { age, sanitize, problemExplanation, statusWord } from "../messages";

const counted = ["claiming", "claimed", "assigned", "working", "failed", "completed", "reassigned"] as const;
const alwaysShown: readonly string[] = ["working", "assigned", "failed"];
const shownWhenAny: readonly string[] = ["claimed", "claiming"];

export class StatusBar implements vscode.Disposable {
  readonly item: vscode.StatusBarItem;
  private readonly subscriptions: readonly Disposable[];

  constructor(
    private readonly session: ActiveSession,
    private readonly attention: AttentionTracker,
    private readonly panes: LivePanes,
  ) {
    this.item = vscode.window.createStatusBarItem(`${prefix}.session`, vscode.StatusBarAlignment.Left);
    this.item.name = vscode.l10n.t("NTM Assignments");
    this.item.command = `${viewIds.beads}.focus`;
    this.subscriptions = [attention.onDidChange, panes.onDidChange].map((onDidChange) =>
      onDidChange(() => {
        this.update();
      }),
    );
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
    this.item.dispose();
  }

  private update(): void {
    const { snapshot } = this.session;
    if (snapshot === undefined) {
      this.item.hide();
      return;
    }
    const shown = counted.filter(
      (status) => alwaysShown.includes(status) || (shownWhenAny.includes(status) && snapshot.stats[status] > 0),
    );
    // What is most under way comes first.
    const order = [...alwaysShown, ...shownWhenAny];
    shown.sort((a, b) => order.indexOf(a) - order.indexOf(b));
    const attention = this.attention.current;
    const needsUser = attention.rowCount === 0 ? [] : [`$(bell-dot) ${attention.rowCount}`];
    const counters = shown.map((status) => `$(${statusIcon(status).icon}) ${snapshot.stats[status]}`);
    const words = [
      ...(attention.rowCount === 0 ? [] : [needAttention(attention.rowCount)]),
      ...shown.map((status) => vscode.l10n.t("{0} {1}", snapshot.stats[status], statusWord(status))),
    ];
    // Counters of rows that can't be read would be zeros.
    const isUnreadable = snapshot.health.kind === "unreadable";
    const unreadable = vscode.l10n.t("ledger can't be read");
    const parts = isUnreadable ? [`$(error) ${unreadable}`] : [...needsUser, ...counters];
    this.item.text = [sanitize(snapshot.sessionName, 40), ...parts].join(" ");
    const label = isUnreadable ? unreadable : words.join(", ");
    this.item.accessibilityInformation = { label: `${snapshot.sessionName}: ${label}` };
    this.item.tooltip = tooltip(snapshot, attention, this.panes.current.summary);
    this.item.backgroundColor = background(snapshot, attention);
    this.item.command = attention.rowCount > 0 ? commandId("nextProblem") : `${viewIds.beads}.focus`;
    this.item.show();
  }
}

function background(snapshot: SessionSnapshot, attention: Attention): vscode.ThemeColor | undefined {
  if (snapshot.health.kind === "unreadable") return new vscode.ThemeColor("statusBarItem.errorBackground");
  return attention.count > 0 ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
}

function needAttention(count: number): string {
  return count === 1 ? vscode.l10n.t("1 needs attention") : vscode.l10n.t("{0} need attention", count);
}

/** As many beads are named in the tooltip. */
const namedBeads = 8;

/** The beads that need attention, the most urgent first, each with its reason. */
function problemLines(attention: Attention, now: number): readonly string[] {
  const lines = attention.mostUrgent(namedBeads).map(({ row, problem }) => {
    const { icon } = rowIcon(row, problem);
    const words = [age(statusSince(row), now) ?? "", reasons[problem.reason].mark(problem, now), rowError(row) ?? ""];
    const reason = words.filter((word) => word !== "").join(" · ");
    return `$(${icon}) ${escapeMarkdown(row.bead_id, 40)} ${escapeMarkdown(reason, 80)}`;
  });
  const more = attention.rowCount - lines.length;
  return more === 0 ? lines : [...lines, vscode.l10n.t("and {0} more", more)];
}

/** The beads that need attention, a table of all counters, and what is wrong with the ledger if anything is. */
function tooltip(snapshot: SessionSnapshot, attention: Attention, agents: string): vscode.MarkdownString {
  const rows = counted
    .filter((status) => snapshot.stats[status] > 0)
    .map((status) => `| ${escapeMarkdown(statusWord(status), 40)} | ${snapshot.stats[status]} |`);
  const trouble =
    snapshot.health.kind === "ok" ? undefined : problemExplanation(snapshot.health.problem, tildify(snapshot.path));
  return new vscode.MarkdownString(
    [
      `**${escapeMarkdown(snapshot.sessionName, 80)}**`,
      problemLines(attention, Date.now()).join("  \n"),
      trouble === undefined ? "" : escapeMarkdown(`${trouble.sentence} ${trouble.next}`, 500),
      [
        "| | |",
        "|:--|--:|",
        ...rows,
        `| ${vscode.l10n.t("in all")} | ${snapshot.stats.total} |`,
        ...(attention.rowCount === 0 ? [] : [`| ${vscode.l10n.t("need attention")} | ${attention.rowCount} |`]),
        ...(attention.snoozedCount === 0 ? [] : [`| ${vscode.l10n.t("snoozed")} | ${attention.snoozedCount} |`]),
      ].join("\n"),
      escapeMarkdown(countReasons(attention.counts).join(", "), 300),
      escapeMarkdown(agents, 200),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
    true,
  );
}
