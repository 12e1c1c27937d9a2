// What the MCP server can be started with.
import { parseArgs } from "node:util";
import { isValidSessionName } from "../assignment";

export type ServerArguments =
  | { readonly kind: "serve"; readonly sessionName: string | undefined; readonly storageDir: string | undefined }
  | { readonly kind: "help" }
  | { readonly kind: "version" }
  | { readonly kind: "invalid"; readonly message: string };

export const usage = `Usage: node mcp.js [--session NAME] [--storage-dir DIR]

An MCP server over stdio, started by an agent in a tmux pane that ntm manages. TMUX_PANE tells which pane, and so which
bead, is the agent's own; TMUX names the tmux server.

  --session NAME      the session to speak of, instead of the one that the pane belongs to
  --storage-dir DIR   where the session folders are (default: ~/.ntm/sessions)
  --help              print this text
  --version           print the version
`;

export function parseServerArguments(args: readonly string[]): ServerArguments {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        session: { type: "string" },
        "storage-dir": { type: "string" },
        help: { type: "boolean", short: "h" },
        version: { type: "boolean" },
      },
    }));
  } catch (error) {
    return { kind: "invalid", message: error instanceof Error ? error.message : String(error) };
  }
  const { session: sessionName, "storage-dir": storageDir, help = false, version = false } = values;
  if (help) return { kind: "help" };
  if (version) return { kind: "version" };
  if (sessionName !== undefined && !isValidSessionName(sessionName)) {
    return { kind: "invalid", message: `${JSON.stringify(sessionName)} can't be the name of a session` };
  }
  if (storageDir === "") return { kind: "invalid", message: "--storage-dir needs a folder" };
  return { kind: "serve", sessionName, storageDir };
}
