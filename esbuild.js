// Builds the extension (what a window needs in one file, what only some need in files beside it) or, with --tests, every
// test and source file one by one for mocha.
// Flags: --production (minified, no map, held to its size budget, with licences), --watch, --tests.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

const entry = path.join(__dirname, "src/extension.ts");
const dist = path.join(__dirname, "dist");

/** What may be loaded at activation, in bytes of minified code: `extension.js` and what it imports at once. */
const startBudget = 110_000;
/** What all of it may weigh. Raise it knowingly, with the feature that is worth it. */
const budget = 460_000;
/** What the MCP server may weigh, a program of its own that no window loads. */
const serverBudget = 277_000;
const serverName = "mcp.js";
/** What the timeline's page may weigh: its script and its style sheet. It is loaded by a window that opens it. */
const webviewBudget = 130_000;

/** @type {import("esbuild").BuildOptions} */
const shared = {
  platform: "node",
  target: "node20",
  format: "cjs",
  // `import()` of a file of ours is a `require` that waits for the first use.
  supported: { "dynamic-import": false },
  logLevel: "warning",
  sourcemap: production ? false : "inline",
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

/**
 * Names what the editor and Node export. `import * as vscode` then asks for no more than is used; otherwise each file has
 * a copy of all four hundred names made as it is loaded, which took longer than all the rest of it.
 * @type {import("esbuild").Plugin}
 */
const namedExternals = {
  name: "named-externals",
  setup(build) {
    const namespace = "named";
    build.onResolve({ filter: /^(?:vscode|node:.+)$/ }, ({ path, kind, namespace: importer }) => {
      if (importer === namespace) return { path, external: true };
      return kind === "import-statement" ? { path, namespace, sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      const names = path === "vscode" ? editorExports() : Object.keys(require(path));
      return { contents: `export { ${names.join(", ")} } from ${JSON.stringify(path)};` };
    });
  },
};

/** What releases have that are newer than the types. Elsewhere it is undefined. */
const newerExports = ["McpStdioServerDefinition"];

/** What the editor's module has at run time, as its types tell. */
function editorExports() {
  const types = fs.readFileSync(require.resolve("@types/vscode/index.d.ts"), "utf8");
  const declaration = /^(?:\t| {4})export (?:abstract )?(?:class|enum|namespace|function|const) (\w+)/gm;
  return [...new Set([...Array.from(types.matchAll(declaration), ([, name]) => name), ...newerExports])];
}

/**
 * Keeps all that activation needs in one file. Left to itself, esbuild makes a file for each set of entry points that code
 * is shared by; so every file that waits for its first use says here that it needs the extension.
 * @type {import("esbuild").Plugin}
 */
const startTogether = {
  name: "start-together",
  setup(build) {
    const waiting = new Set();
    build.onResolve({ filter: /^\./ }, async ({ path, pluginData, ...args }) => {
      if (args.kind !== "dynamic-import" || pluginData === waiting) return undefined;
      const resolved = await build.resolve(path, { ...args, pluginData: waiting });
      waiting.add(resolved.path);
      return resolved;
    });
    build.onLoad({ filter: /\.ts$/ }, ({ path: file }) => {
      if (!waiting.has(file)) return undefined;
      return { contents: `${fs.readFileSync(file, "utf8")}\nimport ${JSON.stringify(entry)};`, loader: "ts" };
    });
  },
};

/**
 * Turns what was split, which esbuild does for ES modules alone, into the CommonJS modules that the editor loads.
 * @type {import("esbuild").Plugin}
 */
const commonJs = {
  name: "common-js",
  setup({ initialOptions, onEnd }) {
    const { minify = false, sourcemap = false } = initialOptions;
    Object.assign(initialOptions, { format: "esm", splitting: true, write: false });
    onEnd(async ({ errors, outputFiles = [] }) => {
      if (errors.length > 0) return; // In watch mode, the last successful build stays.
      fs.mkdirSync(dist, { recursive: true });
      // The server and the webview are built by themselves.
      for (const name of fs.readdirSync(dist).filter((name) => name !== serverName && !webviewFiles.includes(name))) {
        fs.rmSync(path.join(dist, name), { recursive: true });
      }
      for (const file of outputFiles) {
        const { code } = await esbuild.transform(file.text, { ...shared, minify, sourcemap });
        fs.writeFileSync(file.path, code);
      }
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const extension = {
  ...bundling,
  entryPoints: [entry],
  outdir: dist,
  minify: production,
  plugins: [namedExternals, startTogether, commonJs],
};

const noAjv = path.join(__dirname, "src/mcp/noAjv.ts");

/**
 * The MCP server, in one file: agents start it by its path.
 * @type {import("esbuild").BuildOptions}
 */
const server = {
  ...bundling,
  entryPoints: [path.join(__dirname, "src/mcp/main.ts")],
  // The protocol's library takes a validator of its own by default, 130 KB for a feature that isn't used.
  alias: { ...bundling.alias, ajv: noAjv, "ajv-formats": noAjv },
  outfile: path.join(dist, serverName),
  minify: production,
  define: { extensionVersion: JSON.stringify(require("./package.json").version) },
};

/** What the timeline's webview loads. */
const webviewFiles = ["timeline.js", "timeline.css"];

const d3Parts = path.join(__dirname, "src/timeline/webview/d3Parts.ts");

/**
 * The timeline's page, which runs in a browser, without Node and without the VS Code API.
 * @type {import("esbuild").BuildOptions}
 */
const webview = {
  entryPoints: ["main.tsx", "timeline.css"].map((file) => ({
    in: path.join(__dirname, "src/timeline/webview", file),
    out: "timeline",
  })),
  outdir: dist,
  bundle: true,
  platform: "browser",
  // What the oldest supported release of the editor runs webviews in.
  target: "chrome132",
  format: "iife",
  jsx: "automatic",
  jsxImportSource: "preact",
  alias: { "d3-transition": d3Parts, "d3-interpolate": d3Parts },
  logLevel: "warning",
  minify: production,
  sourcemap: production ? false : "inline",
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
  const programs = flags.has("--tests") ? [tests()] : [extension, server, webview];
  if (flags.has("--watch")) {
    for (const options of programs) {
      const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), announcing] });
      await context.watch();
    }
    return;
  }
  const inputs = [];
  for (const options of programs) {
    const { metafile } = await esbuild.build({ ...options, metafile: production });
    inputs.push(...Object.keys(metafile?.inputs ?? {}));
  }
  if (!production) return;
  checkSize();
  writeLicenses(inputs);
}

/** What is loaded must not grow unseen. */
function checkSize() {
  const inKB = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  const weights = sizes();
  const budgets = { start: startBudget, all: budget, server: serverBudget, webview: webviewBudget };
  for (const [part, limit] of Object.entries(budgets)) {
    console.log(`${part}: ${inKB(weights[part])} of ${inKB(limit)}`);
  }
  if (Object.entries(budgets).some(([part, limit]) => weights[part] > limit)) {
    throw new Error("The code is over its budget.");
  }
}

/** What the code in `dist` weighs, in bytes: what activation loads, all of the extension's, the MCP server, and the timeline's page. */
function sizes() {
  const atStart = new Set();
  const load = (name) => {
    if (atStart.has(name)) return;
    atStart.add(name);
    const code = fs.readFileSync(path.join(dist, name), "utf8");
    // What waits for its first use is in a function: `.then(()=>…require(…))`.
    for (const [, other] of code.matchAll(/[=,]\s*require\("\.\/([^"]+)"\)/g)) load(other);
  };
  load("extension.js");
  const weigh = (names) => names.reduce((sum, name) => sum + fs.statSync(path.join(dist, name)).size, 0);
  const others = [serverName, ...webviewFiles];
  const all = fs.readdirSync(dist).filter((name) => name.endsWith(".js") && !others.includes(name));
  return {
    start: weigh([...atStart]),
    all: weigh(all),
    server: weigh([serverName]),
    webview: weigh(webviewFiles),
  };
}

/** Puts the licences of the libraries in the bundle beside it, as they ask for. */
function writeLicenses(inputs) {
  const folders = inputs.map((file) => /^.*\bnode_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const texts = [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .map((folder) => {
      const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
      const license = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      if (license === undefined) throw new Error(`${name} has no licence.`);
      return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, license), "utf8").trim()}\n`;
    });
  fs.writeFileSync(path.join(dist, "licenses.txt"), texts.join("\n---\n\n"));
}

/**
 * Says when a build begins and ends, by which the task that F5 waits for knows.
 * @type {import("esbuild").Plugin}
 */
const announcing = {
  name: "announcing",
  setup(build) {
    build.onStart(() => console.log("build started"));
    build.onEnd(({ errors }) => console.log(`build finished, errors: ${errors.length}`));
  },
};

if (require.main === module) {
  main().catch((error) => {
    // esbuild has printed its own errors.
    if (!("errors" in error)) console.error(error.message);
    process.exit(1);
  });
}

module.exports = { bundling, extension, server, sizes, webview };
