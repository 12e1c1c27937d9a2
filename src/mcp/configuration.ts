// How the MCP server is configured in agents: the texts for their configuration, in the form that each documents.
import * as fs from "node:fs";
import * as path from "node:path";
import { shellLine } from "../ntm/shell";
import { ProgramError, runProgram } from "../util/program";

export type McpClient = "claude" | "codex" | "gemini" | "vscode";

export interface McpLaunch {
  /** The absolute path of a Node 20 or later. */
  readonly node: string;
  /** The absolute path of the program that starts the server. */
  readonly server: string;
  /** Other than ntm's own storage folder. */
  readonly storageDir?: string | undefined;
  /** For a client that doesn't run in a pane of the session. */
  readonly sessionName?: string | undefined;
}

export interface McpConfiguration {
  /** The file that the text goes into; a `~` is the home folder. */
  readonly file: string;
  readonly language: "json" | "toml";
  readonly text: string;
  /** A command line for a POSIX shell that does the same, where the client has one and every argument can be quoted. */
  readonly command?: string;
}

const serverName = "ntm-assignments";

/** The environment variables from which the server knows its pane and its tmux. Not every client passes its own environment on. */
const passedOn = ["TMUX", "TMUX_PANE"];

export function mcpConfiguration(client: McpClient, launch: McpLaunch): McpConfiguration {
  const args = [
    launch.server,
    ...(launch.sessionName === undefined ? [] : [`--session=${launch.sessionName}`]),
    ...(launch.storageDir === undefined ? [] : [`--storage-dir=${launch.storageDir}`]),
  ];
  const command = launch.node;
  switch (client) {
    case "claude":
      // An unset variable without a default would arrive as the text `${TMUX_PANE}`.
      return {
        file: ".mcp.json",
        language: "json",
        text: json({
          mcpServers: { [serverName]: { type: "stdio", command, args, env: environment((name) => `\${${name}:-}`) } },
        }),
        ...shell(["claude", "mcp", "add", "--scope", "user", serverName, "--", command, ...args]),
      };
    case "codex":
      return {
        file: "~/.codex/config.toml",
        language: "toml",
        text: [
          `[mcp_servers.${serverName}]`,
          `command = ${tomlString(command)}`,
          `args = [${args.map(tomlString).join(", ")}]`,
          `env_vars = [${passedOn.map(tomlString).join(", ")}]`,
          "",
        ].join("\n"),
      };
    case "gemini":
      return {
        file: "~/.gemini/settings.json",
        language: "json",
        text: json({ mcpServers: { [serverName]: { command, args, env: environment((name) => `$${name}`) } } }),
      };
    case "vscode":
      return {
        file: ".vscode/mcp.json",
        language: "json",
        // The pane from which the editor was started isn't its chat's.
        text: json({ servers: { [serverName]: { type: "stdio", command, args, env: { TMUX_PANE: null } } } }),
      };
  }
}

function environment(reference: (name: string) => string): Record<string, string> {
  return Object.fromEntries(passedOn.map((name) => [name, reference(name)]));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function shell(command: readonly [string, ...string[]]): { readonly command?: string } {
  // A path with a line break or an escape can't be typed; the text for the file holds it all the same.
  const isTypeable = command.every((argument) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(argument));
  return isTypeable ? { command: shellLine(command, "posix") } : {};
}

/** A basic string. JSON's escapes are TOML's, but for the delete character, which JSON leaves as it is. */
function tomlString(text: string): string {
  return JSON.stringify(text).replaceAll("\u007f", "\\u007F");
}

/** The oldest version that the server runs with. */
const oldest = 20;

/**
 * @param own the program of this process, when that is Node
 * @returns an absolute path; `node` if none was found that is new enough
 */
export async function findNode(own: string | undefined, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const name = process.platform === "win32" ? "node.exe" : "node";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  const candidates = folders.map((folder) => path.join(folder, name)).filter((file) => fs.existsSync(file));
  for (const candidate of [...new Set(candidates), ...(own === undefined ? [] : [own])]) {
    if ((await majorVersion(candidate)) >= oldest) return candidate;
  }
  return "node";
}

async function majorVersion(program: string): Promise<number> {
  try {
    const { stdout } = await runProgram(program, ["--version"], { timeoutMs: 5000 });
    return Number(/^v(\d+)\./.exec(stdout)?.[1] ?? 0);
  } catch (error) {
    if (error instanceof ProgramError) return 0; // Not Node, or one that doesn't start.
    throw error;
  }
}
