// Builds the extension, the MCP server and the timeline's page, each in one file, or with --tests every test and source file for mocha.
// Flags: --production (minified, no map, held to its size budget, with licences), --watch, --tests.
const fs = require("node:fs");
const path = require("node:path");
const esbuild = require("esbuild");
const { writeLicenses } = require("./scripts/licenses");
const { plainRequire } = require("./scripts/plainRequire");

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");
const at = (file) => path.join(__dirname, file);

/** In bytes of minified code. */
const budgets = { "extension.js": 450_000, "mcp.js": 235_000, "timeline.js": 121_000, "timeline.css": 9_000 };

const sourcemap = production ? false : "inline";
const shared = { logLevel: "warning", minify: production, sourcemap, metafile: production };

const node = {
  ...shared,
  platform: "node",
  target: "node20",
  format: "cjs",
  bundle: true,
  // zod offers ES modules, of which only what is used is bundled.
  mainFields: ["module", "main"],
  external: ["vscode", "koffi"],
  alias: { "signal-exit": at("src/ledger/exitHooks.ts") },
};

const extension = {
  ...node,
  plugins: [plainRequire],
  entryPoints: [at("src/extension.ts")],
  outfile: at("dist/extension.js"),
};

const server = {
  ...node,
  entryPoints: [at("src/mcp/main.ts")],
  outfile: at("dist/mcp.js"),
  // The protocol's library takes a validator of its own by default, 130 KB for a feature that isn't used.
  alias: { ...node.alias, ajv: at("src/mcp/noAjv.ts"), "ajv-formats": at("src/mcp/noAjv.ts") },
  define: { extensionVersion: JSON.stringify(require("./package.json").version) },
};

const webview = {
  ...shared,
  entryPoints: ["main.tsx", "timeline.css"].map((file) => ({
    in: at(`src/timeline/webview/${file}`),
    out: "timeline",
  })),
  outdir: at("dist"),
  bundle: true,
  platform: "browser",
  // What the oldest supported release of the editor runs webviews in.
  target: "chrome132",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  alias: {
    "d3-transition": at("src/timeline/webview/d3Parts.ts"),
    "d3-interpolate": at("src/timeline/webview/d3Parts.ts"),
  },
};

/** Every TypeScript file, so that no test can be missing from a list kept by hand. */
const testFiles = () =>
  ["src", "scripts", "test"]
    .flatMap((folder) => fs.readdirSync(folder, { recursive: true }).map((file) => path.join(folder, file)))
    .filter((file) => file.endsWith(".ts") && !file.startsWith(path.join("test", "fixtures")));

async function main() {
  const isForTests = flags.has("--tests");
  // A removed test must not run again. The last good build of the extension stays until there is a new one.
  if (isForTests) fs.rmSync("out", { recursive: true, force: true });
  const tests = { ...node, bundle: false, mainFields: undefined, external: undefined, alias: undefined, minify: false };
  const programs = isForTests
    ? [{ ...tests, entryPoints: testFiles(), outdir: "out", outbase: ".", sourcemap: "inline" }]
    : [extension, server, webview];
  if (flags.has("--watch")) return Promise.all(programs.map(watch));
  const results = await Promise.all(programs.map((options) => esbuild.build(options)));
  if (!production) return;
  checkSize();
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  writeLicenses(inputs, at("dist/licenses.txt"));
}

const watch = async (options) => (await esbuild.context({ ...options, logLevel: "info" })).watch();

function checkSize() {
  for (const [file, limit] of Object.entries(budgets)) {
    const { size } = fs.statSync(at(`dist/${file}`));
    console.log(`${file}: ${size / 1000} KB of ${limit / 1000} KB`);
    if (size > limit) throw new Error("The code is over its budget.");
  }
}

if (require.main === module)
  main().catch((error) => {
    // esbuild has printed its own errors.
    if (!("errors" in error)) console.error(error.message);
    process.exit(1);
  });

module.exports = { extension, node, server, webview };
