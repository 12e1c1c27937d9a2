// The selected bead, kept for the workspace and selected again when the window is opened again.
import type * as vscode from "vscode";
import type { BeadsNode, RowNode } from "../../nodes";

const key = "beads.selection";

interface KeptRow {
  readonly sessionName: string;
  readonly beadId: string;
}

export class KeptSelection {
  private toRestore: KeptRow | undefined;

  constructor(private readonly memento: vscode.Memento) {
    this.toRestore = rowOf(memento.get(key));
  }

  async keep(sessionName: string | undefined, selection: readonly BeadsNode[]): Promise<void> {
    const [node] = selection;
    if (sessionName === undefined || node?.kind !== "row") return;
    this.toRestore = undefined;
    await this.memento.update(key, { sessionName, beadId: node.beadId } satisfies KeptRow);
  }

  /**
   * Selects the kept bead once, if it can be seen: revealing one in a collapsed pane would expand that, and one in a hidden view would
   * open the view.
   * @param visibleRow the node of a bead, if it is in no collapsed node
   */
  restore(
    treeView: vscode.TreeView<BeadsNode>,
    sessionName: string,
    visibleRow: (beadId: string) => RowNode | undefined,
  ): void {
    const kept = this.toRestore;
    if (kept === undefined || !treeView.visible) return;
    this.toRestore = undefined;
    const node = kept.sessionName === sessionName ? visibleRow(kept.beadId) : undefined;
    if (node === undefined || treeView.selection.length > 0) return;
    // Without the focus, which belongs to what the user does meanwhile. A row that the editor doesn't find stays unselected.
    treeView.reveal(node, { select: true, focus: false }).then(undefined, () => undefined);
  }
}

/** What was kept may come from another version. */
function rowOf(kept: unknown): KeptRow | undefined {
  const { sessionName, beadId } = (kept ?? {}) as Partial<Record<keyof KeptRow, unknown>>;
  return typeof sessionName === "string" && typeof beadId === "string" ? { sessionName, beadId } : undefined;
}
