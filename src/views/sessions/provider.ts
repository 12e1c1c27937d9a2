// The tree data provider of the Sessions view.
import * as vscode from "vscode";
import { commandId } from "../../contributions";
import { type TreeItemPresentation, treeItem } from "../tree/treeItem";
import { refreshIntervalMs, RenderedTree } from "../tree/renderedTree";
import { projectPresentation, inactivePresentation, sessionPresentation } from "./sessionItem";
import type { SessionsNode } from "../../nodes";
import { Throttle } from "../../util/throttle";
import { SessionsTree, type KnownSession } from "./sessionsTree";

export class SessionsProvider implements vscode.TreeDataProvider<SessionsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<SessionsNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly rendered = new RenderedTree<SessionsNode>();
  private current = new SessionsTree([], Date.now());
  private now = Date.now();
  private readonly refreshing = new Throttle(() => {
    this.refresh();
  }, refreshIntervalMs);

  constructor(private readonly extensionUri: vscode.Uri) {}

  get tree(): SessionsTree {
    return this.current;
  }

  show(sessions: readonly KnownSession[]): void {
    this.now = Date.now();
    this.current = new SessionsTree(sessions, this.now, this.current);
    this.refreshing.request();
  }

  private refresh(): void {
    const outdated = this.rendered.outdated(this.current, {
      inputs: (node) => this.inputs(node),
      presentation: (node) => this.presentation(node),
      hasHover: () => false,
    });
    if (outdated === "everything") this.changed.fire(undefined);
    else if (outdated.length > 0) this.changed.fire([...outdated]);
  }

  getChildren(node?: SessionsNode): SessionsNode[] {
    const children = this.current.children(node);
    this.rendered.didRenderChildren(node, children);
    return [...children];
  }

  getParent(node: SessionsNode): SessionsNode | undefined {
    return this.current.parent(node);
  }

  getTreeItem(node: SessionsNode): vscode.TreeItem {
    const presentation = this.presentation(node);
    if (presentation === undefined) return new vscode.TreeItem("");
    this.rendered.didRenderItem(node, presentation, this.inputs(node) ?? []);
    const item = treeItem(node.id, presentation, collapsibleState(node), this.extensionUri);
    item.tooltip = presentation.accessibilityLabel;
    if (node.kind === "session" && presentation.contextValue.startsWith("session")) {
      item.command = { command: commandId("activateSession"), title: "", arguments: [node] };
    }
    return item;
  }

  dispose(): void {
    this.refreshing.dispose();
    this.changed.dispose();
  }

  private inputs(node: SessionsNode): readonly unknown[] | undefined {
    if (!this.current.has(node)) return undefined;
    return [this.now];
  }

  private presentation(node: SessionsNode): TreeItemPresentation | undefined {
    switch (node.kind) {
      case "session": {
        const session = this.current.session(node);
        if (session === undefined) return undefined;
        return sessionPresentation(node, session, this.current.parent(node)?.kind === "project", this.now);
      }
      case "project":
        return projectPresentation(node, this.current.children(node).length);
      case "inactive":
        return inactivePresentation(this.current.children(node).length);
    }
  }
}

function collapsibleState(node: SessionsNode): vscode.TreeItemCollapsibleState {
  switch (node.kind) {
    case "session":
      return vscode.TreeItemCollapsibleState.None;
    case "project":
      return vscode.TreeItemCollapsibleState.Expanded;
    case "inactive":
      return vscode.TreeItemCollapsibleState.Collapsed;
  }
}
