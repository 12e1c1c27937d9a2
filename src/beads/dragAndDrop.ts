// Dragging beads: onto a pane, which reassigns them, or out of the tree, where their ids are text.
import * as vscode from "vscode";
import { paneIdentity } from "../assignment";
import { viewIds } from "../contributions";
import type { ActiveSession } from "../session/activeSession";
import type { BeadsNode, GroupNode } from "./nodes";

/** The type that VS Code gives to what is dragged out of this view. */
const beadsType = `application/vnd.code.tree.${viewIds.beads.toLowerCase()}`;

/** Has beads moved to a pane, or says why they can't be. */
export type DropOnPane = (beadIds: readonly string[], paneIdentity: string) => Promise<void>;

export class BeadsDragAndDrop implements vscode.TreeDragAndDropController<BeadsNode> {
  readonly dragMimeTypes = ["text/plain"];
  readonly dropMimeTypes = [beadsType];

  constructor(
    private readonly session: ActiveSession,
    private readonly dropOnPane: DropOnPane,
  ) {}

  handleDrag(nodes: readonly BeadsNode[], dataTransfer: vscode.DataTransfer): void {
    const beadIds = nodes.flatMap((node) => (node.kind === "row" ? [node.beadId] : []));
    if (beadIds.length === 0) return;
    dataTransfer.set(beadsType, new vscode.DataTransferItem(beadIds));
    dataTransfer.set("text/plain", new vscode.DataTransferItem(beadIds.join("\n")));
  }

  async handleDrop(node: BeadsNode | undefined, dataTransfer: vscode.DataTransfer): Promise<void> {
    const beadIds: unknown = dataTransfer.get(beadsType)?.value;
    const identity = node === undefined ? undefined : this.paneAt(node);
    if (identity !== undefined && isListOfIds(beadIds)) await this.dropOnPane(beadIds, identity);
  }

  /** A row, and the fold of finished ones, are a part of their pane; other groups are none. */
  private paneAt(node: BeadsNode): string | undefined {
    switch (node.kind) {
      case "row": {
        const row = this.session.snapshot?.get(node.beadId);
        return row === undefined ? undefined : paneIdentity(row);
      }
      case "finished":
        return paneOfGroup(node.group);
      case "pane":
      case "status":
      case "agent":
        return paneOfGroup(node);
    }
  }
}

function paneOfGroup(group: GroupNode): string | undefined {
  return group.kind === "pane" ? group.identity : undefined;
}

function isListOfIds(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((id) => typeof id === "string");
}
