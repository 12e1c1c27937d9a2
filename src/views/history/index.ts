// What the history adds to the views: previous owners, dots and the message about what happened in an absence, documents, the
// timeline, and thresholds from experience.
import { inspect } from "node:util";
import * as vscode from "vscode";
import { reportErrors } from "../reportErrors";
import { showMessage } from "../showMessage";
import type { Services } from "../../services";
import type { AttentionTracker } from "../../session/attentionTracker";
import type { Experience } from "../../session/attentionReason";
import type { HistoryEvent } from "../../history/historyEvent";
import { deleteJournals, journalFolder } from "../../history/journalFolder";
import { deleteOldJournals, HistoryRecorder, type RecorderState } from "../../history/recorder";
import { sanitize } from "../../messages";
import { DisposableStore } from "../../util/disposableStore";
import { ChangeDecorations } from "./changeDecorations";
import { Experiences } from "./experiences";
import { registerHistoryDocuments, showHistoryDocument } from "./historyDocuments";
import { LastSeenTime, type Absence } from "./lastSeen";
import { Timelines } from "./timelines";

export interface HistoryViewsParts {
  readonly context: Pick<vscode.ExtensionContext, "extensionUri" | "globalStorageUri" | "workspaceState">;
  readonly services: Pick<Services, "session" | "view" | "log">;
  readonly attention: AttentionTracker;
}

const lastSeenKey = "history.lastLooks";

export class HistoryViews implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  readonly recorder: HistoryRecorder;
  private readonly folder: string;
  private readonly experiences: Experiences;
  private readonly lastSeen: LastSeenTime;
  private readonly timelines: Timelines;
  private savedTimes: PromiseLike<void> = Promise.resolve();

  constructor(private readonly parts: HistoryViewsParts) {
    const { context, services, attention } = parts;
    const { session, view, log } = services;
    this.folder = journalFolder(context.globalStorageUri.fsPath);
    this.recorder = new HistoryRecorder({ folder: this.folder }, session.onDidChange, session.snapshot);
    this.disposables.add(this.recorder);
    this.disposables.add(this.recorder.onDidChangeState((state) => { this.report(state); })); // prettier-ignore
    this.experiences = this.disposables.add(new Experiences(this.recorder, () => { attention.refresh(); })); // prettier-ignore
    this.lastSeen = this.disposables.add(
      new LastSeenTime(this.recorder, {
        get: () => context.workspaceState.get(lastSeenKey) ?? {},
        set: (looks) => {
          this.savedTimes = context.workspaceState.update(lastSeenKey, looks);
        },
      }),
    );
    this.disposables.add(new ChangeDecorations(session, this.lastSeen));
    this.disposables.add(registerHistoryDocuments({ recorder: this.recorder, session, folder: this.folder }));
    this.timelines = this.disposables.add(
      new Timelines({
        extensionUri: context.extensionUri,
        session,
        attention,
        view,
        recorder: this.recorder,
        showHistory: (sessionName, beadId) => this.showHistory(sessionName, beadId),
        run: (work) => void reportErrors(services, work),
      }),
    );
    this.followVisibility();
    deleteOldJournals(this.folder).catch((error: unknown) => {
      log.warn(inspect(error));
    });
  }

  /** What experience says of the active session's agents. */
  get experience(): readonly Experience[] {
    return this.experiences.current;
  }

  eventsOf(beadId: string): readonly HistoryEvent[] {
    return this.recorder.history.ofBead(beadId);
  }

  openTimeline(beadId?: string): void {
    this.timelines.open(beadId);
  }

  async showHistory(sessionName: string, beadId: string): Promise<void> {
    await showHistoryDocument({ sessionName, beadId });
  }

  /** Lists what happened while the user was away. */
  async showChanges(): Promise<void> {
    const { absence } = this.lastSeen;
    const { snapshot } = this.parts.services.session;
    if (absence === undefined || snapshot === undefined) return;
    this.lastSeen.dismiss();
    await showHistoryDocument({ sessionName: snapshot.sessionName, from: absence.from, to: absence.to });
  }

  dismissChanges(): void {
    this.lastSeen.dismiss();
  }

  /** Deletes the history of the active session, or of all. */
  async clear(sessions: "active" | "all"): Promise<void> {
    await this.recorder.clear();
    if (sessions === "all") await deleteJournals(this.folder);
  }

  /** Records that the view is no longer visible. Resolves when everything is written, or can't be. */
  async close(): Promise<void> {
    this.lastSeen.setVisible(false);
    await Promise.all([this.savedTimes, this.recorder.flush()]);
  }

  dispose(): void {
    this.disposables.dispose();
  }

  /** The view counts as seen while it is visible in a focused window. */
  private followVisibility(): void {
    const { treeView } = this.parts.services.view;
    const update = (): void => {
      this.lastSeen.setVisible(treeView.visible && vscode.window.state.focused);
    };
    this.disposables.add(
      vscode.Disposable.from(
        treeView.onDidChangeVisibility(update),
        vscode.window.onDidChangeWindowState(update),
        treeView.onDidChangeSelection(({ selection }) => {
          this.lastSeen.see(selection.flatMap((node) => (node.kind === "row" ? [node.beadId] : [])));
        }),
      ),
    );
    this.disposables.add(
      this.lastSeen.onDidChange(() => {
        this.parts.services.view.setNotice(noticeOf(this.lastSeen.absence));
      }),
    );
    update();
  }

  private report(state: RecorderState): void {
    if (state.kind === "ok") return;
    const { log } = this.parts.services;
    const cause = state.cause instanceof Error ? state.cause.message : String(state.cause);
    log.warn(inspect(state.cause));
    showMessage(
      log,
      "warning",
      vscode.l10n.t("The history of beads can't be recorded: {0} Everything else works.", sanitize(`${cause}.`, 200)),
    );
  }
}

/** Such as `While you were away: 5 completed, 1 failed`; empty without anything to say. */
function noticeOf(absence: Absence | undefined): string {
  if (absence === undefined) return "";
  const { completed, failed } = absence;
  const counts = [
    ...(completed === 0 ? [] : [vscode.l10n.t("{0} completed", completed)]),
    ...(failed === 0 ? [] : [vscode.l10n.t("{0} failed", failed)]),
  ];
  return vscode.l10n.t("While you were away: {0}", counts.join(", "));
}
