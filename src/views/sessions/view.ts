// The Sessions view: all sessions that have a ledger, with counters. Ledgers of inactive sessions are read only while
// it is visible.
import * as vscode from "vscode";
import { viewIds } from "../../contributions";
import type { Log } from "../../util/log";
import type { ActiveSession } from "../../session/activeSession";
import type { AttentionTracker } from "../../session/attentionTracker";
import { DisposableStore } from "../../util/disposableStore";
import { SerialTask } from "../../util/serialTask";
import type { LivePanes } from "../panes/livePanes";
import { KnownSessions } from "./sessionsTree";
import type { SessionsNode } from "../../nodes";
import { SessionsProvider } from "./provider";

/** Poll interval for the other sessions' files while the view is visible. */
const pollMs = 3000;

export class SessionsView implements vscode.Disposable {
  readonly provider: SessionsProvider;
  readonly treeView: vscode.TreeView<SessionsNode>;
  private readonly known: KnownSessions;
  private readonly showing = new SerialTask(() => this.show());
  private readonly disposables = new DisposableStore();
  private polling: NodeJS.Timeout | undefined;

  constructor(
    private readonly session: ActiveSession,
    attention: AttentionTracker,
    panes: LivePanes,
    private readonly log: Log,
    extensionUri: vscode.Uri,
  ) {
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
    if (!this.treeView.visible) return;
    this.showSoon();
    this.polling = setInterval(() => {
      this.showSoon();
    }, pollMs);
  }

  private showSoon(): void {
    if (!this.treeView.visible) return;
    this.showing.request().catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
    });
  }

  private async show(): Promise<void> {
    await this.session.refreshList();
    this.provider.show(await this.known.read());
  }
}
