// The Beads view: its tree, view state and selection, and how a row is revealed.
import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { ensureLockAvailable } from "../../assignment";
import { setContextKeys, viewIds } from "../../contributions";
import type { ActiveSession } from "../../session/activeSession";
import type { RowActivities } from "../../session/rowActivity";
import type { AttentionTracker } from "../../session/attentionTracker";
import { escapeLinks } from "../../messages";
import { refreshIntervalMs } from "../tree/renderedTree";
import { DisposableStore } from "../../util/disposableStore";
import type { Event } from "../../util/event";
import { isFiltering, noFilter } from "./filter";
import { viewStateOf } from "./viewState";
import type { BeadsNode, RowNode } from "../../nodes";
import type { LivePanes } from "../panes/livePanes";
import { BeadsProvider } from "./provider";
import type { Expansion } from "./expansion";
import type { KeptSelection } from "./keptSelection";
import type { BeadContextOf } from "./tooltip";
import type { TreeOptionsMemento } from "./treeOptions";

/** The editor drops a request to reveal a node that it is just about to request anew. */
const revealAttempts = 4;

/** How often ages are updated while the view is visible. They are shown in minutes. */
const tickMs = 15_000;

export interface BeadsViewParts {
  readonly session: ActiveSession;
  readonly attention: AttentionTracker;
  readonly contextOf: BeadContextOf;
  readonly panes: LivePanes;
  readonly activities: RowActivities;
  readonly treeOptions: TreeOptionsMemento;
  readonly expansion: Expansion;
  readonly keptSelection: KeptSelection;
  readonly extensionUri: vscode.Uri;
  readonly dragAndDropController?: vscode.TreeDragAndDropController<BeadsNode>;
}

export class BeadsView implements vscode.Disposable {
  readonly provider: BeadsProvider;
  readonly treeView: vscode.TreeView<BeadsNode>;
  private readonly disposables = new DisposableStore();
  private ticking: NodeJS.Timeout | undefined;
  private isReadOnly = false;
  private notice = "";

  constructor(private readonly parts: BeadsViewParts) {
    const { session, attention, panes, activities, contextOf, treeOptions, expansion, extensionUri } = parts;
    const { keptSelection, dragAndDropController } = parts;
    this.provider = this.disposables.add(
      new BeadsProvider(session, attention, contextOf, panes, treeOptions, expansion, extensionUri, activities),
    );
    this.treeView = vscode.window.createTreeView(viewIds.beads, {
      treeDataProvider: this.provider,
      canSelectMany: true,
      ...(dragAndDropController === undefined ? {} : { dragAndDropController }),
    });
    this.disposables.add(this.treeView);
    for (const onDidChange of [
      attention.onDidChange,
      panes.onDidChange,
      treeOptions.onDidChange,
      expansion.onDidChange,
    ]) {
      this.disposables.add(
        onDidChange(() => {
          this.provider.update(this.treeView.visible);
          this.updateViewState();
        }),
      );
    }
    this.disposables.add(
      activities.onDidChange(() => {
        this.provider.update(this.treeView.visible);
      }),
    );
    for (const onDidChange of [session.onDidChangeList, session.onDidChangeResponsiveness]) {
      this.disposables.add(
        (onDidChange as Event<unknown>)(() => {
          this.updateViewState();
        }),
      );
    }
    this.disposables.add(
      vscode.Disposable.from(
        this.treeView.onDidExpandElement(({ element }) => expansion.set(element.id, true)),
        this.treeView.onDidCollapseElement(({ element }) => expansion.set(element.id, false)),
      ),
    );
    this.disposables.add(
      vscode.Disposable.from(
        this.treeView.onDidChangeVisibility(() => {
          this.keepTicking();
          this.restoreSelection();
        }),
        this.treeView.onDidChangeSelection(({ selection }) =>
          keptSelection.keep(session.snapshot?.sessionName, selection),
        ),
      ),
    );
  }

