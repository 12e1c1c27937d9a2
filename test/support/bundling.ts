// How the extension is bundled, for programs of the tests' own and for measurements of the bundle.
import type { BuildOptions } from "esbuild";
import * as path from "node:path";
import { projectRoot } from "./project";

interface Bundles {
  /** For any program that the store is a part of. */
  readonly node: BuildOptions;
  readonly extension: BuildOptions;
  /** The MCP server. */
  readonly server: BuildOptions;
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the build is a script without types
export const { node, extension, server } = require(path.join(projectRoot, "esbuild.js")) as Bundles;
