// The log: the output channel "NTM Assignments".
import * as vscode from "vscode";

/** The part of an output channel that the other modules need, so that they run without the editor. */
export type Log = Pick<vscode.LogOutputChannel, "debug" | "info" | "warn" | "error">;

export function createLog(): vscode.LogOutputChannel {
  return vscode.window.createOutputChannel("NTM Assignments", { log: true });
}
