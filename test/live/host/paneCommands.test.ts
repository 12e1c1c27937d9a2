// Looking into a pane of a real tmux, and going there.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandId } from "../../../src/contributions";
import { rowNode } from "../../host/activated";
import { eventually } from "../../support/eventually";
import { rowInPane } from "../liveSession";
import { usePanes } from "./paneStage";

describe("Live panes", () => {
  const panes = usePanes();

  it("can be peeked: the end of what was printed, without escapes, kept up to date, and nothing else is done there", async () => {
    const agent = await panes().start("cc_1");
    await panes().show(rowInPane("bd-1", agent));
    const untouched = (): unknown => ({
      clients: panes().tmux.clients(),
      size: [panes().tmux.format(agent.paneId, "pane_width"), panes().tmux.format(agent.paneId, "pane_height")],
    });
    const before = untouched();
    await agent.tell("print 10000");
    await vscode.commands.executeCommand(commandId("peekPane"), rowNode("bd-1"));
    const editor = await eventually(() => {
      const found = vscode.window.visibleTextEditors.find(({ document }) => document.uri.scheme.endsWith("-pane"));
      assert.match(found?.document.getText() ?? "", /line 10000 漢字 👩‍💻 é link/);
      return found!;
    });
    const { document } = editor;
    assert.ok(document.lineCount <= 200, `${document.lineCount} lines`);
    // eslint-disable-next-line no-control-regex
    assert.doesNotMatch(document.getText(), /\u001b|\u0007/);
    const last = (): string => document.lineAt(document.lineCount - 1).text;
    const isEndInSight = (): void => {
      assert.ok(editor.visibleRanges.some(({ end }) => end.line >= document.lineCount - 2));
    };
    await eventually(isEndInSight);
    await agent.tell("print 3");
    await eventually(() => {
      assert.match(last(), /line 3/);
    });
    await eventually(isEndInSight);
    assert.deepEqual(untouched(), before);
    assert.deepEqual(panes().tmux.clients(), []);
    panes().tmux.killPane(agent.paneId);
    await eventually(() => {
      assert.match(document.getText(), /line 3[^]*\(tmux doesn't show this pane now/);
    });
  });

  it("can't be peeked or gone to when they are another pane by now", async () => {
    const agent = await panes().start("cc_1");
    const assigned_at = new Date(Date.now() - 60_000).toISOString();
    await panes().show(rowInPane("bd-1", agent, { assigned_at }));
    for (const command of ["peekPane", "goToPane"] as const) {
      await vscode.commands.executeCommand(commandId(command), rowNode("bd-1"));
      assert.match(panes().dialogs.only().text, /^The bead was assigned before the tmux session was created\./);
    }
    assert.deepEqual(panes().tmux.clients(), []);
  });

  it("are selected in a terminal by Go to Pane, which is used again", async () => {
    const [first, second] = [await panes().start("cc_1"), await panes().start("cc_2")];
    await panes().show(rowInPane("bd-1", first), rowInPane("bd-2", second));
    const before = vscode.window.terminals.length;
    try {
      await vscode.commands.executeCommand(commandId("goToPane"), rowNode("bd-2"));
      await eventually(() => {
        assert.equal(panes().tmux.clients().length, 1);
        assert.equal(panes().tmux.format(second.paneId, "pane_active"), "1");
      });
      await vscode.commands.executeCommand(commandId("goToPane"), rowNode("bd-1"));
      await eventually(() => {
        assert.equal(panes().tmux.format(first.paneId, "pane_active"), "1");
      });
      assert.equal(vscode.window.terminals.length, before + 1);
    } finally {
      for (const terminal of vscode.window.terminals) terminal.dispose();
    }
  });
});
