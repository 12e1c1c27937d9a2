// The status bar item: counters of the active session, colored if something needs attention.
import * as vscode from "vscode";
import { prefix, viewIds } from "../contributions";
import { escapeMarkdown } from "../messages/sanitize";
import { statusIcon } from "./beads/rowItem";
import type { ActiveSession } from "../session/activeSession";
import type { Attention } from "../session/attention";
import { countReasons } from "../messages/reasons";
import type { AttentionTracker } from "../session/attentionTracker";
import type { SessionSnapshot } from "../session/sessionSnapshot";
import type { LivePanes } from "./panes/livePanes";
import type { Disposable } from "../util/event";
import { tildify } from "../util/tildify";
import { sanitize, problemExplanation, statusWord } from "../messages";

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
    const counters = shown.map((status) => `$(${statusIcon(status).icon}) ${snapshot.stats[status]}`);
    const words = shown.map((status) => vscode.l10n.t("{0} {1}", snapshot.stats[status], statusWord(status)));
    this.item.text = [sanitize(snapshot.sessionName, 40), ...counters].join(" ");
    this.item.accessibilityInformation = { label: `${snapshot.sessionName}: ${words.join(", ")}` };
    this.item.tooltip = tooltip(snapshot, this.attention.current, this.panes.current.summary);
    this.item.backgroundColor = background(snapshot, this.attention.current);
    this.item.show();
  }
}

function background(snapshot: SessionSnapshot, attention: Attention): vscode.ThemeColor | undefined {
  if (snapshot.health.kind === "unreadable") return new vscode.ThemeColor("statusBarItem.errorBackground");
  return attention.count > 0 ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
}

/** A table of all counters, and what is wrong with the ledger if anything is. */
function tooltip(snapshot: SessionSnapshot, attention: Attention, agents: string): vscode.MarkdownString {
  const rows = counted
    .filter((status) => snapshot.stats[status] > 0)
    .map((status) => `| ${escapeMarkdown(statusWord(status), 40)} | ${snapshot.stats[status]} |`);
  const trouble =
    snapshot.health.kind === "ok" ? undefined : problemExplanation(snapshot.health.problem, tildify(snapshot.path));
  return new vscode.MarkdownString(
    [
      `**${escapeMarkdown(snapshot.sessionName, 80)}**`,
      trouble === undefined ? "" : escapeMarkdown(`${trouble.sentence} ${trouble.next}`, 500),
      [
        "| | |",
        "|:--|--:|",
        ...rows,
        `| ${vscode.l10n.t("in all")} | ${snapshot.stats.total} |`,
        ...(attention.rowCount === 0 ? [] : [`| ${vscode.l10n.t("need attention")} | ${attention.rowCount} |`]),
      ].join("\n"),
      escapeMarkdown(countReasons(attention.counts).join(", "), 300),
      escapeMarkdown(agents, 200),
    ]
      .filter((part) => part !== "")
      .join("\n\n"),
  );
}
