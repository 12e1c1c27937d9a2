// The MCP server's program. Standard output carries the protocol and nothing else; it ends with its client.
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import * as path from "node:path";
import { parseServerArguments, usage } from "./arguments";
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
