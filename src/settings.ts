// The validated settings; an invalid value is treated as not set.
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { prefix, settingDefaults, type Settings } from "./contributions";
import type { StuckAfter } from "./attention/attention";
import type { Experience } from "./attention/signal";

const isText = (value: unknown): boolean => typeof value === "string";
const isMinutes = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;

const checks: { readonly [Name in keyof Settings]: (value: unknown) => boolean } = {
  storageFolder: isText,
  notifications: (value) => value === "off" || value === "failed" || value === "all",
  "programs.br": (value) => typeof value === "string",
  "programs.ntm": (value) => typeof value === "string",
  "stuckAfter.assigned": isMinutes,
  "stuckAfter.working": (value) => value === "auto" || isMinutes(value),
  "stuckAfter.claiming": isMinutes,
  "stuckAfter.claimed": isMinutes,
  reservedFiles: (value) => typeof value === "boolean",
  tmux: (value) => value === "auto" || value === "off",
  "programs.tmux": isText,
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

/** The configured folder of the session folders; `~` is the home folder, a relative path is ignored. */
export function storageFolder(): string | undefined {
  return absolutePath(setting("storageFolder"));
}

/** The configured path of a program, in the same form; `undefined`: it is looked up in `PATH`. */
export function programPath(program: "br" | "ntm" | "tmux"): string | undefined {
  return absolutePath(setting(`programs.${program}`));
}

function absolutePath(text: string): string | undefined {
  const file = text.replace(/^~(?=$|[/\\])/, os.homedir());
  return path.isAbsolute(file) ? path.normalize(file) : undefined;
}

/** What holds for an agent without experience when `stuckAfter.working` is `auto`. */
const minutesWithoutExperience = 120;

/** @param experience what the history of the active session tells */
export function stuckAfter(experience: readonly Experience[]): StuckAfter {
  const working = setting("stuckAfter.working");
  return {
    assigned: setting("stuckAfter.assigned"),
    working: working === "auto" ? minutesWithoutExperience : working,
    claiming: setting("stuckAfter.claiming"),
    claimed: setting("stuckAfter.claimed"),
    experience: working === "auto" ? experience : [],
  };
}
