// npm run package [-- PLATFORM…]: makes one VSIX per platform in `packages/`; without arguments for all of them.
import { createVSIX } from "@vscode/vsce";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../test/support/project";
import { TempFolder } from "../test/support/tempFolder";
import { allPlatforms, placeNativeLock, type Platform } from "./nativeLock";

const packages = path.join(projectRoot, "packages");
const allowList = ".vscodeignore";

/** Makes a VSIX for each platform. @returns their paths, in the order of the platforms */
export async function makePackages(platforms: readonly Platform[]): Promise<readonly string[]> {
  fs.mkdirSync(packages, { recursive: true });
  execFileSync(process.execPath, ["esbuild.js", "--production"], { cwd: projectRoot, stdio: "inherit" });
  const stage = new TempFolder("package");
  placeListed(stage.path);
  const made: string[] = [];
  for (const platform of platforms) made.push(await makePackage(stage.path, platform));
  stage.remove();
  return made;
}

/**
 * Copies what is shipped to a separate folder: in the project, vsce would visit every downloaded file, and find koffi for
 * another platform.
 */
function placeListed(stage: string): void {
  const lines = fs.readFileSync(path.join(projectRoot, allowList), "utf8").split("\n");
  const listed = lines.flatMap((line) => /^!([^/]+)/.exec(line)?.[1] ?? []).map(asPattern);
  for (const name of fs.readdirSync(projectRoot)) {
    if (name !== allowList && !listed.some((pattern) => pattern.test(name))) continue;
    fs.cpSync(path.join(projectRoot, name), path.join(stage, name), { recursive: true });
  }
}

/** A name in which `*` stands for anything. */
function asPattern(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(".", "\\.").replaceAll("*", ".*")}$`);
}

async function makePackage(stage: string, platform: Platform): Promise<string> {
  await placeNativeLock(path.join(stage, "dist"), platform);
  const packagePath = path.join(packages, `ntm-assignments-${platform}.vsix`);
  await createVSIX({ cwd: stage, packagePath, target: platform, dependencies: false });
  return packagePath;
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !allPlatforms.some((platform) => platform === name));
  if (unknown.length > 0)
    throw new Error(`No such platform: ${unknown.join(", ")}. There are: ${allPlatforms.join(", ")}`);
  const platforms = names.length === 0 ? allPlatforms : allPlatforms.filter((platform) => names.includes(platform));
  for (const file of await makePackages(platforms)) {
    console.log(`${path.relative(projectRoot, file)}  ${(fs.statSync(file).size / 1000).toFixed(0)} KB`);
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
