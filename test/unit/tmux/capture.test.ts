import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { toPlainTextLines } from "../../../src/tmux/capture";
import { hostileText } from "../../support/tmuxPanes";

describe("What a pane shows, as plain text", () => {
  it("has no escapes, no control characters, and no blanks at the end", () => {
    const shown =
      "\u001b[1;31mred\u001b[0m \u001b]0;title\u0007漢字 🧵  \nbell\u0007 \u001b(Bx\r\n\n  indented\tx\n\n   \n";
    assert.deepEqual(toPlainTextLines(shown), ["red 漢字 🧵", "bell x", "", "  indented\tx"]);
    assert.deepEqual(toPlainTextLines("\n\n"), []);
    assert.deepEqual(toPlainTextLines("cut \u001b["), ["cut"]);
  });

  it("never holds a control character, with any content of the pane", () => {
    fc.assert(
      fc.property(hostileText, (shown) => {
        for (const line of toPlainTextLines(shown)) assert.ok(!/[^\P{Cc}\t]/u.test(line), JSON.stringify(line));
      }),
    );
  });
});
