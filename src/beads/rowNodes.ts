// The nodes of rows that were asked for so far. One tree hands them to the next, so that a bead stays the same object to the
// editor wherever its row moves. They know nothing of a tree: it can be forgotten while its branches live on.
import type { RowNode } from "./nodes";

export class RowNodes {
  private readonly byBead = new Map<string, RowNode>();

  of(beadId: string): RowNode {
    const known = this.byBead.get(beadId);
    if (known !== undefined) return known;
    const node: RowNode = { kind: "row", id: `row:${beadId}`, beadId };
    this.byBead.set(beadId, node);
    return node;
  }

  forget(beadId: string): void {
    this.byBead.delete(beadId);
  }
}
