// The tables of the README match the manifest and the tests.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { readDocument, tableRows } from "../../support/documents";
import { manifest, manifestStrings } from "../../support/manifest";
import { projectRoot } from "../../support/project";

const readme = readDocument("README.md");
const rows = tableRows(readme);

/** Markdown has two syntaxes for emphasis. */
function withoutEmphasis(text: string): string {
  return text.replaceAll(/[*_](\w+)[*_]/g, "$1");
}

describe("README.md", () => {
  it("lists every setting, with its default and its description", () => {
    const strings = manifestStrings();
    const declared = Object.entries(manifest.contributes.configuration.properties).map(([name, setting]) => [
      `\`${name}\``,
      `\`${JSON.stringify(setting.default)}\``,
      withoutEmphasis(strings[setting.markdownDescription.slice(1, -1)]!),
    ]);
    const listed = rows.filter(([name]) => name?.startsWith("`ntmAssignments.")).map((row) => row.map(withoutEmphasis));
    assert.deepEqual(listed, declared);
  });

  it("names tests for each promise, by titles that they have", () => {
    const start = rows.findIndex(([head]) => head === "promise");
    const end = rows.findIndex(([head], index) => index > start && head === "process");
    const promises = rows.slice(start + 1, end);
    assert.ok(promises.length >= 12, `${promises.length} promises`);
    for (const [promise, holder = ""] of promises) {
      const tests = Array.from(holder.matchAll(/`(test\/[^`]+\.test\.ts)`: “([^”]+)”/g));
      assert.ok(tests.length > 0, promise);
      for (const [, file = "", title = ""] of tests) {
        const text = fs.readFileSync(path.join(projectRoot, file), "utf8");
        const titles = Array.from(
          text.matchAll(/\b(?:describe|it|define|forRoot)\(\s*(["`])(.*?)\1,/gs),
          ([, , found = ""]) => found,
        );
        assert.ok(
          titles.some((one) => one.includes(title)),
          `${file}: ${title}`,
        );
      }
    }
  });

  it("has the two commands that run the extension and its tests", () => {
    for (const command of ["npm ci && npm start", "npm ci && npm test"])
      assert.ok(readme.code.includes(`${command}\n`));
  });
});
