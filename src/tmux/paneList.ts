// Asks tmux for the panes of all its sessions, with one process.
import { randomBytes } from "node:crypto";
import { paneFormat, parsePanes, type TmuxPane } from "./paneFormat";
import { runTmux, TmuxError, type TmuxFailure, type TmuxOptions } from "./program";

export type PaneList =
  | { readonly kind: "panes"; readonly panes: readonly TmuxPane[] }
  | { readonly kind: "no-tmux" }
  /** No server listens on this environment's socket. Another one may run with another socket. */
  | { readonly kind: "no-server" }
  | {
      readonly kind: "failed";
      readonly reason: Exclude<TmuxFailure, "no-tmux" | "no-server">;
      /** What tmux said, for the log. */
      readonly detail: string;
    };

/** Some thousand panes, each of whose texts is as long as it is taken. */
const maxOutputBytes = 8 * 1024 * 1024;

/** It never starts a server, and never attaches to one. */
export async function listPanes(options: TmuxOptions = {}): Promise<PaneList> {
  // Unknown before the request, so that no title and no option can hold it.
  const marker = randomBytes(12).toString("hex");
  try {
    const { stdout } = await runTmux(["list-panes", "-a", "-F", paneFormat(marker)], maxOutputBytes, options);
    const panes = parsePanes(stdout, marker);
    if (panes !== undefined) return { kind: "panes", panes };
    return { kind: "failed", reason: "unparseable", detail: JSON.stringify(stdout.slice(0, 200)) };
  } catch (error) {
    if (!(error instanceof TmuxError)) throw error;
    const { failure } = error;
    return failure === "no-tmux" || failure === "no-server"
      ? { kind: failure }
      : { kind: "failed", reason: failure, detail: error.message };
  }
}
