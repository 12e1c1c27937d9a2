// The bundle as it is shipped; built first, so that later measurements use it.
import { build } from "esbuild";
import * as path from "node:path";
import { extension } from "../support/bundling";
import type { Line } from "./line";

/** How many parts are listed. */
const shownParts = 12;

export async function measureBundlePart(): Promise<readonly Line[]> {
  const { metafile } = await build({ ...extension, minify: true, sourcemap: false, metafile: true });
  const parts = new Map<string, number>();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      parts.set(partOf(file), (parts.get(partOf(file)) ?? 0) + bytesInOutput);
    }
  }
  const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, shownParts);
  const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0);
  return [
    { name: "bundle", unit: "kB", value: bytes / 1000 },
    ...largest.map(([name, size]): Line => ({ name: `  ${name}`, unit: "kB", value: size / 1000 })),
  ];
}

/** A package, or a folder of our own. */
function partOf(file: string): string {
  const names = file.split("/");
  const depth = names[0] === "node_modules" ? (names[1]?.startsWith("@") === true ? 3 : 2) : 2;
  return names.length > depth ? names.slice(0, depth).join("/") : path.dirname(file);
}
