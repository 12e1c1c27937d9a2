// Registers the Ready view. What it shows is loaded when the view is first shown.
import * as vscode from "vscode";
import type { Services } from "../actions/services";
import { viewIds } from "../contributions";
import type { ReadyNode } from "../nodes";
import { treeMimeType } from "../treeView/mimeType";
import { LazyPart } from "../util/lazyPart";
import type { ReadyView } from "./view";

export class ReadyTreeView implements vscode.Disposable {
  readonly treeView: vscode.TreeView<ReadyNode>;
  readonly view: LazyPart<ReadyView>;
  readonly dragAndDropController = { dragMimeTypes: ["text/plain"], dropMimeTypes: [], handleDrag };
  private readonly changed = new vscode.EventEmitter<ReadyNode[] | undefined>();

  constructor(services: Pick<Services, "tracker" | "log" | "context">) {
    this.treeView = vscode.window.createTreeView<ReadyNode>(viewIds.ready, {
      treeDataProvider: {
        onDidChangeTreeData: this.changed.event,
        // Called for the first time when the view is first shown.
        getChildren: async (node) => (await this.view.load()).provider.getChildren(node),
        getTreeItem: (node) => this.view.loaded?.provider.getTreeItem(node) ?? new vscode.TreeItem(""),
        getParent: () => undefined,
        resolveTreeItem: (item, node) => this.view.loaded?.provider.resolveTreeItem(item, node),
      },
      canSelectMany: true,
      dragAndDropController: this.dragAndDropController,
    });
    this.view = new LazyPart(services.log, async () => {
      const { ReadyView } = await import("./view");
      const { tracker } = await services.tracker.load();
      const view = new ReadyView(tracker, this.treeView, services.context.extensionUri);
      view.provider.onDidChangeTreeData((nodes) => {
        this.changed.fire(nodes);
      });
      return view;
    });
  }

  dispose(): void {
    this.view.dispose();
    this.treeView.dispose();
    this.changed.dispose();
  }
}

/** Ready beads can be dropped on a pane of the Beads view, or elsewhere as text with their IDs. */
function handleDrag(nodes: readonly ReadyNode[], dataTransfer: vscode.DataTransfer): void {
  const beadIds = nodes.map(({ beadId }) => beadId);
  if (beadIds.length === 0) return;
  dataTransfer.set(treeMimeType(viewIds.ready), new vscode.DataTransferItem(beadIds));
  dataTransfer.set("text/plain", new vscode.DataTransferItem(beadIds.join("\n")));
}
