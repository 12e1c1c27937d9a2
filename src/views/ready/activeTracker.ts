// The tracker of the active session's project: drift, facts for hovers, ready beads, closing.
import * as vscode from "vscode";
import type { AttentionTracker } from "../../session/attentionTracker";
import type { Log } from "../../util/log";
import type { ActiveSession } from "../../session/activeSession";
import { findSessionProject, onDidChangeSettings, programPath } from "../../settings";
import { trackedBead, type TrackedBead } from "../../tracker/issue";
import type { ReadyBead } from "../../tracker/ready";
import { Tracker } from "../../tracker/tracker";
import { DisposableStore } from "../../util/disposableStore";
import type { Disposable } from "../../util/event";
import { noSignals, type Signals } from "../../session/attentionReason";
import { driftSignals } from "./driftSignals";

export interface ActiveTrackerOptions {
  readonly session: ActiveSession;
  readonly attention: Pick<AttentionTracker, "setSignals">;
  readonly log: Log;
}

export class ActiveTracker implements Disposable {
  readonly tracker: Tracker;
  private drift: Signals = noSignals;
  private readonly disposables = new DisposableStore();
  private following: Disposable | undefined;

  constructor(private readonly options: ActiveTrackerOptions) {
    const { session, log } = options;
    this.tracker = this.disposables.add(
      new Tracker({
        findProject: findSessionProject,
        brProgram: () => programPath("br") ?? "br",
        onFailure: (error) => {
          log.error(error instanceof Error ? error : String(error));
        },
      }),
    );
    this.tracker.setSession(session.snapshot?.sessionName);
    this.disposables.add(
      session.onDidChange(({ after }) => {
        this.tracker.setSession(after?.sessionName);
        this.update();
      }),
    );
    this.disposables.add(
      this.tracker.onDidChange(() => {
        this.update();
      }),
    );
    // Another program, or another workspace folder, may be the answer to a question that is open.
    const askAgain = (): void => {
      this.refreshSoon();
    };
    this.disposables.add(vscode.Disposable.from(onDidChangeSettings(askAgain)));
    this.disposables.add(vscode.Disposable.from(vscode.workspace.onDidChangeWorkspaceFolders(askAgain)));
    this.update();
  }

  /** What the tracker knows of a bead; `undefined` also while it wasn't read. */
  trackedBeadOf(beadId: string): TrackedBead | undefined {
    const { issues, mayLag } = this.tracker.current;
    const bead = trackedBead(beadId, issues);
    return bead && { ...bead, mayLag };
  }

  /** A ready bead's title, else the one in the tracker's file; empty when neither is known. */
  titleOf(beadId: string): string {
    const { ready } = this.tracker.current;
    const bead = ready?.kind === "ready" ? ready.beads.find(({ id }) => id === beadId) : undefined;
    return bead?.title ?? this.trackedBeadOf(beadId)?.title ?? "";
  }

  /** Asks for the beads that can be started now, in the tracker's order; none when it can't be asked. */
  async readyBeads(): Promise<readonly ReadyBead[]> {
    const ready = await this.tracker.readyBeads();
    return ready.kind === "ready" ? ready.beads : [];
  }

  /** Asks anew for what is shown. Doesn't wait, so that a slow tracker can't delay a refresh of the ledger. */
  refreshSoon(options?: { readonly mayImport: boolean }): void {
    this.tracker.refresh(options).catch((error: unknown) => {
      this.options.log.error(error instanceof Error ? error : String(error));
    });
  }

  dispose(): void {
    this.following?.dispose();
    this.disposables.dispose();
  }

  /** Has the tracker's file followed while a row's bead may be closed, or claimed by others, there. */
  private update(): void {
    const { session, attention } = this.options;
    const { snapshot } = session;
    if (snapshot?.hasRowsInFlight === true) {
      this.following ??= this.tracker.follow({ wantsReady: false });
    } else {
      this.following?.dispose();
      this.following = undefined;
    }
    const { sessionName, issues, mayLag } = this.tracker.current;
    const isAboutSession = snapshot !== undefined && snapshot.sessionName === sessionName;
    this.drift = driftSignals(isAboutSession ? snapshot.rows : [], mayLag ? undefined : issues, this.drift);
    attention.setSignals("tracker", this.drift);
  }
}
