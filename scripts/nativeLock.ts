// The native half of koffi for one platform of the Marketplace, laid out so that koffi's own loader finds it from `dist`.
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../test/support/project";
import { fetchOnce } from "../test/support/vscode/cache";
import { unpackPackage } from "../test/support/vscode/npm";

/** What the Marketplace calls a platform, and what koffi calls it. */
const platforms = {
  "linux-x64": ["linux-x64", "linux_x64"],
  "linux-arm64": ["linux-arm64", "linux_arm64"],
  "alpine-x64": ["linux-x64", "musl_x64"],
  "alpine-arm64": ["linux-arm64", "musl_arm64"],
  "darwin-x64": ["darwin-x64", "darwin_x64"],
  "darwin-arm64": ["darwin-arm64", "darwin_arm64"],
  "win32-x64": ["win32-x64", "win32_x64"],
} as const;

export type Platform = keyof typeof platforms;

export const allPlatforms = Object.keys(platforms) as readonly Platform[];

/** The platform that this process runs on. */
export function ownPlatform(): Platform {
  const { header } = process.report.getReport() as { readonly header: { readonly glibcVersionRuntime?: string } };
  const isMusl = process.platform === "linux" && header.glibcVersionRuntime === undefined;
  const name = `${isMusl ? "alpine" : process.platform}-${process.arch}`;
  const platform = allPlatforms.find((candidate) => candidate === name);
  if (platform === undefined) throw new Error(`There is no package for ${name}.`);
  return platform;
}

/** What of koffi's package is run. */
const loaderFiles = ["package.json", "LICENSE.txt", "index.cjs", "src/koffi/index.cjs", "src/koffi/src/static.cjs"];

/** Replaces `node_modules` in the folder by koffi for one platform. */
export async function placeNativeLock(dist: string, platform: Platform): Promise<void> {
  const [koffiPlatform, toolchain] = platforms[platform];
  const modules = path.join(dist, "node_modules");
  fs.rmSync(modules, { recursive: true, force: true });
  const koffi = path.join(projectRoot, "node_modules", "koffi");
  for (const file of loaderFiles) copy(path.join(koffi, file), path.join(modules, "koffi", file));

  const name = `@koromix/koffi-${koffiPlatform}`;
  const binaries = await fetchBinaries(name);
  for (const file of ["package.json", "index.js", path.join(toolchain, "koffi.node")]) {
    copy(path.join(binaries, file), path.join(modules, name, file));
  }
}

/** The package of binaries that package-lock.json pins, for any platform. */
async function fetchBinaries(name: string): Promise<string> {
  const lock = JSON.parse(fs.readFileSync(path.join(projectRoot, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<Record<string, { readonly version: string; readonly integrity: string }>>;
  };
  const locked = lock.packages[`node_modules/${name}`];
  if (locked === undefined) throw new Error(`package-lock.json doesn't pin ${name}`);
  const { version, integrity } = locked;
  const folder = await fetchOnce(`${name.replace("/", "-")}-${version}`, async (staging) => {
    await unpackPackage({ name, version, integrity }, "package", staging);
  });
  return path.join(folder, "package");
}

function copy(from: string, to: string): void {
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.copyFileSync(from, to);
}
