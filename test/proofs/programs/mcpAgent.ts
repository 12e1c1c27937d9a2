// An agent in a tmux pane: starts the MCP server as an agent does, makes the calls it is given, and writes the answers to a file.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import * as fs from "node:fs";

const [serverFile = "", storageDir = "", calls = "[]", answersFile = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const { PATH = "", TMUX = "", TMUX_PANE = "" } = process.env;
  const client = new Client({ name: "agent", version: "1" });
  const args = [serverFile, "--storage-dir", storageDir];
  await client.connect(new StdioClientTransport({ command: process.execPath, args, env: { PATH, TMUX, TMUX_PANE } }));
  const answers: unknown[] = [];
  for (const [name, input] of JSON.parse(calls) as [string, Record<string, unknown>?][]) {
    answers.push(await client.callTool({ name, arguments: input ?? {} }));
  }
  await client.close();
  fs.writeFileSync(`${answersFile}.tmp`, JSON.stringify(answers));
  fs.renameSync(`${answersFile}.tmp`, answersFile);
}

main().catch((error: unknown) => {
  fs.writeFileSync(answersFile, JSON.stringify(String(error)));
  process.exitCode = 1;
});
