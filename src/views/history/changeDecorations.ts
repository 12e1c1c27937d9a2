// A dot on rows that changed since the view was last visible, and on their panes.
import * as vscode from "vscode";
import { paneIdentity } from "../../assignment";
import type { ActiveSession } from "../../session/activeSession";
import { DisposableStore } from "../../util/disposableStore";
import { historyScheme, historyTopic } from "./historyDocuments";
import type { LastSeenTime } from "./lastSeen";

export class ChangeDecorations implements vscode.FileDecorationProvider, vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeFileDecorations = this.changed.event;
  private shown = "";

  constructor(
    private readonly session: Pick<ActiveSession, "snapshot">,
    private readonly lastLook: LastSeenTime,
  ) {
    this.disposables.add(vscode.window.registerFileDecorationProvider(this));
    this.disposables.add(this.changed);
    this.disposables.add(lastLook.onDidChange(() => { this.update(); })); // prettier-ignore
    this.update();
  }

  provideFileDecoration(uri: vscode.Uri): vscode.FileDecoration | undefined {
    if (uri.scheme !== historyScheme) return undefined;
    const { sessionName, beadId, pane } = historyTopic(uri);
    if (sessionName !== this.session.snapshot?.sessionName) return undefined;
    const isChanged = beadId === undefined ? this.hasChange(pane) : this.lastLook.changedBeads.has(beadId);
    return isChanged ? new vscode.FileDecoration("●", vscode.l10n.t("Changed since you last looked")) : undefined;
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private update(): void {
    const beads = [...this.lastLook.changedBeads].sort().join("\n");
    if (beads === this.shown) return;
    this.shown = beads;
    this.changed.fire(undefined);
  }

  private hasChange(pane: string | undefined): boolean {
    return [...this.lastLook.changedBeads].some((beadId) => {
      const row = this.session.snapshot?.get(beadId);
      return row !== undefined && paneIdentity(row) === pane;
    });
  }
}
