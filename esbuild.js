// Builds the extension (one bundle) or, with --tests, every test and source file one by one for mocha.
// Flags: --production (minified, no map), --watch, --tests.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** @type {import("esbuild").BuildOptions} */
const shared = {
  platform: "node",
  target: "node20",
  format: "cjs",
  logLevel: "warning",
  sourcemap: production ? false : "linked",
};

/**
 * What every program has in common that the store is a part of.
 * @type {import("esbuild").BuildOptions}
 */
const bundling = {
  ...shared,
  bundle: true,
  // zod offers ES modules, which can be shaken down to what is used.
  mainFields: ["module", "main"],
  external: ["vscode", "koffi"],
  alias: { "signal-exit": path.join(__dirname, "src/ledger/exitHooks.ts") },
};

/** @type {import("esbuild").BuildOptions} */
const extension = {
  ...bundling,
  entryPoints: [path.join(__dirname, "src/extension.ts")],
  outfile: path.join(__dirname, "dist/extension.js"),
  minify: production,
};

/** @type {() => import("esbuild").BuildOptions} */
const tests = () => ({
  ...shared,
  entryPoints: sourceFiles(["src", "scripts", "test"]),
  outdir: "out",
  outbase: ".",
});

/** Every TypeScript file under the folders, so that no test can be missing from a list kept by hand. */
function sourceFiles(folders) {
  return folders.flatMap((folder) =>
    fs
      .readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts") && !entry.name.endsWith(".d.ts"))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => !file.startsWith(path.join("test", "fixtures"))),
  );
}

async function main() {
  if (flags.has("--tests")) fs.rmSync("out", { recursive: true, force: true });
  const options = flags.has("--tests") ? tests() : extension;
  if (!flags.has("--watch")) {
    await esbuild.build(options);
    return;
  }
  const context = await esbuild.context(options);
  await context.watch();
}

if (require.main === module) main().catch(() => process.exit(1));

module.exports = { bundling, extension };
