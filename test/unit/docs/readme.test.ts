// The tables of the README match the manifest and the tests.
import * as assert from "node:assert/strict";
import { readDocument, tableRows } from "../../support/documents";
import { manifest, manifestStrings } from "../../support/manifest";

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

  it("names a test for each promise", () => {
    const start = rows.findIndex(([head]) => head === "promise");
    const promises = rows.slice(start + 1).filter(([, holder]) => holder?.includes("`test/") === true);
    assert.ok(promises.length >= 8, `${promises.length} promises`);
    for (const [promise, holder] of rows.slice(start + 1)) assert.match(holder!, /^`test\/[^`]+\.test\.ts`/, promise);
  });

  it("has the two commands that run the extension and its tests", () => {
    for (const command of ["npm ci && npm start", "npm ci && npm test"])
      assert.ok(readme.code.includes(`${command}\n`));
  });
});
