// The other end: the extension, through the editor's messages.
import {
  readMessageToWebview,
  readState,
  type MessageToHost,
  type MessageToWebview,
  type TimelineState,
} from "../messages";

interface EditorApi {
  postMessage(message: MessageToHost): void;
  getState(): unknown;
  setState(state: TimelineState): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** How long the last change of the view may go unsaved. */
const saveAfterMs = 200;

export class Host {
  private readonly api = acquireVsCodeApi();
  private unsaved: TimelineState | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;

  post(message: MessageToHost): void {
    this.api.postMessage(message);
  }

  listen(listener: (message: MessageToWebview) => void): void {
    window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
      const message = readMessageToWebview(data);
      // Anything else isn't from this version of the extension.
      if (message !== undefined) listener(message);
    });
    window.addEventListener("pagehide", () => {
      this.saveNow();
    });
  }

  get state(): TimelineState | undefined {
    return readState(this.api.getState());
  }

  save(state: TimelineState): void {
    this.unsaved = state;
    this.timer ??= setTimeout(() => {
      this.saveNow();
    }, saveAfterMs);
  }

  private saveNow(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.unsaved !== undefined) this.api.setState(this.unsaved);
    this.unsaved = undefined;
  }
}
