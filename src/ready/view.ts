// The Ready view once it was shown: what the tracker says can be started now. The tracker is asked only while the view is visible.
import type * as vscode from "vscode";
import { setContextKeys } from "../contextKeys";
import type { ContextKeys } from "../contributions";
import type { ReadyNode } from "../nodes";
import { escapeLinks, sanitize } from "../text";
import type { Tracker, TrackerState } from "../tracker/tracker";
import { DisposableStore } from "../util/disposableStore";
import type { Disposable } from "../util/event";
import { ReadyProvider } from "./provider";

export class ReadyView implements vscode.Disposable {
  readonly provider: ReadyProvider;
  private readonly disposables = new DisposableStore();
  private following: Disposable | undefined;

  constructor(
    private readonly tracker: Tracker,
    private readonly treeView: vscode.TreeView<ReadyNode>,
    extensionUri: vscode.Uri,
  ) {
    this.provider = this.disposables.add(new ReadyProvider(extensionUri));
    this.disposables.add(
      tracker.onDidChange((before) => {
        const { ready, sessionName } = tracker.current;
        if (before.ready !== ready || before.sessionName !== sessionName) this.show(tracker.current);
      }),
    );
    this.disposables.add(
      treeView.onDidChangeVisibility(() => {
        this.followWhileVisible();
      }),
    );
    this.show(tracker.current);
    this.followWhileVisible();
  }

  dispose(): void {
    this.following?.dispose();
    this.disposables.dispose();
  }

  private followWhileVisible(): void {
    if (this.treeView.visible) {
      this.following ??= this.tracker.follow({ wantsReady: true });
    } else {
      this.following?.dispose();
      this.following = undefined;
    }
  }

  private show(state: TrackerState): void {
    const { ready } = state;
    this.provider.show(ready?.kind === "ready" ? ready.beads : []);
    this.treeView.message = ready?.kind === "refused" ? escapeLinks(sanitize(ready.message, 300)) : "";
    setContextKeys({ readyState: readyStateOf(state) });
  }
}

function readyStateOf({ sessionName, ready }: TrackerState): ContextKeys["readyState"] {
  if (sessionName === undefined) return "no-session";
  if (ready === undefined) return "asking";
  return ready.kind === "ready" && ready.beads.length === 0 ? "none-ready" : ready.kind;
}
