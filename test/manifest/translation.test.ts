// The German translation is complete: every string of the sources and the manifest has one, and no other string has.
import * as assert from "node:assert/strict";
import { manifestStrings, manifestText, readJson, type Strings } from "../support/manifest";
import { translatableStrings } from "../support/translatable";

/** The parts that are the same in every language: placeholders, links, code, icons. */
function fixedParts(text: string): string[] {
  return (text.match(/\{\w+\}|\(command:[^)]+\)|`[^`]+`|\$\([\w-]+\)/g) ?? []).sort();
}

function assertTranslated(originals: Strings, translations: Strings): void {
  const missing = Object.keys(originals).filter((key) => !Object.hasOwn(translations, key));
  const surplus = Object.keys(translations).filter((key) => !Object.hasOwn(originals, key));
  assert.deepEqual({ missing, surplus }, { missing: [], surplus: [] });
  for (const [key, original] of Object.entries(originals)) {
    const translation = translations[key]!;
    assert.notEqual(translation.trim(), "", key);
    assert.deepEqual(fixedParts(translation), fixedParts(original), `${key}: ${translation}`);
  }
}

describe("Manifest and sources in German", () => {
  it("translate every string of the sources", () => {
    const strings = translatableStrings("src");
    assert.ok(strings.length > 100, "the strings are found at all");
    assertTranslated(
      Object.fromEntries(strings.map(({ message }) => [message, message])),
      readJson("l10n/bundle.l10n.de.json") as Strings,
    );
  });

  it("translate every string of the manifest", () => {
    assertTranslated(manifestStrings(), manifestStrings("de"));
  });

  it("have a string for every key that the manifest names, and no other", () => {
    const named = new Set(Array.from(manifestText.matchAll(/"%([\w.]+)%"/g), ([, key]) => key!));
    assert.deepEqual([...named].sort(), Object.keys(manifestStrings()).sort());
  });
});
