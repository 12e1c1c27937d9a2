// npm run package [-- PLATFORM…]: makes one VSIX per platform in `packages/`; without arguments for all of them.
import { createVSIX } from "@vscode/vsce";
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../test/support/project";
import { allPlatforms, placeNativeLock, type Platform } from "./nativeLock";

const dist = path.join(projectRoot, "dist");
const packages = path.join(projectRoot, "packages");

/** @returns the path of the VSIX */
export async function makePackage(platform: Platform): Promise<string> {
  fs.mkdirSync(packages, { recursive: true });
  fs.rmSync(dist, { recursive: true, force: true });
  execFileSync(process.execPath, ["esbuild.js", "--production"], { cwd: projectRoot, stdio: "inherit" });
  try {
    await placeNativeLock(dist, platform);
    const packagePath = path.join(packages, `ntm-assignments-${platform}.vsix`);
    await createVSIX({ cwd: projectRoot, packagePath, target: platform, dependencies: false });
    return packagePath;
  } finally {
    // In development koffi comes from the project's own node_modules.
    fs.rmSync(path.join(dist, "node_modules"), { recursive: true, force: true });
  }
}

async function main(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !allPlatforms.some((platform) => platform === name));
  if (unknown.length > 0)
    throw new Error(`No such platform: ${unknown.join(", ")}. There are: ${allPlatforms.join(", ")}`);
  for (const platform of allPlatforms) {
    if (names.length > 0 && !names.includes(platform)) continue;
    const file = await makePackage(platform);
    console.log(`${path.relative(projectRoot, file)}  ${(fs.statSync(file).size / 1000).toFixed(0)} KB`);
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
