// Progress of what takes ntm some seconds: in the view at once, and with a button that cancels when it takes longer.
import * as vscode from "vscode";
import { viewIds } from "../../contributions";
import { escapeLinks } from "../../text";

/** A dispatch takes two to three seconds: before that a notification would only flash. */
const quietMs = 1500;

/** @param report shows what is being done now */
export async function withNtmProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string) => void) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController();
  let show: ((message: string) => void) | undefined;
  let message = "";
  const running = work(cancel.signal, (now) => {
    message = now;
    show?.(now);
  });
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title: escapeLinks(title), cancellable: true };
    void vscode.window.withProgress(options, async (progress, token) => {
      show = (now) => {
        progress.report({ message: escapeLinks(now) });
      };
      show(message);
      token.onCancellationRequested(() => {
        cancel.abort();
      });
      // The caller that started the work handles its failure.
      await running.catch(() => undefined);
    });
  }, quietMs);
  try {
    return await vscode.window.withProgress({ location: { viewId: viewIds.beads } }, () => running);
  } finally {
    clearTimeout(timer);
  }
}
