// The validated settings; an invalid value is treated as not set.
import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { prefix, settingDefaults, type Settings } from "./contributions";
import { projectFolder } from "./ntm/projectFolder";
import type { SessionEnvironment } from "./session/activeSession";
import type { StuckAfter } from "./session/attention";
import type { Experience } from "./session/attentionReason";
import { projectOf } from "./session/sessionList";
import { findProject, type Project } from "./tracker/project";
import type { Log } from "./util/log";

const isText = (value: unknown): boolean => typeof value === "string";
const isMinutes = (value: unknown): boolean => typeof value === "number" && Number.isFinite(value) && value >= 0;

const checks: { readonly [Name in keyof Settings]: (value: unknown) => boolean } = {
  storageFolder: isText,
  notifications: (value) => value === "off" || value === "failed" || value === "all",
  "programs.br": isText,
  "programs.ntm": isText,
  "stuckAfter.assigned": isMinutes,
  "stuckAfter.working": (value) => value === "auto" || isMinutes(value),
  "stuckAfter.claiming": isMinutes,
  "stuckAfter.claimed": isMinutes,
  reservedFiles: (value) => typeof value === "boolean",
  confirmDragAndDrop: (value) => typeof value === "boolean",
  otherSessions: (value) => typeof value === "boolean",
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

/** The configured folder of the session folders; `undefined`: ntm's default, also for a value that isn't understood. */
function storageFolder(): string | undefined {
  return absolutePath(setting("storageFolder"));
}

/** The settings that name a file or folder and are ignored, because it isn't an absolute path. */
export function ignoredPaths(): readonly { readonly name: keyof Settings; readonly value: string }[] {
  const names = ["storageFolder", "programs.br", "programs.ntm", "programs.tmux"] as const;
  return names
    .map((name) => ({ name, value: setting(name) }))
    .filter(({ value }) => value !== "" && absolutePath(value) === undefined);
}

/** The configured path of a program; `undefined`: it is looked up in `PATH`. */
export function programPath(program: "br" | "ntm" | "tmux"): string | undefined {
  return absolutePath(setting(`programs.${program}`));
}

/** `~` and `${userHome}` are the home folder, `${env:NAME}` an environment variable. */
function absolutePath(text: string): string | undefined {
  const file = text
    .trim()
    .replace(/^~(?=$|[/\\])/, os.homedir())
    .replaceAll("${userHome}", os.homedir())
    .replace(/\$\{env:([^}]+)\}/g, (_, name: string) => process.env[name] ?? "");
  return path.isAbsolute(file) ? path.normalize(file) : undefined;
}

/** What holds for an agent without experience when `stuckAfter.working` is `auto`. */
const minutesWithoutExperience = 120;

/** @param experience from the history of the active session */
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

const pinKey = "session.pinned";

export function workspaceEnvironment(workspaceState: vscode.Memento, log: Log): SessionEnvironment {
  return {
    storageFolder,
    workspaceFolders: () =>
      (vscode.workspace.workspaceFolders ?? []).flatMap(({ name, uri }) => [name, path.posix.basename(uri.path)]),
    pin: {
      get: () => workspaceState.get<string>(pinKey),
      set: (sessionName) => workspaceState.update(pinKey, sessionName),
    },
    log,
  };
}

/** Fires after a change of anything that the active session, or attention, depends on. */
export function onDidChangeEnvironment(listener: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    onDidChangeSettings(listener),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      listener();
    }),
  );
}

export function findSessionProject(sessionName: string): Promise<Project> {
  return findProject({
    sessionName,
    projectName: projectOf(sessionName),
    manifestFolder: async (name) => {
      const manifest = await projectFolder(name);
      return manifest.kind === "found" ? manifest.path : undefined;
    },
    workspaceFolders: (vscode.workspace.workspaceFolders ?? [])
      .filter(({ uri }) => uri.scheme === "file")
      .map(({ name, uri }) => ({ name, path: uri.fsPath })),
  });
}
