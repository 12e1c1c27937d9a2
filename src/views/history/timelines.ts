// The timeline of the active session: what it shows, the handlers of its buttons, and its restoration after a reload.
import * as vscode from "vscode";
import type { AttentionTracker } from "../../session/attentionTracker";
import type { BeadsView } from "../beads/view";
import { eventsAsCsv } from "../../history/csv";
import { recordedAssignments, type RecordedAssignment } from "../../history/recordedAssignment";
import type { History } from "../../history/history";
import type { HistoryRecorder } from "../../history/recorder";
import { generationOf } from "../../history/rowEvents";
import { agentProductName, canonicalAgentType } from "../../session/agentType";
import type { ActiveSession } from "../../session/activeSession";
import { sanitize } from "../../messages";
import { timelineStrings } from "../../messages/timeline";
import { timelineData } from "../../timeline/model";
import type { TimelineData } from "../../timeline/messages";
import { restoreTimelines, TimelinePanel, type TimelinePanelParts } from "../../timeline/panel";
import { DisposableStore } from "../../util/disposableStore";
import { Emitter } from "../../util/event";

export interface TimelinesParts {
  readonly extensionUri: vscode.Uri;
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  readonly view: BeadsView;
  readonly recorder: HistoryRecorder;
  readonly showHistory: (sessionName: string, beadId: string) => Promise<void>;
  /** Shows and logs the errors of what a button of the page does. */
  readonly run: (work: () => Promise<void>) => void;
}

export class Timelines implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly changed = this.disposables.add(new Emitter<void>());
  private panel: TimelinePanel | undefined;
  private worked: { readonly history: History; readonly assignments: readonly RecordedAssignment[] } | undefined;

  constructor(private readonly parts: TimelinesParts) {
    const { recorder, attention } = parts;
    const update = (): void => {
      this.changed.fire();
    };
    this.disposables.add(recorder.onDidChange(update));
    this.disposables.add(attention.onDidChange(update));
    this.disposables.add(
      restoreTimelines((panel) => {
        // One is enough: it follows the active session.
        if (this.panel === undefined) this.take(new TimelinePanel(panel, this.panelParts()));
        else panel.dispose();
      }),
    );
  }

  /** Opens the timeline, or brings it to the front. @param beadId is revealed */
  open(beadId?: string): void {
    if (this.panel === undefined) this.take(TimelinePanel.open(this.panelParts()));
    this.panel?.show(beadId);
  }

  dispose(): void {
    // The tab stays: the editor hands it over after a reload.
    this.disposables.dispose();
  }

  private take(panel: TimelinePanel): void {
    this.panel = panel;
    panel.onDidClose(() => (this.panel = undefined));
  }

  private panelParts(): TimelinePanelParts {
    const { extensionUri, view, showHistory, run } = this.parts;
    return {
      extensionUri,
      source: {
        sessionName: () => this.sessionName,
        data: () => this.data(),
        onDidChange: this.changed.event,
      },
      strings: timelineStrings(),
      actions: {
        reveal: (beadId) => { run(() => view.reveal(beadId)); }, // prettier-ignore
        showHistory: (beadId) => { run(() => showHistory(this.sessionName, beadId)); }, // prettier-ignore
        saveSvg: (svg) => { run(() => save("svg", "SVG", this.sessionName, svg)); }, // prettier-ignore
        exportCsv: () => {
          run(() => save("csv", "CSV", this.sessionName, eventsAsCsv(this.parts.recorder.history.events)));
        },
      },
    };
  }

  private get sessionName(): string {
    return this.parts.session.snapshot?.sessionName ?? "";
  }

  /** While the history of another session is read, the former one stays visible. */
  private data(): TimelineData | undefined {
    const { session, attention, recorder } = this.parts;
    const { snapshot } = session;
    if (recorder.ledger !== snapshot?.path) return undefined;
    return timelineData({
      sessionName: this.sessionName,
      assignments: this.assignments(),
      panes: snapshot?.panes ?? [],
      rowOf: (beadId) => snapshot?.get(beadId),
      generationOf,
      reasonOf: (row) => attention.current.reasonOf(row),
      kindOf: canonicalAgentType,
      words: {
        pane: (index) => vscode.l10n.t("Pane {0}", index),
        agent: (agentType) => agentProductName(agentType) ?? sanitize(agentType, 40),
        removed: vscode.l10n.t("removed from the ledger"),
      },
      now: Date.now(),
    });
  }

  /** Worked out once for each state of the history. */
  private assignments(): readonly RecordedAssignment[] {
    const { history } = this.parts.recorder;
    if (this.worked?.history !== history) this.worked = { history, assignments: recordedAssignments(history) };
    return this.worked.assignments;
  }
}

async function save(extension: string, kind: string, sessionName: string, content: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `${sessionName}-timeline.${extension}`;
  const uri = await vscode.window.showSaveDialog({
    filters: { [kind]: [extension] },
    ...(folder !== undefined && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (uri !== undefined) await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
}
