// Packages fetched straight from the npm registry, beside the project's own dependencies.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { promisify } from "node:util";
import type { PinnedPackage } from "./releases";

const run = promisify(execFile);

/** Unpacks what is under `member` in the package into `folder`, after its checksum was verified. */
export async function unpackPackage(pinned: PinnedPackage, member: string, folder: string): Promise<void> {
  const spec = `${pinned.name}@${pinned.version}`;
  await npm(["pack", spec, "--silent", "--pack-destination", folder], folder);
  const archive = path.join(folder, `${pinned.name.replace("@", "").replace("/", "-")}-${pinned.version}.tgz`);
  const digest = createHash("sha512")
    .update(await fs.readFile(archive))
    .digest("base64");
  if (`sha512-${digest}` !== pinned.integrity)
    throw new Error(`${spec} isn't the package that is pinned: sha512-${digest}`);
  await run("tar", ["-xzf", archive, "-C", folder, member]);
  await fs.rm(archive);
}

/** Adds what `folder`'s package.json asks for, running none of the scripts that come with it. */
export async function installDependencies(folder: string): Promise<void> {
  await npm(["install", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], folder);
}

/** npm as it was started with, for on Windows `npm` alone is a script that only a shell finds. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  const script = process.env["npm_execpath"];
  const [command, first] = script === undefined ? ["npm", []] : [process.execPath, [script]];
  await run(command, [...first, ...args], { cwd, maxBuffer: 64 * 1024 * 1024 });
}
