// The row nodes requested so far. Each tree passes them on to the next, so that a bead stays the same object for the
// editor when its row moves. They have no reference to a tree, so that old trees can be collected.
import type { RowNode } from "../../nodes";

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
