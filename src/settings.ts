// What a person set, checked: a value that makes no sense counts as not set.
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { prefix, settingDefaults, type Settings } from "./contributions";
import type { StuckAfter } from "./session/attention";

const isMinutes = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;

const checks: { readonly [Name in keyof Settings]: (value: unknown) => boolean } = {
  storageFolder: (value) => typeof value === "string",
  notifications: (value) => value === "off" || value === "failed" || value === "all",
  "stuckAfter.assigned": isMinutes,
  "stuckAfter.working": isMinutes,
  "stuckAfter.claiming": isMinutes,
  "stuckAfter.claimed": isMinutes,
};

export function setting<Name extends keyof Settings>(name: Name): Settings[Name] {
  const value = vscode.workspace.getConfiguration(prefix).get<Settings[Name]>(name);
  return value !== undefined && checks[name](value) ? value : settingDefaults[name];
}

export function onDidChangeSettings(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration(prefix)) listener();
  });
}

/** Where the session folders are, when somebody said so; a `~` stands for the home folder, a relative path for nothing. */
export function storageFolder(): string | undefined {
  const folder = setting("storageFolder").replace(/^~(?=$|[/\\])/, os.homedir());
  return path.isAbsolute(folder) ? path.normalize(folder) : undefined;
}

export function stuckAfter(): StuckAfter {
  return {
    assigned: setting("stuckAfter.assigned"),
    working: setting("stuckAfter.working"),
    claiming: setting("stuckAfter.claiming"),
    claimed: setting("stuckAfter.claimed"),
  };
}
