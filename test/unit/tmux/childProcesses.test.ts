import * as assert from "node:assert/strict";
import { childrenIn, isShellCommand, laterProcessesIn } from "../../../src/tmux/childProcesses";

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

describe("The processes that agents left running", () => {
  const now = Date.UTC(2026, 10, 22, 10);
  const ago = (seconds: number): number => now - seconds * 1000;

  it("are those below a pane that began after its turn, and still run", () => {
    const table = [
      "  900     1 10-00:00:00 Ss",
      "  901   900    02:00:00 Ss+", // The agent.
      "  910   901    01:59:59 Sl", // Its MCP server.
      "  911   901       02:00 S", // A shell that it put into the background,
      "  912   911       01:59 R", // and what runs in it.
      "  913   901       01:00 Z",
      "  914   901       00:01 S", // Its status line.
      "  920   900    02:00:00 Ss+",
      "  921   920  1-01:00:00 S",
      "  930     1       01:00 S", // Not of this tmux.
      "  931   930       00:30 S",
    ].join("\n");
    const since = new Map([901, 920, 930, 940].map((pid) => [pid, ago(600)]));
    assert.deepEqual(
      [...laterProcessesIn(table, since, 900, now)],
      [
        [901, 2],
        [920, 0],
      ],
    );
  });

  it("aren't those of the second in which the turn began", () => {
    const table = "  901   900    10:00 S\n  902   901    05:00 S\n  903   901    04:59 S\n";
    assert.equal(laterProcessesIn(table, new Map([[901, ago(300)]]), 900, now).get(901), 1);
  });

  it("aren't known of a turn from before the process of the pane began", () => {
    const table = "  901   900    04:00 S\n  902   901    03:50 S\n";
    assert.equal(laterProcessesIn(table, new Map([[901, ago(300)]]), 900, now).size, 0);
  });

  it("are counted once where the table has a circle", () => {
    const table = "  901   900    10:00 S\n  902   901    01:00 S\n  903   902    00:50 S\n  902   903    01:00 S\n";
    assert.equal(laterProcessesIn(table, new Map([[901, ago(300)]]), 900, now).get(901), 2);
  });

  it("are unknown where the table can't be read", () => {
    assert.equal(laterProcessesIn("PID PPID ELAPSED\n\u001b[31m", new Map([[901, 0]]), 900, now).size, 0);
  });
});

describe("A shell", () => {
  it("is what ntm takes for one, a login shell included", () => {
    for (const command of ["bash", "-zsh", "/bin/sh", "FISH", "pwsh.exe"]) assert.ok(isShellCommand(command), command);
    for (const command of ["", "node", "claude", "bash-agent", "sh.py"]) assert.ok(!isShellCommand(command), command);
  });
});
