// The MCP server's program. Standard output carries the protocol and nothing else; it ends with its client.
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import * as path from "node:path";
import { parseArgs } from "node:util";
import { isValidSessionName } from "../assignment";
import { serve } from "./server";

/** Put in by the bundler, from package.json. */
declare const extensionVersion: string;

async function main(): Promise<void> {
  const parsed = parseServerArguments(process.argv.slice(2));
  switch (parsed.kind) {
    case "help":
      process.stdout.write(usage);
      return;
    case "version":
      process.stdout.write(`${extensionVersion}\n`);
      return;
    case "invalid":
      process.stderr.write(`${parsed.message}\n\n${usage}`);
      process.exitCode = 2;
      return;
    case "serve": {
      const { sessionName } = parsed;
      const storageDir = parsed.storageDir === undefined ? undefined : path.resolve(parsed.storageDir);
      // Once standard input has ended, nothing keeps this process alive but a change that is under way, which is finished.
      process.stdout.on("error", () => process.stdin.destroy());
      const context = { env: process.env, sessionName, storageDir, now: Date.now };
      await serve(new StdioServerTransport(), context, extensionVersion);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});

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
