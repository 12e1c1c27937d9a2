// Drag and drop of beads: onto a pane, which reassigns them, or assigns those from the Ready view, or out of the tree, as text with their IDs.
import * as vscode from "vscode";
import { paneIdentity } from "../../assignment";
import { viewIds } from "../../contributions";
import type { ActiveSession } from "../../session/activeSession";
import type { BeadsNode, GroupNode } from "../../nodes";
import { treeMimeType } from "../tree/treeItem";

const beadsType = treeMimeType(viewIds.beads);
const readyBeadsType = treeMimeType(viewIds.ready);

/** Each does something with beads and a pane, or shows why that isn't possible. */
export interface BeadsDropTargets {
  /** Reassigns beads of the ledger. */
  drop(beadIds: readonly string[], paneIdentity: string): Promise<void>;
  /** Assigns beads of the tracker. */
  dropReady(beadIds: readonly string[], paneIdentity: string): Promise<void>;
}

export class BeadsDragAndDrop implements vscode.TreeDragAndDropController<BeadsNode> {
  readonly dragMimeTypes = ["text/plain"];
  readonly dropMimeTypes = [beadsType, readyBeadsType];

  constructor(
    private readonly session: ActiveSession,
    private readonly targets: BeadsDropTargets,
  ) {}

  handleDrag(nodes: readonly BeadsNode[], dataTransfer: vscode.DataTransfer): void {
    const beadIds = nodes.flatMap((node) => (node.kind === "row" ? [node.beadId] : []));
    if (beadIds.length === 0) return;
    dataTransfer.set(beadsType, new vscode.DataTransferItem(beadIds));
    dataTransfer.set("text/plain", new vscode.DataTransferItem(beadIds.join("\n")));
  }

  async handleDrop(node: BeadsNode | undefined, dataTransfer: vscode.DataTransfer): Promise<void> {
    const identity = node === undefined ? undefined : this.paneAt(node);
    if (identity === undefined) return;
    const beadIds: unknown = dataTransfer.get(beadsType)?.value;
    if (isListOfIds(beadIds)) await this.targets.drop(beadIds, identity);
    const readyIds: unknown = dataTransfer.get(readyBeadsType)?.value;
    if (isListOfIds(readyIds)) await this.targets.dropReady(readyIds, identity);
  }

  /** Rows and folded finished rows belong to their pane; other groups have no pane. */
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
      case "attention":
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
