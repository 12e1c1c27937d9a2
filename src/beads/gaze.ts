// How the beads look at one moment.
import type { Assignment } from "../assignment";
import type { AttentionReason } from "../session/attention";
import type { Face } from "../tree/face";
import type { Gaze } from "../tree/paint";
import { finishedFace, groupFace, rowFace, type Moment } from "./face";
import type { BeadsNode } from "./nodes";
import type { BeadsTree } from "./tree";

export class BeadsGaze implements Gaze<BeadsNode> {
  private readonly moment: Moment;

  /** @param now milliseconds since 1970; as long as it is the same, a row that didn't change looks the same */
  constructor(
    private readonly tree: BeadsTree,
    reasons: ReadonlyMap<Assignment, AttentionReason>,
    now: number,
  ) {
    const { snapshot } = tree;
    this.moment = { schema: snapshot?.schema ?? 1, isWritable: snapshot?.isWritable ?? false, reasons, now };
  }

  basis(node: BeadsNode): readonly unknown[] | undefined {
    const content = this.tree.content(node);
    if (content === undefined) return undefined;
    if (node.kind !== "row") return [content];
    const row = this.tree.row(node);
    const { schema, isWritable, reasons, now } = this.moment;
    return [row, row === undefined ? undefined : reasons.get(row), schema, isWritable, now];
  }

  face(node: BeadsNode): Face | undefined {
    switch (node.kind) {
      case "row": {
        const row = this.tree.row(node);
        return row === undefined ? undefined : rowFace(row, this.moment);
      }
      case "finished": {
        const count = this.tree.finishedCount(node);
        return count === 0 ? undefined : finishedFace(count);
      }
      case "pane":
      case "status":
      case "agent": {
        const group = this.tree.group(node);
        return group === undefined ? undefined : groupFace(group);
      }
    }
  }

  hasHover(node: BeadsNode): boolean {
    return node.kind === "row";
  }
}
