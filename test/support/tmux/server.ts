// A tmux server on a socket of its own, separate from every other tmux of this machine, which ends with its parent process.
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { atExit } from "../atExit";
import { TempFolder } from "../tempFolder";

export interface PaneOptions {
  /** Run by the default shell; without it the pane is a shell. */
  readonly command?: string;
  readonly title?: string;
  readonly cwd?: string;
}

export interface TmuxPane {
  /** `%N`. */
  readonly id: string;
  readonly window: number;
  readonly index: number;
  readonly pid: number;
  readonly isDead: boolean;
  readonly command: string;
  readonly title: string;
}

export interface TmuxServerOptions {
  /** Where its socket is to be, for another process than the one that made the folder. */
  readonly socketFolder?: string | undefined;
  /** The home folder that its panes see. */
  readonly home?: string;
}

const timeoutMs = 10_000;

/** Whether there is a tmux to test with. */
export function hasTmux(): boolean {
  try {
    execFileSync("tmux", ["-V"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export class TmuxServer {
  /** What a program needs in its environment for its plain `tmux` to find this server. */
  readonly env: { readonly TMUX_TMPDIR: string; readonly TMUX: ""; readonly TMUX_PANE: "" };
  readonly #home: string | undefined;
  readonly #folder: TempFolder | undefined;
  readonly #spare: () => void;
  readonly #guard: { release(): void };

  /** The server itself starts with the first session. */
  constructor({ socketFolder, home }: TmuxServerOptions = {}) {
    this.#folder = socketFolder === undefined ? new TempFolder("tmux") : undefined;
    // A tmux that this runs in itself would be found before.
    this.env = { TMUX_TMPDIR: socketFolder ?? this.#folder!.path, TMUX: "", TMUX_PANE: "" };
    this.#home = home;
    this.#spare = atExit(() => {
      this.#kill();
    });
    this.#guard = guard(this.#environment());
  }

  /** The whole environment of a program that uses this server. */
  get environment(): NodeJS.ProcessEnv {
    return this.#environment();
  }

  /** What a program in a pane has in its environment. */
  paneEnvironment(paneId: string): Readonly<Record<string, string>> {
    const socket = path.join(this.env.TMUX_TMPDIR, `tmux-${process.getuid!()}`, "default");
    return { PATH: process.env["PATH"] ?? "", TMUX: `${socket},1,0`, TMUX_PANE: paneId };
  }

  /** Starts a session with one pane. @returns the pane's id */
  newSession(name: string, options: PaneOptions = {}): string {
    return this.#newPane(["new-session", "-d", "-s", name, "-x", "160", "-y", "40"], options);
  }

  /** Adds a window to a session. @returns the id of its pane */
  newWindow(session: string, options: PaneOptions = {}): string {
    return this.#newPane(["new-window", "-d", "-t", `=${session}:`], options);
  }

  /** Adds a pane to the window of another. @returns its id */
  splitPane(paneId: string, options: PaneOptions = {}): string {
    const id = this.#newPane(["split-window", "-d", "-t", paneId], options);
    this.run("select-layout", "-t", paneId, "tiled");
    return id;
  }

  /** Runs another command in a pane, which keeps its id. */
  respawnPane(paneId: string, command: string): void {
    this.run("respawn-pane", "-k", "-t", paneId, command);
  }

  killPane(paneId: string): void {
    this.run("kill-pane", "-t", paneId);
  }

  killSession(name: string): void {
    this.run("kill-session", "-t", `=${name}`);
  }

  /** After this the ids of panes begin again at `%0`. */
  killServer(): void {
    this.#kill();
  }

  hasSession(name: string): boolean {
    try {
      this.run("has-session", "-t", `=${name}`);
      return true;
    } catch {
      return false;
    }
  }

  panes(session: string): readonly TmuxPane[] {
    const format = ["pane_id", "window_index", "pane_index", "pane_pid", "pane_dead", "pane_current_command"];
    const fields = [...format, "pane_title"].map((name) => `#{${name}}`).join("\t");
    const lines = this.run("list-panes", "-s", "-t", `=${session}:`, "-F", fields).trimEnd().split("\n");
    return lines.map((line) => {
      const [id = "", window, index, pid, dead, command = "", ...title] = line.split("\t");
      const numbers = { window: Number(window), index: Number(index), pid: Number(pid) };
      return { id, ...numbers, isDead: dead === "1", command, title: title.join("\t") };
    });
  }

  pane(session: string, paneId: string): TmuxPane | undefined {
    return this.panes(session).find(({ id }) => id === paneId);
  }

  /** The value of a format, such as `@name` or `pane_width`, for a pane. */
  format(paneId: string, name: string): string {
    return this.run("display-message", "-p", "-t", paneId, `#{${name}}`).replace(/\n$/, "");
  }

  /** What a pane shows, with what has scrolled away. */
  screen(paneId: string): string {
    return this.run("capture-pane", "-p", "-t", paneId, "-S", "-");
  }

  /** Types a line into a pane, as its user would. */
  type(paneId: string, line: string): void {
    this.run("send-keys", "-t", paneId, "-l", "--", line);
    this.run("send-keys", "-t", paneId, "Enter");
  }

  /** Who is attached, one line each. */
  clients(): readonly string[] {
    return this.run("list-clients").split("\n").filter(Boolean);
  }

  /** @throws {Error} when tmux refuses */
  run(...args: readonly string[]): string {
    return execFileSync("tmux", ["-u", "-f", "/dev/null", ...args], {
      env: this.#environment(),
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      timeout: timeoutMs,
    });
  }

  /** Ends the server with all it runs. */
  stop(): void {
    this.#kill();
    this.#guard.release();
    this.#spare();
    this.#folder?.remove();
  }

  #newPane(args: readonly string[], { command, title, cwd }: PaneOptions): string {
    const id = this.run(
      ...args,
      ...(cwd === undefined ? [] : ["-c", cwd]),
      ...["-P", "-F", "#{pane_id}"],
      ...(command === undefined ? [] : [command]),
    ).trim();
    if (title !== undefined) this.run("select-pane", "-t", id, "-T", title);
    return id;
  }

  #kill(): void {
    if (!fs.existsSync(this.env.TMUX_TMPDIR)) return;
    try {
      this.run("kill-server");
    } catch {
      // There is none.
    }
  }

  #environment(): NodeJS.ProcessEnv {
    const home = this.#home === undefined ? {} : { HOME: this.#home };
    return { ...process.env, SHELL: "/bin/sh", ...home, ...this.env };
  }
}

/** Ends the server when this process is gone, also after a SIGKILL: then the pipe to this little shell is closed. */
function guard(env: NodeJS.ProcessEnv): { release(): void } {
  const child = spawn("sh", ["-c", "read -r line || tmux kill-server"], {
    env,
    cwd: path.parse(process.cwd()).root,
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  child.unref();
  child.stdin.on("error", () => undefined);
  (child.stdin as unknown as { unref(): void }).unref();
  return {
    release: () => {
      child.stdin.end("done\n");
    },
  };
}
