// The documents are correct: commands, links and files exist.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { documents } from "../../support/documents";
import { manifest } from "../../support/manifest";
import { projectRoot } from "../../support/project";
import { defaultTiers, tierNames } from "../../../scripts/tiers";

/** npm's own commands among those mentioned. */
const npmCommands = ["ci"];

const folders = ["src", "test", "scripts", "docs", "media", "l10n", ".ci", ".github", ".vscode"];
const looksLikeFile = new RegExp(`^(?:${folders.join("|").replaceAll(".", "\\.")})/[\\w./-]+$`);
const looksLikeTopFile = /^(?:[\w-]+\.(?:m?js|jsonc|md)|package(?:\.nls)?(?:\.\w+)?\.json|LICENSE|\.\w+ignore)$/;
/** Created by a build or a test run. */
const made = /^(?:test\/ui\/screenshots|dist|out|packages)\b/;

for (const { file, text, code, targets } of documents()) {
  describe(file, () => {
    it("names only existing npm scripts", () => {
      for (const line of code) {
        for (const [mention, run, name] of line.matchAll(/\bnpm (run )?(?:--\w+ )?([\w:]+)/g)) {
          const isThere = Object.hasOwn(manifest.scripts, name!) || (run === undefined && npmCommands.includes(name!));
          assert.ok(isThere, mention);
        }
      }
    });

    it("names only existing tiers", () => {
      const commands = code.flatMap((part) => part.split("\n")).map((line) => line.replace(/\s+#.*/, ""));
      for (const command of commands) {
        const [, words] = /\bnpm (?:test|run watch:tests) -- (.+)/.exec(command) ?? [];
        const tiers = words?.replaceAll(/--\w+ (?:"[^"]*"|\S+)/g, "").match(/\S+/g) ?? [];
        for (const tier of tiers)
          assert.ok(
            tierNames.some((name) => name === tier),
            command,
          );
      }
    });

    it("names only existing files", () => {
      for (const part of code.flatMap((span) => span.split(" · "))) {
        if (!(looksLikeFile.test(part) || looksLikeTopFile.test(part)) || made.test(part)) continue;
        assert.ok(fs.existsSync(path.join(projectRoot, part)), part);
      }
    });

    it("links only to existing targets", () => {
      for (const target of targets) {
        if (target.startsWith("https://")) continue;
        const [place = "", anchor] = target.split("#");
        const linked = path.join(projectRoot, place === "" ? file : path.join(path.dirname(file), place));
        assert.ok(fs.existsSync(linked), target);
        if (anchor === undefined) continue;
        const headings = Array.from(fs.readFileSync(linked, "utf8").matchAll(/^#+ (.+)$/gm), ([, title]) => title!);
        assert.ok(headings.map(anchorOf).includes(anchor), target);
      }
    });

    it("names no path of a machine and no registry", () => {
      assert.doesNotMatch(text, /(?<![\w~.])\/(?:home|root|Users|work|tmp|var|opt)\b|[A-Z]:\\/);
      assert.doesNotMatch(text, /\bregistry\.\w|npmjs\.(?:com|org)|yarnpkg\.com/);
    });
  });
}

describe("the map in CONTRIBUTING.md", () => {
  const { text } = documents().find(({ file }) => file === "CONTRIBUTING.md")!;
  const map = /## The map\n.*?```\n(.*?)```/s.exec(text)?.[1] ?? "";

  it("shows every folder of the sources and of the tests", () => {
    for (const folder of ["src", "test"]) {
      const lines = map.split("\n").filter((line) => line.startsWith(`${folder}/`));
      const shown = lines.flatMap((line) => {
        const places = line.slice(folder.length + 1).split(/ {2,}|\/ /)[0]!;
        return places.split(", ").map((place) => place.split("/")[0]!.trim());
      });
      const entries = fs.readdirSync(path.join(projectRoot, folder), { withFileTypes: true });
      for (const entry of entries.filter((candidate) => candidate.isDirectory())) {
        assert.ok(shown.includes(entry.name), `${folder}/${entry.name}`);
      }
    }
  });

  it("separates the folders that use the editor from those that don't", () => {
    const below = map.slice(map.indexOf("- - -"));
    for (const [, folder] of below.matchAll(/^(src\/\w+)\//gm)) {
      const names = fs.readdirSync(path.join(projectRoot, folder!), { recursive: true, encoding: "utf8" });
      for (const name of names.filter((candidate) => candidate.endsWith(".ts"))) {
        const source = fs.readFileSync(path.join(projectRoot, folder!, name), "utf8");
        assert.doesNotMatch(source, /^(?!import type).*from "vscode"/m, path.join(folder!, name));
      }
    }
  });

  it("names the tiers in the order of the gate", () => {
    const gate = /`\.ci\/run` is the gate.*?: (.*?),\s+and/s.exec(text)?.[1] ?? "";
    const named = gate.split(/,\s+/).filter((step) => tierNames.some((name) => name === step));
    assert.deepEqual(named, defaultTiers);
  });
});

describe("package-lock.json", () => {
  it("names no registry", () => {
    const lock = fs.readFileSync(path.join(projectRoot, "package-lock.json"), "utf8");
    assert.doesNotMatch(lock, /"resolved"/);
  });
});

/** Heading anchors as generated by GitHub. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, "")
    .replaceAll(" ", "-");
}
