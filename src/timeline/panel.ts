// The editor tab that shows the timeline of a session. Its content and the handlers of its buttons are parameters.
import { randomBytes } from "node:crypto";
import * as vscode from "vscode";
import { DisposableStore } from "../util/disposableStore";
import type { Event } from "../util/event";
import { timelineHtml } from "./html";
import { readMessageToHost, readState, type MessageToHost, type MessageToWebview, type TimelineData } from "./messages";
import { fill, type TimelineStrings } from "./strings";

const timelineViewType = "ntmAssignments.timeline";

export interface TimelineSource {
  readonly sessionName: () => string;
  /** What there is to show now; `undefined` while it is being read. */
  readonly data: () => TimelineData | undefined;
  readonly onDidChange: Event<void>;
}

export interface TimelineHandlers {
  readonly reveal: (beadId: string) => void;
  readonly showHistory: (beadId: string) => void;
  readonly saveSvg: (svg: string) => void;
  readonly exportCsv: () => void;
}

export interface TimelinePanelParts {
  readonly extensionUri: vscode.Uri;
  readonly source: TimelineSource;
  readonly actions: TimelineHandlers;
  readonly strings: TimelineStrings;
}

/** Changes within one frame of the screen are shown together. */
const frameMs = 16;

export class TimelinePanel implements vscode.Disposable {
  private readonly disposables = new DisposableStore();
  private readonly closed = new vscode.EventEmitter<void>();
  readonly onDidClose = this.closed.event;
  /** Whether the page has asked for its content. It asks anew whenever it is loaded, also after it was hidden. */
  private isReady = false;
  /** Whether the page has its strings. */
  private isShown = false;
  private isBehind = false;
  private timer: NodeJS.Timeout | undefined;
  private sought: string | undefined;

  /** Opens a new tab. */
  static open(parts: TimelinePanelParts): TimelinePanel {
    const title = fill(parts.strings.title, parts.source.sessionName());
    const panel = vscode.window.createWebviewPanel(timelineViewType, title, vscode.ViewColumn.Active);
    return new TimelinePanel(panel, parts);
  }

  /** Takes over a panel: a new one, or one that the editor restores after a reload. */
  constructor(
    private readonly panel: vscode.WebviewPanel,
    private readonly parts: TimelinePanelParts,
  ) {
    const { webview } = panel;
    const dist = vscode.Uri.joinPath(parts.extensionUri, "dist");
    const media = vscode.Uri.joinPath(parts.extensionUri, "media");
    webview.options = { enableScripts: true, enableForms: false, localResourceRoots: [dist] };
    panel.iconPath = vscode.Uri.joinPath(media, "icon.png");
    this.disposables.add(webview.onDidReceiveMessage((message: unknown) => { this.receive(message); })); // prettier-ignore
    this.disposables.add(parts.source.onDidChange(() => { this.changed(); })); // prettier-ignore
    this.disposables.add(panel.onDidChangeViewState(() => { this.changed(); })); // prettier-ignore
    panel.onDidDispose(() => {
      this.release();
    });
    webview.html = timelineHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("hex"),
      script: webview.asWebviewUri(vscode.Uri.joinPath(dist, "timeline.js")).toString(),
      style: webview.asWebviewUri(vscode.Uri.joinPath(dist, "timeline.css")).toString(),
      language: vscode.env.language,
    });
  }

  /** Brings the tab to the front and, if a bead is named, reveals its last bar. */
  show(beadId?: string): void {
    this.panel.reveal();
    if (beadId === undefined) return;
    this.sought = beadId;
    if (this.isShown && this.isReady) this.seek();
  }

  dispose(): void {
    this.panel.dispose();
  }

  private receive(value: unknown): void {
    const message = readMessageToHost(value);
    if (message !== undefined) this.act(message);
  }

  private act(message: MessageToHost): void {
    const { actions } = this.parts;
    switch (message.type) {
      case "ready":
        this.isReady = true;
        this.isShown = false;
        this.isBehind = true;
        this.update();
        return;
      case "reveal":
        actions.reveal(message.beadId);
        return;
      case "showHistory":
        actions.showHistory(message.beadId);
        return;
      case "saveSvg":
        actions.saveSvg(message.svg);
        return;
      case "exportCsv":
        actions.exportCsv();
        return;
    }
  }

  /** A hidden page is gone, and asks for its content when it is back. */
  private changed(): void {
    if (!this.panel.visible) {
      this.isReady = false;
      return;
    }
    this.isBehind = true;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.update();
    }, frameMs);
  }

  private update(): void {
    if (!this.isReady || !this.isBehind) return;
    const { source, strings } = this.parts;
    const data = source.data();
    if (data === undefined) return;
    this.isBehind = false;
    this.panel.title = fill(strings.title, data.session);
    if (this.isShown) this.post({ type: "update", data });
    else this.post({ type: "show", data, strings, language: vscode.env.language });
    this.isShown = true;
    this.seek();
  }

  private seek(): void {
    if (this.sought === undefined) return;
    this.post({ type: "select", beadId: this.sought });
    this.sought = undefined;
  }

  private post(message: MessageToWebview): void {
    // Resolves with false where the page is gone: it asks again when it is back.
    void this.panel.webview.postMessage(message);
  }

  private release(): void {
    clearTimeout(this.timer);
    this.disposables.dispose();
    this.closed.fire();
    this.closed.dispose();
  }
}

/**
 * Has the editor restore the tab after a reload.
 * @param restore takes over the panel, given the session that it showed, where that is known
 */
export function restoreTimelines(
  restore: (panel: vscode.WebviewPanel, session: string | undefined) => void,
): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(timelineViewType, {
    deserializeWebviewPanel: (panel, state: unknown) => {
      restore(panel, readState(state)?.session);
      return Promise.resolve();
    },
  });
}
