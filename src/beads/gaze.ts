// How the beads look at one moment.
import type { Assignment } from "../assignment";
import type { Attention } from "../session/attention";
import type { Face } from "../tree/face";
import type { Gaze } from "../tree/paint";
import { finishedFace, groupFace, rowFace, type Moment } from "./face";
import type { BeadsNode } from "./nodes";
import type { Suspects } from "./suspects";
import type { BeadsTree } from "./tree";

export class BeadsGaze implements Gaze<BeadsNode> {
  private readonly moment: Moment;

  /**
   * @param now milliseconds since 1970; as long as it is the same, a row that didn't change looks the same
   * @param suspects without them any bead may look different since the last look
   */
  constructor(
    private readonly tree: BeadsTree,
    private readonly attention: Attention,
    now: number,
    private readonly suspects?: Pick<Suspects, "has">,
  ) {
    const { snapshot } = tree;
    const isStuck = (row: Assignment): boolean => attention.reasonOf(row) === "stuck";
    this.moment = { schema: snapshot?.schema ?? 1, isWritable: snapshot?.isWritable ?? false, isStuck, now };
  }

  basis(node: BeadsNode): readonly unknown[] | undefined {
    const content = this.tree.content(node);
    if (content === undefined) return undefined;
    if (node.kind !== "row") return [content];
    const { schema, isWritable, now } = this.moment;
    return [content, this.attention.rule, schema, isWritable, now];
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

  mayDiffer(node: BeadsNode): boolean {
    return node.kind !== "row" || this.suspects?.has(node.beadId) !== false;
  }

  hasHover(node: BeadsNode): boolean {
    return node.kind === "row";
  }
}
