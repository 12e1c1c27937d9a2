// The tree data provider of the Beads view; fires the nodes whose tree item changed.
import * as vscode from "vscode";
import { rowHold } from "../../assignment";
import { commandId } from "../../contributions";
import { historyUri } from "../history/historyDocuments";
import { type BeadContextOf, hoverMarkdown } from "./tooltip";
import type { ActiveSession } from "../../session/activeSession";
import type { RowActivities } from "../../session/rowActivity";
import type { AttentionTracker } from "../../session/attentionTracker";
import { refreshIntervalMs, RenderedTree } from "../tree/renderedTree";
import { treeItem } from "../tree/treeItem";
import { reasons } from "../../messages/reasons";
import { firstAvailable } from "./contextValue";
import { BeadsPresenter } from "./presenter";
import { unfoldedRows } from "./grouping";
import type { BeadsNode, FinishedNode, GroupNode, RowNode } from "../../nodes";
import type { TreeOptionsMemento } from "./treeOptions";
import type { Expansion } from "./expansion";
import { BeadsTree } from "./beadsTree";
import type { LivePanes } from "../panes/livePanes";
import { Throttle } from "../../util/throttle";

/** With more panes than this, each begins collapsed: one line per agent, all of them on one screen. */
const expandedPanes = 10;

