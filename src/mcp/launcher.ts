// The file that agents' configurations name. The extension's own folder has another name after every update, so this file
// stays in its storage, and starts the server of the newest version that is installed.

/** @param extensionFolder the folder of the running version, absolute */
export function launcherText(extensionFolder: string): string {
  return `// Starts the MCP server of NTM Assignments: of the newest version that is installed.
const fs = require("node:fs");
const path = require("node:path");

const installed = ${JSON.stringify(extensionFolder)};
const parsed = (name) => /^(.+)-(\\d+)\\.(\\d+)\\.(\\d+)(?=-|$)/.exec(name);
const own = parsed(path.basename(installed));

function versions() {
  if (own === null) return [];
  const isNewer = (a, b) => b[2] - a[2] || b[3] - a[3] || b[4] - a[4];
  const names = fs.readdirSync(path.dirname(installed)).map(parsed);
  return names.filter((name) => name !== null && name[1] === own[1]).sort(isNewer);
}

const folders = [...versions().map(({ input }) => path.join(path.dirname(installed), input)), installed];
const servers = folders.map((folder) => path.join(folder, "dist", "mcp.js"));
require(servers.find((server) => fs.existsSync(server)) ?? servers[0]);
`;
}
