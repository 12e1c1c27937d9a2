// A tree as text, a line for each node: what stands under a node is indented, and `:` is between label and description.
import type { Face } from "../../src/tree/face";

export interface DrawnTree<Node> {
  readonly roots: readonly Node[];
  children(node: Node): readonly Node[];
}

export function drawing<Node>(tree: DrawnTree<Node>, faceOf: (node: Node) => Face | undefined): string[] {
  const below = (nodes: readonly Node[], indent: string): string[] =>
    nodes.flatMap((node) => {
      const { label, description } = faceOf(node) ?? { label: "(gone)", description: "" };
      const line = description === "" ? label : `${label}: ${description}`;
      return [`${indent}${line}`, ...below(tree.children(node), `${indent}  `)];
    });
  return below(tree.roots, "");
}
