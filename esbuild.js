// Builds the extension (one bundle) or, with --tests, every test and source file one by one for mocha.
// Flags: --production (minified, no map, held to its size budget, with licences), --watch, --tests.
const esbuild = require("esbuild");
const fs = require("node:fs");
const path = require("node:path");

const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** What the minified bundle may weigh, in bytes. Raise it knowingly, with the feature that is worth it. */
const budget = 170_000;
/** What it should weigh. */
const goal = 120_000;

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

/**
 * Has all files share one namespace of a module that isn't in the bundle. By default each file gets one of its own, and
 * the editor's has more than four hundred names: copying them for every file took more than half of loading the bundle.
 * @type {import("esbuild").Plugin}
 */
const sharedNamespaces = {
  name: "shared-namespaces",
  setup(build) {
    const namespace = "shared";
    build.onResolve({ filter: /^(?:vscode|node:.+)$/ }, ({ path, kind, namespace: importer }) => {
      if (importer === namespace) return { path, external: true };
      return kind === "import-statement" ? { path, namespace, sideEffects: false } : undefined;
    });
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: `export * from ${JSON.stringify(path)};` }));
  },
};

/** @type {import("esbuild").BuildOptions} */
const extension = {
  ...bundling,
  entryPoints: [path.join(__dirname, "src/extension.ts")],
  outfile: path.join(__dirname, "dist/extension.js"),
  minify: production,
  plugins: [sharedNamespaces],
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
    const { metafile } = await esbuild.build({ ...options, metafile: production });
    if (production) {
      checkSize();
      writeLicenses(metafile);
    }
    return;
  }
  const context = await esbuild.context({ ...options, plugins: [...(options.plugins ?? []), announcing] });
  await context.watch();
}

/** A bundle must not grow unseen. */
function checkSize() {
  const { size } = fs.statSync(extension.outfile);
  const inKB = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
  console.log(`The extension's bundle: ${inKB(size)} of ${inKB(budget)} (goal: ${inKB(goal)})`);
  if (size > budget) throw new Error("The extension's bundle is over its budget.");
}

/** Puts the licences of the libraries in the bundle beside it, as they ask for. */
function writeLicenses({ inputs }) {
  const folders = Object.keys(inputs).map((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const texts = [...new Set(folders)]
    .filter((folder) => folder !== undefined)
    .map((folder) => {
      const { name, version } = JSON.parse(fs.readFileSync(path.join(folder, "package.json"), "utf8"));
      const license = fs.readdirSync(folder).find((file) => /^licen[cs]e/i.test(file));
      if (license === undefined) throw new Error(`${name} has no licence.`);
      return `${name} ${version}\n\n${fs.readFileSync(path.join(folder, license), "utf8").trim()}\n`;
    });
  fs.writeFileSync(path.join(path.dirname(extension.outfile), "licenses.txt"), texts.join("\n---\n\n"));
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
    // esbuild has told of its own errors.
    if (!("errors" in error)) console.error(error.message);
    process.exit(1);
  });
}

module.exports = { bundling, extension };
