import * as vscode from "vscode";
import { contextKeys, type ContextKeys } from "./contributions";

const sent = new Map<string, unknown>();

/** Sets context keys for menus and welcome views; only changed values are sent to the editor. */
export function setContextKeys(values: Partial<ContextKeys>): void {
  for (const [name, value] of Object.entries(values)) {
    const key = contextKeys[name as keyof ContextKeys];
    if (sent.get(key) === value) continue;
    sent.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}
