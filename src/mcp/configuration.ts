// How the MCP server is configured in agents: the texts for their configuration, in the form that each documents.
import { shellLine } from "../ntm/shell";

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
  /** The file that the text goes into; a `~` stands for the home folder. */
  readonly file: string;
  readonly language: "json" | "toml";
  readonly text: string;
  /** A command line for a POSIX shell that does the same, where the client has one and every argument can be quoted. */
  readonly command?: string;
}

const serverName = "ntm-assignments";

/** What tells the server its pane and its tmux. Not every client passes its own environment on. */
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
