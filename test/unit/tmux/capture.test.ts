import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { toPlainTextLines } from "../../../src/tmux/capture";
import { childrenIn, isShellCommand } from "../../../src/tmux/childProcesses";
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

describe("The children of the processes of panes", () => {
  it("are found in the table of processes, but only for processes that tmux started", () => {
    const table =
      "    1     0\n  900     1\n  901   900\n  902   900\n  950   902\n  903     1\n  951   903\nPID PPID\n";
    const found = childrenIn(table, [901, 902, 903, 904], 900);
    assert.deepEqual(
      [...found],
      [
        [901, false],
        [902, true],
      ],
    );
  });
});

describe("A shell", () => {
  it("is what ntm takes for one, a login shell included", () => {
    for (const command of ["bash", "-zsh", "/bin/sh", "FISH", "pwsh.exe"]) assert.ok(isShellCommand(command), command);
    for (const command of ["", "node", "claude", "bash-agent", "sh.py"]) assert.ok(!isShellCommand(command), command);
  });
});
