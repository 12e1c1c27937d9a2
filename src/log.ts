// What the extension did and what went wrong, for the person who asks: the output channel "NTM Assignments".
import * as vscode from "vscode";

/** As much of an output channel as the rest needs, so that it can be had without an editor. */
export type Log = Pick<vscode.LogOutputChannel, "debug" | "info" | "warn" | "error">;

export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel("NTM Assignments", { log: true });
}
