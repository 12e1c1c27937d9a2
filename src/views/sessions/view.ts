// The Sessions view: all sessions that have a ledger, with counters. While it isn't visible, only the ledgers that were
// saved within the last day are read, for the badge and for messages of what failed.
import * as path from "node:path";
import * as vscode from "vscode";
import { viewIds } from "../../contributions";
import type { Log } from "../../util/log";
import type { ActiveSession } from "../../session/activeSession";
import type { AttentionTracker } from "../../session/attentionTracker";
import type { SessionEntry } from "../../session/sessionList";
import type { SessionFailures } from "../../session/sessionSummary";
import type { Snoozes } from "../../session/snoozes";
import { DisposableStore } from "../../util/disposableStore";
import { SerialTask } from "../../util/serialTask";
import type { LivePanes } from "../panes/livePanes";
import { isInactive, KnownSessions, type KnownSession } from "./sessionsTree";
import type { SessionsNode } from "../../nodes";
import { SessionsProvider } from "./provider";

/** Poll interval for the other sessions' files while the view is visible, and while it isn't. */
const pollMs = 3000;
const backgroundPollMs = 10_000;
const savedRecentlyMs = 86_400_000;

export interface SessionsViewParts {
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  readonly snoozes: Pick<Snoozes, "endOf" | "onDidChange">;
  readonly panes: LivePanes;
  readonly log: Log;
  readonly extensionUri: vscode.Uri;
  /** Whether failures in sessions that aren't shown count. */
  readonly countsFailures: () => boolean;
  /** Called with what failed in them. */
  readonly onFailures: (failures: readonly SessionFailures[]) => void;
}

export class SessionsView implements vscode.Disposable {
  readonly provider: SessionsProvider;
  readonly treeView: vscode.TreeView<SessionsNode>;
  private readonly known: KnownSessions;
  private readonly showing = new SerialTask(() => this.show());
  private readonly disposables = new DisposableStore();
  private polling: NodeJS.Timeout | undefined;

  constructor(private readonly parts: SessionsViewParts) {
    const { session, attention, snoozes, panes, extensionUri } = parts;
    this.known = new KnownSessions(session, panes);
    this.provider = this.disposables.add(new SessionsProvider(extensionUri));
    this.treeView = vscode.window.createTreeView(viewIds.sessions, { treeDataProvider: this.provider });
    this.disposables.add(this.treeView);
    this.disposables.add(this.showing);
    const showSoon = (): void => {
      this.showSoon();
    };
    this.disposables.add(session.onDidChangeList(showSoon));
    this.disposables.add(attention.onDidChange(showSoon));
    this.disposables.add(panes.onDidChange(showSoon));
    this.disposables.add(snoozes.onDidChange(showSoon));
    this.keepPolling();
    this.disposables.add(
      this.treeView.onDidChangeVisibility(() => {
        this.keepPolling();
      }),
    );
  }

  dispose(): void {
    clearInterval(this.polling);
    this.disposables.dispose();
  }

  private keepPolling(): void {
    clearInterval(this.polling);
    const { visible } = this.treeView;
    this.showSoon();
    this.polling = setInterval(
      () => {
        this.request();
      },
      visible ? pollMs : backgroundPollMs,
    );
  }

  private showSoon(): void {
    if (this.treeView.visible) this.request();
  }

  private request(): void {
    this.showing.request().catch((error: unknown) => {
      this.parts.log.error(error instanceof Error ? error : String(error));
    });
  }

  private async show(): Promise<void> {
    const { session, countsFailures, onFailures } = this.parts;
    const { visible } = this.treeView;
    if (!visible && !countsFailures()) {
      this.showBadge();
      return;
    }
    await session.refreshList();
    const savedSince = Date.now() - savedRecentlyMs;
    const isRecent = ({ savedAt = 0 }: SessionEntry): boolean => savedAt >= savedSince;
    const failures = await this.known.readFailures(visible ? undefined : isRecent);
    this.provider.show(this.known.known);
    this.showBadge();
    if (countsFailures() && failures.length > 0) onFailures(failures);
  }

  /** The failed beads of the sessions that aren't shown, also beside the title of the collapsed view: the Beads view counts the others. */
  private showBadge(): void {
    const now = Date.now();
    const counts = this.parts.countsFailures() ? this.known.known.map((known) => this.failedCount(known, now)) : [];
    const failed = counts.filter(({ count }) => count > 0);
    const value = failed.reduce((sum, { count }) => sum + count, 0);
    const tooltip = failed
      .map(({ sessionName, count }) => vscode.l10n.t("{0} failed in {1}", count, sessionName))
      .join(", ");
    if ((this.treeView.badge?.value ?? 0) === value && (this.treeView.badge?.tooltip ?? "") === tooltip) return;
    this.treeView.badge = value === 0 ? undefined : { value, tooltip };
    this.treeView.description = tooltip;
  }

  private failedCount(known: KnownSession, now: number): { readonly sessionName: string; readonly count: number } {
    const { sessionName, folder } = known.entry;
    if (known.isActive || isInactive(known, now)) return { sessionName, count: 0 };
    const ledgerPath = path.join(folder, "assignments.json");
    const counted = (known.failed ?? []).filter(
      (row) => this.parts.snoozes.endOf(ledgerPath, row, [{ reason: "failed" }], now) === undefined,
    );
    return { sessionName, count: counted.length };
  }
}
