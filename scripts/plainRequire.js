// A plugin of esbuild: `import * as fs from "node:fs"` becomes a plain call of `require`.
const fs = require("node:fs/promises");

/**
 * Otherwise each of the 60 files that import the editor's API copies its hundreds of properties while the extension loads: of 126 ms that
 * took 60.
 */
const plainRequire = {
  name: "plain-require",
  setup: (build) =>
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, async ({ path }) => {
      const code = await fs.readFile(path, "utf8");
      const contents = code.replace(
        /^import \* as (\w+) from "(vscode|node:[\w/]+)";$/gm,
        'import $1 = require("$2");',
      );
      return { loader: "ts", contents };
    }),
};

module.exports = { plainRequire };
