import * as vscode from "vscode";
import { contextKeys, type ContextKeys } from "./contributions";

const told = new Map<string, unknown>();

/** Tells menus and welcomes what holds; the editor only hears of what changed. */
export function setContextKeys(values: Partial<ContextKeys>): void {
  for (const [name, value] of Object.entries(values)) {
    const key = contextKeys[name as keyof ContextKeys];
    if (told.get(key) === value) continue;
    told.set(key, value);
    void vscode.commands.executeCommand("setContext", key, value);
  }
}
