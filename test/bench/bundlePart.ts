// The bundle as it is shipped: made anew, so that what is measured afterwards is what people get.
import { build } from "esbuild";
import * as path from "node:path";
import { extension } from "../support/bundling";
import type { Line } from "./line";

/** How many parts are worth a line. */
const shownParts = 12;

export async function measureBundlePart(): Promise<readonly Line[]> {
  const { metafile } = await build({ ...extension, minify: true, sourcemap: false, metafile: true });
  const [output] = Object.values(metafile.outputs);
  if (output === undefined) throw new Error("esbuild made no bundle");
  const parts = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(output.inputs)) {
    parts.set(partOf(file), (parts.get(partOf(file)) ?? 0) + bytesInOutput);
  }
  const largest = [...parts].sort(([, a], [, b]) => b - a).slice(0, shownParts);
  return [
    { name: "bundle", unit: "kB", value: output.bytes / 1000 },
    ...largest.map(([name, bytes]): Line => ({ name: `  ${name}`, unit: "kB", value: bytes / 1000 })),
  ];
}

/** A package, or a folder of our own. */
function partOf(file: string): string {
  const names = file.split("/");
  const depth = names[0] === "node_modules" ? (names[1]?.startsWith("@") === true ? 3 : 2) : 2;
  return names.length > depth ? names.slice(0, depth).join("/") : path.dirname(file);
}