  /** Empty while the view is hidden, and without rows that are gone: what isn't visible isn't what the user means. */
  get selection(): readonly BeadsNode[] {
    if (!this.treeView.visible) return [];
    const { tree } = this.provider;
    return this.treeView.selection.filter((node) => node.kind !== "row" || tree.row(node) !== undefined);
  }

  /** Selects a row and scrolls to it, unfolding what hides it; a filter that hides it goes. */
  async reveal(beadId: string): Promise<void> {
    const { session, treeOptions } = this.parts;
    if (session.snapshot?.get(beadId) === undefined) return;
    if (this.provider.tree.nodeOf(beadId) === undefined) await treeOptions.setFilter(noFilter);
    for (let attempt = 1; attempt <= revealAttempts; attempt++) {
      const node = this.provider.tree.nodeOf(beadId);
      if (node === undefined) return;
      try {
        await this.treeView.reveal(node, { select: true, focus: true });
      } catch (error) {
        if (attempt === revealAttempts) throw error;
      }
      if (this.treeView.selection.some(({ id }) => id === node.id)) return;
      await sleep(refreshIntervalMs);
    }
  }

  /** The rows that need attention, from top to bottom of the tree. */
  problems(): readonly RowNode[] {
    const { tree } = this.provider;
    const { current } = this.parts.attention;
    return [...tree.rowsInOrder()].filter((node) => {
      const row = tree.row(node);
      return row !== undefined && current.reasonOf(row) !== undefined;
    });
  }

  /** The editor fires no event for its own Collapse All, so the command is wrapped. */
  async collapseAll(): Promise<void> {
    await vscode.commands.executeCommand(`workbench.actions.treeView.${viewIds.beads}.collapseAll`);
    await this.parts.expansion.collapseAll();
  }

  /** Whether ledgers can't be changed here, which the message over the tree says, and by which menus disable commands. */
  setReadOnly(isReadOnly: boolean): void {
    if (isReadOnly === this.isReadOnly) return;
    this.isReadOnly = isReadOnly;
    this.updateViewState();
  }

  /** Tries to load the lock again if that failed before. */
  checkLock(): void {
    if (!this.isReadOnly) return;
    try {
      ensureLockAvailable();
      this.setReadOnly(false);
    } catch {
      // The message over the tree goes on saying so.
    }
  }

  /** A line over the tree, besides what is wrong with the ledger; empty: none. */
  setNotice(notice: string): void {
    if (notice === this.notice) return;
    this.notice = notice;
    this.updateViewState();
  }

  dispose(): void {
    clearInterval(this.ticking);
    this.disposables.dispose();
  }

  private restoreSelection(): void {
    const { session, keptSelection } = this.parts;
    const { snapshot } = session;
    if (snapshot === undefined) return;
    keptSelection.restore(this.treeView, snapshot.sessionName, (beadId) => this.provider.visibleRow(beadId));
  }

  private keepTicking(): void {
    clearInterval(this.ticking);
    if (!this.treeView.visible) return;
    this.provider.tick();
    this.ticking = setInterval(() => {
      this.provider.tick();
    }, tickMs);
  }

  private updateViewState(): void {
    const { session, attention, panes, treeOptions } = this.parts;
    const { options } = treeOptions;
    const hidesPanes = options.grouping !== "pane" || isFiltering(options.filter);
    const { description, message, badge, contextKeys } = viewStateOf({
      list: session.list,
      snapshot: session.snapshot,
      attention: attention.current,
      pinned: session.pinned,
      options,
      paneCount: hidesPanes ? 0 : panes.current.withoutRows.length,
      hiddenCount: isFiltering(options.filter) ? this.provider.tree.hiddenCount : 0,
      unresponsive: session.isUnresponsive ? session.storageDir : undefined,
      isReadOnly: this.isReadOnly,
      notice: this.notice,
    });
    if (this.treeView.description !== description) this.treeView.description = description;
    const line = escapeLinks(message);
    if (this.treeView.message !== line) this.treeView.message = line;
    if (this.treeView.badge?.value !== badge?.value || this.treeView.badge?.tooltip !== badge?.tooltip) {
      this.treeView.badge = badge;
    }
    setContextKeys(contextKeys);
    this.restoreSelection();
  }
}
