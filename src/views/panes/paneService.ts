// Watches the panes of the active session, and passes what tmux answers to the views and the attention tracker.
import * as vscode from "vscode";
import type { AttentionTracker } from "../../session/attentionTracker";
import type { Log } from "../../util/log";
import type { ActiveSession } from "../../session/activeSession";
import { onDidChangeSettings, setting } from "../../settings";
import { listPanes, PaneWatch, waitForSignal } from "../../tmux";
import { DisposableStore } from "../../util/disposableStore";
import type { Disposable, Event } from "../../util/event";
import { knownPanesAfter } from "./paneStatuses";
import type { LivePanes } from "./livePanes";
import { PaneDocuments } from "./paneDocuments";
import { PaneSignals } from "./paneSignals";
import { tmuxOptions } from "./findPane";

/** A view that shows panes. */
export interface ShownView {
  readonly visible: boolean;
  readonly onDidChangeVisibility: Event<unknown>;
}

export interface PaneServiceParts {
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  /** Receives the state of the panes. */
  readonly panes: LivePanes;
  readonly views: readonly ShownView[];
  readonly log: Log;
}

export class PaneService implements Disposable {
  private readonly watch: PaneWatch;
  private readonly signals = new PaneSignals();
  private readonly disposables = new DisposableStore();

  constructor(private readonly parts: PaneServiceParts) {
    const { session, panes, views, log } = parts;
    this.watch = this.disposables.add(
      new PaneWatch({
        list: (signal) => listPanes({ ...tmuxOptions(), signal }),
        wait: (signal) => waitForSignal({ ...tmuxOptions(), signal }),
        isEnabled: () => setting("tmux") === "auto",
        isFocused: () => vscode.window.state.focused,
        isVisible: () => views.some(({ visible }) => visible),
        shownSession: () => session.snapshot,
        log,
      }),
    );
    const update = (): void => {
      this.watch.update();
    };
    this.disposables.add(onDidChangeSettings(update));
    this.disposables.add(vscode.window.onDidChangeWindowState(update));
    for (const { onDidChangeVisibility } of views) this.disposables.add(onDidChangeVisibility(update));
    this.disposables.add(
      this.watch.onDidChange(() => {
        this.publish();
      }),
    );
    this.disposables.add(
      session.onDidChange(() => {
        this.watch.ledgerChanged();
        this.publish();
      }),
    );
    this.disposables.add(new PaneDocuments());
    panes.connect(() => this.watch.refresh());
    this.publish();
  }

  dispose(): void {
    this.disposables.dispose();
  }

  private publish(): void {
    const { session, attention, panes } = this.parts;
    const { current } = this.watch;
    const { snapshot } = session;
    panes.show(knownPanesAfter(panes.current, current, snapshot));
    attention.setSignals("panes", this.signals.update(current, snapshot, Date.now()));
  }
}
