// How the extension is bundled, for programs of the tests' own and for what is asked about the bundle.
import type { BuildOptions } from "esbuild";
import * as path from "node:path";
import { projectRoot } from "./project";

interface Bundlings {
  /** For any program that the store is a part of. */
  readonly bundling: BuildOptions;
  readonly extension: BuildOptions;
  /** The MCP server. */
  readonly server: BuildOptions;
  /** What the code in `dist` weighs, in bytes: what activation loads, all of the extension's, and the MCP server. */
  readonly sizes: () => { readonly start: number; readonly all: number; readonly server: number };
}

// eslint-disable-next-line @typescript-eslint/no-require-imports -- the build is a script without types
export const { bundling, extension, server, sizes } = require(path.join(projectRoot, "esbuild.js")) as Bundlings;
