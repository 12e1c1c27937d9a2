// The desktop VS Code of this machine with its own profile, which makes it a separate program: it can have another home folder and
// be ended while other windows stay open.
import * as fs from "node:fs";
import * as path from "node:path";
import { atExit } from "../test/support/atExit";
import { ProcessTree } from "../test/support/processTree";
import { TempFolder } from "../test/support/tempFolder";

export interface DesktopOptions {
  /** Folder of the extension under development. */
  readonly extension: string;
  /** The home folder that the extension sees. */
  readonly home: string;
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** `code` on PATH, if it can open a window: it needs a display, doesn't run as root, and is another program in a remote terminal. */
export function desktopProgram(): string | undefined {
  const { DISPLAY, WAYLAND_DISPLAY, VSCODE_IPC_HOOK_CLI, PATH = "" } = process.env;
  const hasDisplay = process.platform !== "linux" || DISPLAY !== undefined || WAYLAND_DISPLAY !== undefined;
  if (!hasDisplay || VSCODE_IPC_HOOK_CLI !== undefined || process.getuid?.() === 0) return undefined;
  // On Windows what is on PATH is a script for the shell; the program is beside its folder.
  const name = process.platform === "win32" ? path.join("..", "Code.exe") : "code";
  return PATH.split(path.delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file));
}

/** Opens a window. The returned promise resolves when it was closed. */
export async function openDesktop(program: string, { extension, home, folder, env }: DesktopOptions): Promise<void> {
  const profile = new TempFolder("profile");
  const args = [
    "--new-window",
    "--skip-welcome",
    "--disable-workspace-trust",
    // Without it the command line returns at once instead of when the program ends.
    "--verbose",
    `--user-data-dir=${path.join(profile.path, "data")}`,
    `--extensions-dir=${path.join(profile.path, "extensions")}`,
    `--extensionDevelopmentPath=${extension}`,
    ...(folder === undefined ? [] : [folder]),
  ];
  const spare = atExit(() => {
    endProgram(path.join(profile.path, "data/code.lock"));
  });
  const tree = new ProcessTree(program, args, {
    env: { ...process.env, ...env, HOME: home, USERPROFILE: home },
    stdio: "ignore",
  });
  const how = await tree.ended;
  spare();
  profile.remove();
  if (how !== "exit code 0") throw new Error(`${program} ended: ${how}`);
}

/** The command line starts the program apart from itself; the program notes its process id in its profile. */
function endProgram(lockFile: string): void {
  if (!fs.existsSync(lockFile)) return;
  const pid = Number.parseInt(fs.readFileSync(lockFile, "utf8"), 10);
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
