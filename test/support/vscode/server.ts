// A real VS Code, as a server whose workbench is opened in a browser:
//
//   const server = await VSCodeServer.start({ release: releases.oldest, home: home.path, extensions: [projectRoot] });
//   await page.goto(server.url({ folder }));
//   await server.stop();
//
// An extension host starts with every page and ends with it. It sees `home` as its home folder.
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import { ProcessTree } from "../processTree";
import type { Release } from "./releases";
import { ServerLog } from "./serverLog";
import { serverProgram, type ServerProgram } from "./serverProgram";
import { TempFolder } from "../tempFolder";

export interface ServerOptions {
  readonly release: Release;
  /** The home folder that the extension sees. */
  readonly home: string;
  /** Folders of extensions that are there as if they were installed. */
  readonly extensions?: readonly string[];
  /** A packaged extension to install before the server starts. */
  readonly vsix?: string;
  /**
   * Whether pages may ask the extension host to run tests. The newest release allows that only together with its smoke test
   * driver, which mutes notifications and refuses dialogs: not for a window that a user works in.
   */
  readonly runsHostTests?: boolean;
  /** Settings on top of those that keep the workbench quiet. A folder's own .vscode/settings.json goes first. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment variables of the extension host on top of this process's own. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface PageOptions {
  /** The folder opened as the workspace; none opens an empty window. */
  readonly folder?: string;
  /** A `.code-workspace` file, instead of a folder. */
  readonly workspace?: string;
  readonly hostTests?: {
    readonly extensionDevelopmentPath: string;
    /** A module whose `run()` the extension host calls, as `@vscode/test-electron` would. */
    readonly extensionTestsPath: string;
  };
}

const quiet = {
  "security.workspace.trust.enabled": false,
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.tips.enabled": false,
  "workbench.reduceMotion": "on",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "chat.disableAIFeatures": true,
  "git.enabled": false,
};

const startTimeoutMs = 30_000;

export class VSCodeServer {
  readonly release: Release;
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** A window is a shell on this machine: only who was given its address gets in. */
  readonly #token: string;
  readonly #tree: ProcessTree;
  readonly #data: TempFolder;
  readonly #log: ServerLog;

  private constructor(
    release: Release,
    origin: string,
    token: string,
    tree: ProcessTree,
    data: TempFolder,
    log: ServerLog,
  ) {
    this.release = release;
    this.origin = origin;
    this.#token = token;
    this.#tree = tree;
    this.#data = data;
    this.#log = log;
  }

  static async start(options: ServerOptions): Promise<VSCodeServer> {
    const program = await serverProgram(options.release);
    const data = new TempFolder("vscode-data");
    const token = randomBytes(16).toString("hex");
    await fs.writeFile(path.join(data.path, "token"), token, { mode: 0o600 });
    await writeSettings(data.path, { ...quiet, ...options.settings });
    await listExtensions(data.path, options.extensions ?? []);
    if (options.vsix !== undefined) await installExtension(program, data.path, options.vsix);
    const tree = new ProcessTree(
      program.node,
      [
        ...serverArguments(data.path),
        ...["--port", "0"],
        ...(options.runsHostTests === true ? ["--enable-smoke-test-driver"] : []),
      ],
      {
        cwd: program.folder,
        env: serverEnvironment(options, data.path),
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
    const log = new ServerLog(tree);
    try {
      const [, port] = await log.waitFor(/Extension host agent listening on (\d+)/, startTimeoutMs);
      return new VSCodeServer(options.release, `http://127.0.0.1:${String(port)}`, token, tree, data, log);
    } catch (error) {
      await tree.stop();
      data.remove();
      throw error;
    }
  }

  /** The address of a window. */
  url({ folder, workspace, hostTests }: PageOptions): string {
    const url = new URL(this.origin);
    url.searchParams.set("tkn", this.#token);
    if (workspace !== undefined) url.searchParams.set("workspace", workspace);
    else if (folder !== undefined) url.searchParams.set("folder", folder);
    if (hostTests !== undefined) {
      const payload = Object.entries(hostTests).map(([key, path]) => [key, `vscode-remote://remote${path}`]);
      url.searchParams.set("payload", JSON.stringify(payload));
    }
    return url.href;
  }

  /** The folder of the installed extensions. */
  get extensionsFolder(): string {
    return path.join(this.#data.path, "extensions");
  }

  /** What the server has printed. */
  get log(): string {
    return this.#log.text;
  }

  /** The first match of `pattern` in the log, now or later; rejects when the server ends or the time is over. */
  waitForLog(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    return this.#log.waitFor(pattern, timeoutMs);
  }

  /** Ends the server and all it started, and removes what it has written. */
  async stop(): Promise<void> {
    await this.#tree.stop();
    this.#data.remove();
  }
}

function serverArguments(data: string): string[] {
  return [
    "out/server-main.js",
    ...["--host", "127.0.0.1"],
    ...["--connection-token-file", path.join(data, "token")],
    "--accept-server-license-terms",
    ...["--telemetry-level", "off"],
    ...["--server-data-dir", data],
    ...["--extensions-dir", path.join(data, "extensions")],
  ];
}

/**
 * Variables of the VS Code that this may have been started from would be taken for the server's own. What the server itself
 * would leave in the home folder goes where it is removed.
 */
function serverEnvironment({ home, env }: ServerOptions, data: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  const homes = { HOME: home, USERPROFILE: home, XDG_CACHE_HOME: path.join(data, "cache") };
  return { ...Object.fromEntries(inherited), ...env, ...homes };
}

async function writeSettings(data: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const scope of ["User", "Machine"]) {
    const folder = path.join(data, "data", scope);
    await fs.mkdir(folder, { recursive: true });
    await fs.writeFile(path.join(folder, "settings.json"), JSON.stringify(settings));
  }
}

/** The list that the server keeps of what is installed may name any place. */
async function listExtensions(data: string, folders: readonly string[]): Promise<void> {
  const installed = folders.map(async (folder) => {
    const manifest = await fs.readFile(path.join(folder, "package.json"), "utf8");
    const { publisher, name, version } = JSON.parse(manifest) as { publisher: string; name: string; version: string };
    return { identifier: { id: `${publisher}.${name}` }, version, location: { $mid: 1, path: folder, scheme: "file" } };
  });
  await fs.mkdir(path.join(data, "extensions"));
  await fs.writeFile(path.join(data, "extensions/extensions.json"), JSON.stringify(await Promise.all(installed)));
}

async function installExtension(program: ServerProgram, data: string, vsix: string): Promise<void> {
  const args = [...serverArguments(data), "--install-extension", vsix];
  await promisify(execFile)(program.node, args, { cwd: program.folder });
}
