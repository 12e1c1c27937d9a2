import "../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { sanitize, escapeIcons } from "../../../src/text";

describe("text: data from agents in messages", () => {
  it("doesn't change ordinary text", () => {
    assert.equal(sanitize("bd-1 Fix the parser (again) [now] 修复 😀"), "bd-1 Fix the parser (again) [now] 修复 😀");
  });

  it("never becomes a link", () => {
    // VS Code's notifications render this as a link that runs a command.
    const link = /\[[^\]]+\]\((?:https?:|command:|file:)[^)\s]+/;
    for (const text of [
      "[ok](command:workbench.action.quit)",
      "[a](https://x.test)",
      "x ](](command:y)",
      "[a]\u200B(command:y)",
    ]) {
      assert.doesNotMatch(sanitize(text), link, text);
    }
  });

  it("becomes one line, without escape sequences or characters that reorder text", () => {
    assert.equal(sanitize("a\r\n\tb\u001b[31mc\u202Ed\u2028e\u0000f"), "a b [31mc d e f");
    assert.equal(sanitize("half \ud800 a pair"), "half   a pair");
  });

  it("is shortened by characters, and a megabyte without processing all of it", () => {
    assert.equal(sanitize("😀".repeat(100), 10), `${"😀".repeat(9)}…`);
    assert.equal(sanitize("x".repeat(80)), "x".repeat(80));
    assert.equal(Array.from(sanitize("x".repeat(1_000_000))).length, 80);
  });

  it("renders no icons in quick picks", () => {
    assert.equal(escapeIcons("$(trash) bd-1"), "\\$(trash) bd-1");
  });
});
