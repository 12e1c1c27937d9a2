// Gives the editor the list of sessions.
import * as vscode from "vscode";
import { commandId } from "../contributions";
import type { Face } from "../tree/face";
import { Paint } from "../tree/paint";
import { treeItem } from "../tree/treeItem";
import { projectFace, quietFace, sessionFace } from "./face";
import type { SessionsNode } from "./nodes";
import { SessionsTree, type KnownSession } from "./tree";

export class SessionsProvider implements vscode.TreeDataProvider<SessionsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<SessionsNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly paint = new Paint<SessionsNode>();
  private current = new SessionsTree([], Date.now());
  private now = Date.now();

  constructor(private readonly extensionUri: vscode.Uri) {}

  get tree(): SessionsTree {
    return this.current;
  }

  show(sessions: readonly KnownSession[]): void {
    this.now = Date.now();
    this.current = new SessionsTree(sessions, this.now, this.current);
    const outdated = this.paint.outdated(this.current, {
      basis: (node) => this.basis(node),
      face: (node) => this.face(node),
      hasHover: () => false,
    });
    if (outdated === "everything") this.changed.fire(undefined);
    else if (outdated.length > 0) this.changed.fire([...outdated]);
  }

  getChildren(node?: SessionsNode): SessionsNode[] {
    const children = this.current.children(node);
    this.paint.gaveChildren(node, children);
    return [...children];
  }

  getParent(node: SessionsNode): SessionsNode | undefined {
    return this.current.parent(node);
  }

  getTreeItem(node: SessionsNode): vscode.TreeItem {
    const face = this.face(node);
    if (face === undefined) return new vscode.TreeItem("");
    this.paint.gaveItem(node, face, this.basis(node) ?? []);
    const item = treeItem(node.id, face, collapsibleState(node), this.extensionUri);
    item.tooltip = face.spoken;
    if (node.kind === "session" && face.contextValue.startsWith("session")) {
      item.command = { command: commandId("activateSession"), title: "", arguments: [node] };
    }
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private basis(node: SessionsNode): readonly unknown[] | undefined {
    if (!this.current.has(node)) return undefined;
    return [this.now];
  }

  private face(node: SessionsNode): Face | undefined {
    switch (node.kind) {
      case "session": {
        const session = this.current.session(node);
        if (session === undefined) return undefined;
        return sessionFace(node, session, this.current.parent(node)?.kind === "project", this.now);
      }
      case "project":
        return projectFace(node, this.current.children(node).length);
      case "quiet":
        return quietFace(this.current.children(node).length);
    }
  }
}

function collapsibleState(node: SessionsNode): vscode.TreeItemCollapsibleState {
  switch (node.kind) {
    case "session":
      return vscode.TreeItemCollapsibleState.None;
    case "project":
      return vscode.TreeItemCollapsibleState.Expanded;
    case "quiet":
      return vscode.TreeItemCollapsibleState.Collapsed;
  }
}
