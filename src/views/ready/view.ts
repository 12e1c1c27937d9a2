// The Ready view: what the tracker says can be started now. The tracker is asked only while the view is visible.
import * as path from "node:path";
import * as vscode from "vscode";
import { setContextKeys, type ContextKeys, viewIds } from "../../contributions";
import { isTerminal, type Assignment } from "../../assignment";
import { escapeLinks, sanitize } from "../../messages";
import type { ActiveSession } from "../../session/activeSession";
import type { IssuesState } from "../../tracker/issuesFile";
import { fileName } from "../../tracker/location";
import type { Tracker, TrackerState } from "../../tracker/tracker";
import { DisposableStore } from "../../util/disposableStore";
import type { Disposable } from "../../util/event";
import { tildify } from "../../util/tildify";
import type { ReadyNode } from "../../nodes";
import { treeMimeType } from "../tree/treeItem";
import { ReadyProvider } from "./provider";

export class ReadyView implements vscode.Disposable {
  readonly provider: ReadyProvider;
  readonly treeView: vscode.TreeView<ReadyNode>;
  readonly dragAndDropController = { dragMimeTypes: ["text/plain"], dropMimeTypes: [], handleDrag };
  private readonly disposables = new DisposableStore();
  private following: Disposable | undefined;

  constructor(
    private readonly tracker: Tracker,
    private readonly session: Pick<ActiveSession, "snapshot" | "onDidChange">,
    extensionUri: vscode.Uri,
  ) {
    this.provider = this.disposables.add(new ReadyProvider(extensionUri));
    this.treeView = this.disposables.add(
      vscode.window.createTreeView<ReadyNode>(viewIds.ready, {
        treeDataProvider: this.provider,
        canSelectMany: true,
        dragAndDropController: this.dragAndDropController,
      }),
    );
    this.disposables.add(
      tracker.onDidChange((before) => {
        const { ready, issues, sessionName, file } = tracker.current;
        const isOtherTracker = before.sessionName !== sessionName || before.file !== file;
        if (isOtherTracker || before.ready !== ready || before.issues !== issues) this.show(tracker.current);
      }),
    );
    this.disposables.add(
      session.onDidChange(() => {
        if (this.treeView.visible) this.show(tracker.current);
      }),
    );
    this.disposables.add(
      this.treeView.onDidChangeVisibility(() => {
        this.followWhileVisible();
      }),
    );
    this.followWhileVisible();
  }

  dispose(): void {
    this.following?.dispose();
    this.disposables.dispose();
  }

  private followWhileVisible(): void {
    if (this.treeView.visible) {
      this.show(this.tracker.current);
      this.following ??= this.tracker.follow({ wantsReady: true });
    } else {
      this.following?.dispose();
      this.following = undefined;
    }
  }

  private show(state: TrackerState): void {
    const { ready } = state;
    const { snapshot } = this.session;
    const rows = snapshot !== undefined && snapshot.sessionName === state.sessionName ? snapshot.rows : [];
    this.provider.show(ready?.kind === "ready" ? ready.beads : [], mutexesInUse(rows, state.issues));
    this.treeView.message = ready?.kind === "refused" ? escapeLinks(sanitize(ready.message, 300)) : "";
    this.treeView.description = otherPlaceOf(state);
    setContextKeys({ readyState: readyStateOf(state) });
  }
}

/** The labels `mutex:NAME` of the beads in progress, with one bead that has each. */
export function mutexesInUse(
  rows: readonly Assignment[],
  issues: IssuesState | undefined,
): ReadonlyMap<string, string> {
  const inUse = new Map<string, string>();
  if (issues?.kind !== "read") return inUse;
  for (const { bead_id: beadId, status } of rows) {
    if (isTerminal(status)) continue;
    for (const label of issues.issues.get(beadId)?.labels ?? []) {
      if (label.startsWith("mutex:")) inUse.set(label, beadId);
    }
  }
  return inUse;
}

/** Where the tracker is, if it isn't in the session's project; else empty. */
function otherPlaceOf({ project, file }: TrackerState): string {
  if (project?.kind !== "found" || file === undefined) return "";
  const own = path.join(project.folder, ".beads", fileName);
  if (file === own) return "";
  return sanitize(tildify(path.basename(file) === fileName ? path.dirname(file) : file), 200);
}

function readyStateOf({ sessionName, ready }: TrackerState): ContextKeys["readyState"] {
  if (sessionName === undefined) return "no-session";
  if (ready === undefined) return "asking";
  return ready.kind === "ready" && ready.beads.length === 0 ? "none-ready" : ready.kind;
}

/** Ready beads can be dropped on a pane of the Beads view, or elsewhere as text with their IDs. */
function handleDrag(nodes: readonly ReadyNode[], dataTransfer: vscode.DataTransfer): void {
  const beadIds = nodes.map(({ beadId }) => beadId);
  if (beadIds.length === 0) return;
  dataTransfer.set(treeMimeType(viewIds.ready), new vscode.DataTransferItem(beadIds));
  dataTransfer.set("text/plain", new vscode.DataTransferItem(beadIds.join("\n")));
}
