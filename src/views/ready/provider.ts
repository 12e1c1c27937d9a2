// The tree data provider of the Ready view, in the tracker's own order.
import * as vscode from "vscode";
import { sanitize } from "../../messages";
import { escapeMarkdown } from "../../messages/sanitize";
import { operatorGateOf } from "../../tracker/operatorGates";
import type { ReadyBead } from "../../tracker/ready";
import type { ReadyNode } from "../../nodes";
import { RenderedTree, type Tree } from "../tree/renderedTree";
import { type TreeItemPresentation, treeItem } from "../tree/treeItem";

export class ReadyProvider implements vscode.TreeDataProvider<ReadyNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<ReadyNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly rendered = new RenderedTree<ReadyNode>();
  private nodes = new Map<string, ReadyNode>();
  private beads = new Map<string, ReadyBead>();
  private mutexes: Mutexes = new Map();
  private roots: readonly ReadyNode[] = [];

  constructor(private readonly extensionUri: vscode.Uri) {}

  /** @param mutexes the labels that ntm gives to one bead at a time, with the bead that has each */
  show(beads: readonly ReadyBead[], mutexes: Mutexes): void {
    const before = this.nodes;
    this.mutexes = mutexes;
    this.beads = new Map(beads.map((bead) => [bead.id, bead]));
    this.nodes = new Map(
      [...this.beads.keys()].map((beadId) => [
        beadId,
        before.get(beadId) ?? { kind: "ready", id: `ready:${beadId}`, beadId },
      ]),
    );
    this.roots = [...this.nodes.values()];
    const tree: Tree<ReadyNode> = { roots: this.roots, children: () => [] };
    const outdated = this.rendered.outdated(tree, {
      inputs: (node) => this.inputs(node),
      presentation: (node) => this.presentation(node),
      hasHover: () => true,
    });
    if (outdated === "everything") this.changed.fire(undefined);
    else if (outdated.length > 0) this.changed.fire([...outdated]);
  }

  getChildren(node?: ReadyNode): ReadyNode[] {
    const children = node === undefined ? this.roots : [];
    this.rendered.didRenderChildren(node, children);
    return [...children];
  }

  /** All of them are on the first level. */
  getParent(): undefined {
    return undefined;
  }

  getTreeItem(node: ReadyNode): vscode.TreeItem {
    const inputs = this.inputs(node);
    if (inputs === undefined) return new vscode.TreeItem("");
    const presentation = this.rendered.presentation(node, inputs) ?? readyPresentation(...inputs);
    this.rendered.didRenderItem(node, presentation, inputs);
    return treeItem(node.id, presentation, vscode.TreeItemCollapsibleState.None, this.extensionUri);
  }

  resolveTreeItem(item: vscode.TreeItem, node: ReadyNode): vscode.TreeItem {
    const bead = this.beads.get(node.beadId);
    if (bead !== undefined) item.tooltip = new vscode.MarkdownString(readyHover(bead));
    return item;
  }

  dispose(): void {
    this.changed.dispose();
  }

  private inputs(node: ReadyNode): readonly [bead: ReadyBead, obstacle: string] | undefined {
    const bead = this.beads.get(node.beadId);
    return bead === undefined ? undefined : [bead, obstacleOf(bead, this.mutexes)];
  }

  private presentation(node: ReadyNode): TreeItemPresentation | undefined {
    const inputs = this.inputs(node);
    return inputs && readyPresentation(...inputs);
  }
}

type Mutexes = ReadonlyMap<string, string>;

/** Why ntm doesn't assign a bead now, in a few words; empty if it does. */
export function obstacleOf({ labels }: ReadyBead, mutexes: Mutexes): string {
  const gate = operatorGateOf(labels);
  if (gate !== undefined) return vscode.l10n.t("held for an operator ({0})", sanitize(gate, 40));
  const label = labels.find((one) => mutexes.has(one));
  const holder = label === undefined ? undefined : mutexes.get(label);
  return holder === undefined ? "" : vscode.l10n.t("waits for {0} (same mutex)", sanitize(holder, 40));
}

/** @param obstacle why ntm doesn't assign it now; empty if it does */
export function readyPresentation(bead: ReadyBead, obstacle = ""): TreeItemPresentation {
  const id = sanitize(bead.id, 80);
  const { priority } = bead;
  const details = [
    obstacle,
    sanitize(bead.title, 200),
    ...bead.labels.slice(0, 10).map((label) => sanitize(label, 40)),
  ].filter((detail) => detail !== "");
  return {
    label: priority === undefined ? id : `P${priority} ${id}`,
    description: details.join(" · "),
    icon: obstacle === "" ? "circle-outline" : "circle-slash",
    color: obstacle === "" ? undefined : "disabledForeground",
    contextValue: "ready",
    accessibilityLabel: [
      id,
      ...(priority === undefined ? [] : [vscode.l10n.t("priority {0}", priority)]),
      ...details,
    ].join(", "),
  };
}

/** Markdown without links. */
export function readyHover(bead: ReadyBead): string {
  const title = escapeMarkdown(bead.title, 300);
  const facts = [
    bead.priority === undefined ? "" : vscode.l10n.t("Priority: {0}", bead.priority),
    bead.issue_type === undefined ? "" : vscode.l10n.t("Type: {0}", bead.issue_type),
    bead.labels.length === 0 ? "" : vscode.l10n.t("Labels: {0}", bead.labels.slice(0, 20).join(", ")),
  ];
  return [
    `**${escapeMarkdown(bead.id, 200)}**${title === "" ? "" : ` ${title}`}`,
    facts
      .filter((fact) => fact !== "")
      .map((fact) => escapeMarkdown(fact, 300))
      .join("  \n"),
    escapeMarkdown(bead.description, 600),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}
