// A tree as text, one line per node: children are indented, and `:` separates label and description.
import type { TreeItemPresentation } from "../../src/views/tree/treeItem";

export interface ReadableTree<Node> {
  readonly roots: readonly Node[];
  children(node: Node): readonly Node[];
}

export function treeText<Node>(
  tree: ReadableTree<Node>,
  presentationOf: (node: Node) => TreeItemPresentation | undefined,
): string[] {
  const below = (nodes: readonly Node[], indent: string): string[] =>
    nodes.flatMap((node) => {
      const { label, description } = presentationOf(node) ?? { label: "(gone)", description: "" };
      const line = description === "" ? label : `${label}: ${description}`;
      return [`${indent}${line}`, ...below(tree.children(node), `${indent}  `)];
    });
  return below(tree.roots, "");
}
