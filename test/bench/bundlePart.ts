// The bundle as it is shipped; built first, so that later measurements use it.
import { build } from "esbuild";
import * as path from "node:path";
import { extension, sizes } from "../support/bundling";
import type { Line } from "./line";

/** How many parts are listed. */
const shownParts = 12;
/** Imports that stay outside of the bundle. */
const externals = "externals";

export async function measureBundlePart(): Promise<readonly Line[]> {
  const { metafile } = await build({ ...extension, minify: true, sourcemap: false, metafile: true });
  const parts = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      parts.set(partOf(file), (parts.get(partOf(file)) ?? 0) + bytesInOutput);
    }
  }
  parts.delete(externals);
  const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, shownParts);
  const { start, all } = sizes();
  return [
    { name: "bundle", unit: "kB", value: all / 1000 },
    { name: "  loaded at activation", unit: "kB", value: start / 1000 },
    ...largest.map(([name, bytes]): Line => ({ name: `  ${name}`, unit: "kB", value: bytes / 1000 })),
  ];
}

/** A package, or a folder of our own. */
function partOf(file: string): string {
  if (file.startsWith("named:")) return externals;
  const names = file.split("/");
  const depth = names[0] === "node_modules" ? (names[1]?.startsWith("@") === true ? 3 : 2) : 2;
  return names.length > depth ? names.slice(0, depth).join("/") : path.dirname(file);
}
