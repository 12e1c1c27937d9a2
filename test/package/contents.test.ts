// The content of the packages is compared with a list, so that nothing is shipped by accident.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { allPlatforms, type Platform } from "../../scripts/nativeLock";
import { manifest } from "../support/manifest";
import { projectRoot } from "../support/project";
import { Zip } from "../support/zip";
import { packages } from "./packages";

/** Package sizes in bytes. */
const budget = 1_000_000;

const shipped: readonly string[] = [
  "[Content_Types].xml",
  "extension.vsixmanifest",
  "extension/LICENSE.txt",
  "extension/changelog.md",
  "extension/dist/extension.js",
  "extension/dist/licenses.txt",
  "extension/dist/mcp.js",
  "extension/dist/node_modules/koffi/LICENSE.txt",
  "extension/dist/node_modules/koffi/index.cjs",
  "extension/dist/node_modules/koffi/package.json",
  "extension/dist/node_modules/koffi/src/koffi/index.cjs",
  "extension/dist/node_modules/koffi/src/koffi/src/static.cjs",
  "extension/dist/timeline.css",
  "extension/dist/timeline.js",
  "extension/l10n/bundle.l10n.de.json",
  "extension/package.json",
  "extension/package.nls.de.json",
  "extension/package.nls.json",
  "extension/readme.md",
];
/** Images by folder; unused ones aren't packaged. */
const pictures = /^extension\/(media\/(?:icon\.png|container\.svg|(?:agent|walkthrough)\/[\w-]+\.svg))$/;

/** The native code of the lock, for each platform. */
const binaries: Readonly<Record<Platform, string>> = {
  "linux-x64": "koffi-linux-x64/linux_x64",
  "linux-arm64": "koffi-linux-arm64/linux_arm64",
  "alpine-x64": "koffi-linux-x64/musl_x64",
  "alpine-arm64": "koffi-linux-arm64/musl_arm64",
  "darwin-x64": "koffi-darwin-x64/darwin_x64",
  "darwin-arm64": "koffi-darwin-arm64/darwin_arm64",
  "win32-x64": "koffi-win32-x64/win32_x64",
};

function nativeFiles(platform: Platform): readonly string[] {
  const [name, toolchain] = binaries[platform].split("/");
  const folder = `extension/dist/node_modules/@koromix/${name!}`;
  return [`${folder}/index.js`, `${folder}/package.json`, `${folder}/${toolchain!}/koffi.node`];
}

for (const platform of allPlatforms) {
  describe(`the package for ${platform}`, () => {
    let file: string;
    let zip: Zip;

    before(async function () {
      this.timeout(180_000);
      file = (await packages())[platform];
      zip = new Zip(fs.readFileSync(file));
    });

    it("has the listed files, and no others", () => {
      const names = zip.names.filter((name) => !pictures.test(name));
      assert.deepEqual(names.sort(), [...shipped, ...nativeFiles(platform)].sort());
    });

    it("is small enough to download", () => {
      const { size } = fs.statSync(file);
      assert.ok(size <= budget, `${size} bytes of ${budget}`);
    });

    it("is for this platform and for the oldest supported release and later", () => {
      const text = zip.text("extension.vsixmanifest");
      assert.match(text, new RegExp(`TargetPlatform="${platform}"`));
      assert.ok(text.includes(`Id="Microsoft.VisualStudio.Code.Engine" Value="${manifest.engines.vscode}"`), text);
    });

    it("is minified, has no source map, and doesn't contain the path of the build", () => {
      for (const name of zip.names.filter((candidate) => /^extension\/dist\/[^/]+\.js$/.test(candidate))) {
        assert.doesNotMatch(zip.text(name), /^\/\/ src\//m, `${name} has comments`);
        assert.doesNotMatch(zip.text(name), /sourceMappingURL/, name);
      }
      for (const name of zip.names.filter((candidate) => /\.(?:js|cjs|json|md|xml|vsixmanifest)$/.test(candidate))) {
        assert.ok(!zip.text(name).includes(projectRoot), name);
      }
    });

    it("has the license of every library in it", () => {
      const text = zip.text("extension/dist/licenses.txt");
      for (const name of Object.keys(manifest.dependencies)) {
        const lies = zip.names.includes(`extension/dist/node_modules/${name}/LICENSE.txt`);
        assert.ok(lies || new RegExp(`^${name} \\d`, "m").test(text), name);
      }
    });

    it("uses only images and links that are on the web", () => {
      const text = zip.text("extension/readme.md");
      const targets = Array.from(text.matchAll(/\]\(([^)\s]+)/g), ([, target]) => target!);
      for (const target of targets) assert.match(target, /^(?:https:\/\/|#)/, target);
    });
  });
}

describe("every package", () => {
  it("has every image that the manifest names, and besides these only those of the agents", async () => {
    const zip = new Zip(fs.readFileSync((await packages())["linux-x64"]));
    const text = zip.text("extension/package.json");
    const named = Array.from(text.matchAll(/"(media\/[^"]+)"/g), ([, file]) => file!);
    const held = zip.names.flatMap((name) => pictures.exec(name)?.[1] ?? []);
    const surplus = held.filter((name) => !named.includes(name) && !name.startsWith("media/agent/"));
    assert.deepEqual({ missing: named.filter((name) => !held.includes(name)), surplus }, { missing: [], surplus: [] });
  });
});
