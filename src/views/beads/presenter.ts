// The tree items of rows and groups at one point in time.
import type { Attention } from "../../session/attention";
import type { TreeItemPresentation } from "../tree/treeItem";
import type { TreePresenter } from "../tree/renderedTree";
import { finishedPresentation, groupPresentation } from "./groupItem";
import { rowPresentation, type PresentationContext } from "./rowItem";
import type { RowActivities } from "../../session/rowActivity";
import type { BeadsNode, FinishedNode, GroupNode } from "../../nodes";
import type { BeadsTree } from "./beadsTree";

export class BeadsPresenter implements TreePresenter<BeadsNode> {
  private readonly context: PresentationContext;

  /**
   * @param now milliseconds since 1970; while it is the same, an unchanged row has the same tree item
   */
  constructor(
    private readonly tree: BeadsTree,
    private readonly attention: Attention,
    now: number,
    private readonly isExpanded: (node: GroupNode | FinishedNode) => boolean,
    activities?: Pick<RowActivities, "of">,
  ) {
    const { snapshot } = tree;
    this.context = {
      schema: snapshot?.schema ?? 1,
      isWritable: snapshot?.isWritable ?? false,
      problemOf: (row) => attention.problemOf(row),
      activityOf: ({ bead_id: beadId }) => activities?.of(snapshot?.sessionName ?? "", beadId),
      namesPane: tree.options.grouping !== "pane",
      now,
    };
  }

  /** A row that didn't change is the same object; groups are computed anew, as are their tree items. */
  inputs(node: BeadsNode): readonly unknown[] | undefined {
    switch (node.kind) {
      case "row": {
        const row = this.tree.row(node);
        if (row === undefined) return undefined;
        const { schema, isWritable, namesPane, now, activityOf } = this.context;
        const { reason, since, text, snoozedUntil } = this.attention.problemOf(row) ?? {};
        return [row, reason, since, text, snoozedUntil, activityOf?.(row), schema, isWritable, namesPane, now];
      }
      case "finished":
        return this.tree.finishedCount(node) === 0 ? undefined : [this.tree.finishedCount(node)];
      case "pane":
      case "status":
      case "agent":
      case "attention": {
        const group = this.tree.group(node);
        const { now } = this.context;
        return group && [group, this.isExpanded(node), now];
      }
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
      case "agent":
      case "attention": {
        const group = this.tree.group(node);
        return group === undefined
          ? undefined
          : groupPresentation(group, this.isExpanded(node), this.context, this.tree.paneStatus(node));
      }
    }
  }

  hasHover(node: BeadsNode): boolean {
    return node.kind === "row";
  }
}