export class BeadsProvider implements vscode.TreeDataProvider<BeadsNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<BeadsNode[] | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly rendered = new RenderedTree<BeadsNode>();
  private latest: BeadsTree | undefined;
  private isCurrent = false;
  /** Moves on with the ticks alone, so that between them an unchanged row has an unchanged presentation. */
  private now = Date.now();
  private isVisible = false;
  private readonly refreshing: Throttle;

  constructor(
    private readonly session: Pick<ActiveSession, "snapshot">,
    private readonly attention: Pick<AttentionTracker, "current">,
    private readonly contextOf: BeadContextOf,
    private readonly panes: Pick<LivePanes, "current">,
    private readonly treeOptions: Pick<TreeOptionsMemento, "options">,
    private readonly expansion: Pick<Expansion, "isExpanded">,
    private readonly extensionUri: vscode.Uri,
    private readonly activities?: Pick<RowActivities, "of">,
    intervalMs = refreshIntervalMs,
  ) {
    this.refreshing = new Throttle(() => {
      this.refresh();
    }, intervalMs);
  }

  /** The current tree, created on demand. */
  get tree(): BeadsTree {
    if (this.latest === undefined || !this.isCurrent) {
      const sources = { panes: this.panes.current, attention: this.attention.current };
      this.latest = new BeadsTree(this.session.snapshot, this.treeOptions.options, this.latest, sources);
      this.isCurrent = true;
    }
    return this.latest;
  }

  /** Called after the ledger, attention, panes, activities or options changed. A hidden tree is computed when it is shown again. */
  update(isVisible: boolean): void {
    this.isCurrent = false;
    this.requestRefresh(isVisible);
  }

  /** Time went by. */
  tick(): void {
    this.now = Date.now();
    this.requestRefresh(true);
  }

  getChildren(node?: BeadsNode): BeadsNode[] {
    const children = this.tree.children(node);
    this.rendered.didRenderChildren(node, children);
    return [...children];
  }

  /** The label of a node as it is shown. */
  labelOf(node: BeadsNode): string {
    return this.presenter.presentation(node)?.label ?? "";
  }

  /** The node of a bead; `undefined` if it isn't in the tree, or is in a collapsed node. */
  visibleRow(beadId: string): RowNode | undefined {
    const row = this.tree.nodeOf(beadId);
    for (let node = row && this.tree.parent(row); node !== undefined; node = this.tree.parent(node)) {
      if (node.kind === "row" || !this.isExpanded(node)) return undefined;
    }
    return row;
  }

  getParent(node: BeadsNode): BeadsNode | undefined {
    return this.tree.parent(node);
  }

  getTreeItem(node: BeadsNode): vscode.TreeItem {
    const { presenter } = this;
    const inputs = presenter.inputs(node);
    const presentation = inputs && (this.rendered.presentation(node, inputs) ?? presenter.presentation(node));
    // The editor may request a removed node before it handles the change event.
    if (presentation === undefined || inputs === undefined) return new vscode.TreeItem("");
    this.rendered.didRenderItem(node, presentation, inputs);
    const item = treeItem(node.id, presentation, this.collapsibleState(node), this.extensionUri);
    const resourceUri = this.historyOf(node);
    if (resourceUri !== undefined) item.resourceUri = resourceUri;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, node: BeadsNode): vscode.TreeItem {
    item.tooltip = node.kind === "row" ? this.hover(node) : this.groupHover(node);
    return item;
  }

  dispose(): void {
    this.refreshing.dispose();
    this.changed.dispose();
  }

  private requestRefresh(isVisible: boolean): void {
    this.isVisible = isVisible;
    this.refreshing.request();
  }

  private refresh(): void {
    if (!this.isVisible) {
      this.changed.fire(undefined);
      return;
    }
    const outdated = this.rendered.outdated(this.tree, this.presenter);
    if (outdated === "everything") this.changed.fire(undefined);
    else if (outdated.length > 0) this.changed.fire([...outdated]);
  }

  private hover(node: RowNode): vscode.MarkdownString | undefined {
    const row = this.tree.row(node);
    if (row === undefined) return undefined;
    const problem = this.attention.current.problemOf(row);
    const contextValue = this.presenter.presentation(node)?.contextValue ?? "";
    const commands = problem === undefined ? [] : [reasons[problem.reason].command];
    // Only where the hover says what to do next.
    const needsHelp = problem !== undefined || rowHold(row) !== undefined;
    const help = needsHelp ? firstAvailable(contextValue, [...commands, "copyNtmCommand"]) : undefined;
    const markdown = new vscode.MarkdownString(
      hoverMarkdown(row, problem, Date.now(), this.contextOf(row.bead_id), help),
    );
    const links = help === undefined ? (["showDetails"] as const) : (["showDetails", help] as const);
    markdown.isTrusted = { enabledCommands: links.map(commandId) };
    return markdown;
  }

  /** What the node is decorated by, and what opens when it is dropped on an editor. */
  private historyOf(node: BeadsNode): vscode.Uri | undefined {
    const { sessionName } = this.session.snapshot ?? {};
    if (sessionName === undefined) return undefined;
    if (node.kind === "row") return historyUri({ sessionName, beadId: node.beadId });
    return node.kind === "pane" ? historyUri({ sessionName, pane: node.identity }) : undefined;
  }

  private groupHover(node: GroupNode | FinishedNode): string | undefined {
    const label = this.presenter.presentation(node)?.accessibilityLabel;
    const advice = node.kind === "pane" ? this.tree.paneStatus(node)?.advice : undefined;
    return advice === undefined || advice === "" ? label : `${label ?? ""}\n\n${advice}`;
  }

  private get presenter(): BeadsPresenter {
    const isExpanded = (node: GroupNode | FinishedNode): boolean => this.isExpanded(node);
    return new BeadsPresenter(this.tree, this.attention.current, this.now, isExpanded, this.activities);
  }

  private collapsibleState(node: BeadsNode): vscode.TreeItemCollapsibleState {
    const isLeaf = node.kind === "row" || (node.kind === "pane" && this.tree.group(node)?.rows.length === 0);
    if (isLeaf) return vscode.TreeItemCollapsibleState.None;
    return this.isExpanded(node) ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed;
  }

  private isExpanded(node: GroupNode | FinishedNode): boolean {
    const { rows = [], panes = [] } = (node.kind === "finished" ? undefined : this.tree.group(node)) ?? {};
    const hasPanes = panes.length > 0;
    // What is asked for the first time counts for later: a pane has no beads yet.
    if (node.kind === "pane" && rows.length === 0) return true;
    const isOneOfMany = node.kind === "pane" && this.tree.roots.length > expandedPanes;
    const isAside = isOneOfMany || (node.kind === "attention" && node.group === "snoozed");
    return this.expansion.isExpanded(node.id, !isAside && (hasPanes || unfoldedRows(rows).length > 0));
  }
}
