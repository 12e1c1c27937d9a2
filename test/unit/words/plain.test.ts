import "../../support/editorWords";
import * as assert from "node:assert/strict";
import { plain, withoutIcons } from "../../../src/words";

describe("words: agents' data in messages", () => {
  it("leaves ordinary text alone", () => {
    assert.equal(plain("bd-1 Fix the parser (again) [now] 修复 😀"), "bd-1 Fix the parser (again) [now] 修复 😀");
  });

  it("never makes a link of it", () => {
    // What VS Code's notifications turn into a link that runs a command.
    const link = /\[[^\]]+\]\((?:https?:|command:|file:)[^)\s]+/;
    for (const text of [
      "[ok](command:workbench.action.quit)",
      "[a](https://x.test)",
      "x ](](command:y)",
      "[a]\u200B(command:y)",
    ]) {
      assert.doesNotMatch(plain(text), link, text);
    }
  });

  it("makes one line of it, without escapes or marks that reorder the text", () => {
    assert.equal(plain("a\r\n\tb\u001b[31mc\u202Ed\u2028e\u0000f"), "a b [31mc d e f");
    assert.equal(plain("half \ud800 a pair"), "half   a pair");
  });

  it("shortens by characters, and a megabyte without looking at all of it", () => {
    assert.equal(plain("😀".repeat(100), 10), `${"😀".repeat(9)}…`);
    assert.equal(plain("x".repeat(80)), "x".repeat(80));
    assert.equal(Array.from(plain("x".repeat(1_000_000))).length, 80);
  });

  it("draws no icons in quick picks", () => {
    assert.equal(withoutIcons("$(trash) bd-1"), "\\$(trash) bd-1");
  });
});
