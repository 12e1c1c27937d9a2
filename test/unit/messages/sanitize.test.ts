import "../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { escapeIcons, escapeLinks, sanitize } from "../../../src/messages";

describe("text: data from agents", () => {
  for (const text of [
    "bd-1 Fix the parser (again) [now] 修复 😀",
    "👩‍💻 and 👨‍👩‍👧‍👦, 👍🏽, ❤️, 🏳️‍🌈, 🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "می‌خواهم",
    "क्‍ष श्रीलंका ශ්‍රී",
    "葛󠄀",
    "[docs](readme.md) and a](b) $(git rev-parse HEAD)",
  ]) {
    it(`is shown as it is: ${text}`, () => {
      assert.equal(sanitize(text), text);
    });
  }

  it("loses what is invisible without a function, and what reorders text", () => {
    assert.equal(sanitize("a\u200bb\u200dc\ufeffd\u00ade\u2060f"), "abcdef");
    assert.equal(sanitize("\u202egnp.exe\u202c \u2066x\u2069 \u200fy"), "gnp.exe x y");
    assert.equal(sanitize("hidden\u{e0068}\u{e0069} \u{1f3f4}\u{e0068}"), "hidden \u{1f3f4}");
    assert.equal(sanitize("a\u3164b \u200d c\ufe0f"), "ab  c\ufe0f");
  });

  it("becomes one line, without escape sequences", () => {
    assert.equal(sanitize("a\r\n\tb\u001b[31mc\u2028e\u0000f"), "a b [31mc e f");
    assert.equal(sanitize("half \ud800 a pair"), "half   a pair");
  });

  it("is shortened by what the user sees as characters, and a megabyte without processing all of it", () => {
    assert.equal(sanitize("😀".repeat(100), 10), `${"😀".repeat(9)}…`);
    assert.equal(sanitize("👩‍💻".repeat(100), 10), `${"👩‍💻".repeat(9)}…`);
    assert.equal(sanitize("x".repeat(80)), "x".repeat(80));
    assert.equal(sanitize("x".repeat(1_000_000)).length, 80);
    assert.ok(sanitize("\u200b".repeat(1_000_000)).length <= 80);
  });

  it("renders no icons in quick picks, and has no stray backslash where the editor sees no icon", () => {
    assert.equal(escapeIcons("$(trash) $(sync~spin) bd-1"), "\\$(trash) \\$(sync~spin) bd-1");
    assert.equal(escapeIcons("$(git rev-parse HEAD) $() $(a.b)"), "$(git rev-parse HEAD) $() $(a.b)");
  });

  it("never becomes a link in messages, and is left alone where the editor sees none", () => {
    // What VS Code's notifications render as links.
    const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
    for (const text of [
      "[ok](command:workbench.action.quit)",
      '[a](HTTPS://x.test "t")',
      "[[a](file:///x)",
      "[b [a](command:y)",
    ]) {
      assert.match(text, link);
      assert.doesNotMatch(escapeLinks(text), link, text);
    }
    for (const text of ["a](b)", "[docs](readme.md)", "f[0](command: x)", "x ](](command:y)"]) {
      assert.equal(escapeLinks(text), text);
    }
  });
});
