// How the beads look at one moment.
import type { Attention } from "../../attention/attention";
import type { TreeItemPresentation } from "../../treeView/presentation";
import type { TreePresenter } from "../../treeView/renderedTree";
import { finishedPresentation, groupPresentation } from "./groupPresentation";
import { rowPresentation, type PresentationContext } from "./rowPresentation";
import type { RowActivities } from "../../session/rowActivity";
import type { BeadsNode, FinishedNode, GroupNode } from "../../nodes";
import type { DirtyBeads } from "../tree/dirtyBeads";
import type { BeadsTree } from "../tree/beadsTree";

export class BeadsPresenter implements TreePresenter<BeadsNode> {
  private readonly context: PresentationContext;

  /**
   * @param now milliseconds since 1970; as long as it is the same, a row that didn't change looks the same
   * @param dirty without them any bead may look different since the last look
   */
  constructor(
    private readonly tree: BeadsTree,
    private readonly attention: Attention,
    now: number,
    private readonly isExpanded: (node: GroupNode | FinishedNode) => boolean,
    private readonly dirty?: Pick<DirtyBeads, "has">,
    private readonly activities?: Pick<RowActivities, "of" | "version">,
  ) {
    const { snapshot } = tree;
    this.context = {
      schema: snapshot?.schema ?? 1,
      isWritable: snapshot?.isWritable ?? false,
      problemOf: (row) => attention.problemOf(row),
      activityOf: ({ bead_id: beadId }) => activities?.of(snapshot?.sessionName ?? "", beadId),
      now,
    };
  }

  inputs(node: BeadsNode): readonly unknown[] | undefined {
    const content = this.tree.content(node);
    if (content === undefined) return undefined;
    const { schema, isWritable, now } = this.context;
    switch (node.kind) {
      case "row":
        return [
          content,
          this.attention.rule,
          this.attention.signals.get(node.beadId),
          this.activities?.of(this.tree.snapshot?.sessionName ?? "", node.beadId),
          schema,
          isWritable,
          now,
        ];
      case "pane":
        // Only a collapsed pane shows how long its agent has been at what it does.
        return this.isExpanded(node)
          ? [content, this.tree.paneStatus(node), this.tree.paneStatus(node)?.isTimed === true && now]
          : [
              content,
              this.tree.paneStatus(node),
              this.attention.rule,
              this.attention.signals,
              this.activities?.version,
              now,
            ];
      case "finished":
      case "status":
      case "agent":
        return [content];
    }
  }

  presentation(node: BeadsNode): TreeItemPresentation | undefined {
    switch (node.kind) {
      case "row": {
        const row = this.tree.row(node);
        return row === undefined ? undefined : rowPresentation(row, this.context);
      }
      case "finished": {
        const count = this.tree.finishedCount(node);
        return count === 0 ? undefined : finishedPresentation(count);
      }
      case "pane":
      case "status":
      case "agent": {
        const group = this.tree.group(node);
        return group === undefined
          ? undefined
          : groupPresentation(group, this.isExpanded(node), this.context, this.tree.paneStatus(node));
      }
    }
  }

  mayDiffer(node: BeadsNode): boolean {
    return node.kind !== "row" || this.dirty?.has(node.beadId) !== false;
  }

  hasHover(node: BeadsNode): boolean {
    return node.kind === "row";
  }
}
