// What the views show of panes, as agents come and go in a real tmux.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as vscode from "vscode";
import { noFilter } from "../../../src/views/beads/filter";
import { commandId, viewIds } from "../../../src/contributions";
import { rowNode } from "../../host/activated";
import { eventually } from "../../support/eventually";
import { row } from "../../support/foreignSave";
import { placeLedger, rowInPane } from "../liveSession";
import { nextSecond, usePanes } from "./paneStage";

describe("Live panes", () => {
  const panes = usePanes();

  it("show within two observations that an agent was killed, and offer to go to its pane", async () => {
    const agent = await panes().start("cc_1");
    await panes().show(rowInPane("bd-1", agent));
    assert.equal(panes().reason("bd-1"), undefined);
    await agent.tell("exit 1");
    await panes().inForeground(agent, /^(?:ba|da)?sh$/);
    await panes().lookTwice();
    assert.equal(panes().reason("bd-1"), "agent-exited");
    assert.match(panes().said("bd-1"), /agent exited/);
    assert.equal((panes().item(rowNode("bd-1")).iconPath as vscode.ThemeIcon).id, "warning");
    assert.equal((panes().item(panes().paneNode(agent)).iconPath as vscode.ThemeIcon).id, "warning");
    assert.equal(panes().internals.beads.treeView.badge?.value, 1);
    const message = await eventually(() => panes().dialogs.only());
    assert.deepEqual(
      [message.kind, message.text, message.choices],
      ["warning", "bd-1 Title of bd-1: agent exited.", ["Show", "Go to Pane"]],
    );
    await panes().internals.treeOptions.setFilter({ ...noFilter, needsAttention: true });
    assert.equal(panes().internals.beads.provider.tree.hiddenCount, 0);
  });

  it("say no more of an agent that was gone before the session was shown than the views do", async () => {
    const [agent, other] = [await panes().start("cc_1"), await panes().start("cc_2")];
    await agent.tell("exit");
    await panes().inForeground(agent, /^(?:ba|da)?sh$/);
    const earlier = new Date(Date.now() - 1).toISOString();
    await panes().show(rowInPane("bd-1", agent, { assigned_at: earlier }), rowInPane("bd-2", other));
    await panes().lookTwice();
    assert.equal(panes().reason("bd-1"), "agent-exited");
    // A later message shows that an earlier one would have been shown by now.
    await other.tell("exit");
    await panes().inForeground(other, /^(?:ba|da)?sh$/);
    await panes().lookTwice();
    assert.match((await eventually(() => panes().dialogs.only())).text, /^bd-2 /);
  });

  it("show within two observations that a pane was closed", async () => {
    const [agent, other] = [await panes().start("cc_1"), await panes().start("cc_2")];
    await panes().show(rowInPane("bd-1", agent), rowInPane("bd-2", other));
    panes().tmux.killPane(agent.paneId);
    await panes().lookTwice();
    assert.equal(panes().reason("bd-1"), "pane-gone");
    assert.match(panes().paneSaid(agent), /^pane gone/);
    assert.equal(panes().reason("bd-2"), undefined);
  });

  it("show with one message that the server ended", async () => {
    const [first, second] = [await panes().start("cc_1"), await panes().start("cc_2")];
    await panes().show(rowInPane("bd-1", first), rowInPane("bd-2", second));
    panes().tmux.killServer();
    await eventually(async () => {
      await panes().lookTwice();
      assert.deepEqual([panes().reason("bd-1"), panes().reason("bd-2")], ["pane-gone", "pane-gone"]);
    });
    const message = await eventually(() => panes().dialogs.only());
    assert.equal(message.text, "tmux ended: 2 beads have lost their panes (bd-1, bd-2)");
  });

  it("don't take the rows of an earlier session for those of a new one with the same panes", async () => {
    const old = await panes().start("cc_1");
    const row = rowInPane("bd-1", old);
    await panes().show(row);
    await nextSecond(); // tmux reports it in whole seconds, too.
    panes().tmux.killServer();
    const agent = await panes().start("cc_1");
    assert.equal(agent.paneId, old.paneId);
    await panes().lookTwice();
    assert.equal(panes().reason("bd-1"), undefined);
    assert.match(panes().paneSaid(agent), /^earlier run/);
    const lives = panes().internals.panes.current.lives;
    assert.deepEqual(lives?.pane(agent.paneId)?.activeRows, []);
  });

  it("show the pane of an agent without beads as free, and offer it first", async () => {
    const [busy, free] = [await panes().start("cc_1"), await panes().start("cod_1")];
    await panes().show(rowInPane("bd-1", busy));
    assert.equal(panes().paneSaid(free), "free");
    assert.match(panes().paneSaid(busy), /1 working/);
    assert.match(
      (panes().internals.statusBar.item.tooltip as vscode.MarkdownString).value,
      /2 agents.* 1 working.* 1 free/,
    );
    panes().dialogs.next("Pane 1 · Codex CLI");
    await vscode.commands.executeCommand(commandId("reassign"), rowNode("bd-1"));
    assert.deepEqual(panes().dialogs.asked.splice(0)[0]?.choices, ["Pane 1 · Codex CLI"], "it is in pane 0 already");
    await eventually(() => {
      assert.match(panes().paneSaid(free), /1 assigned/);
    });
    await panes().look();
    assert.doesNotMatch(panes().paneSaid(free), /free/);
  });

  it("never show a pane as free whose ledger can't be read", async () => {
    const agent = await panes().start("cc_1");
    await panes().show();
    assert.equal(panes().paneSaid(agent), "free");
    fs.writeFileSync(panes().home.ledgerPath(panes().session), "{");
    fs.writeFileSync(panes().home.backupPath(panes().session), "{");
    await panes().internals.session.refresh();
    await panes().look();
    assert.doesNotMatch(panes().paneSaid(agent), /free/);
  });

  it("show which sessions have ended, in the Sessions view", async () => {
    const agent = await panes().start("cc_1");
    placeLedger(panes().home, "ended", [row("bd-2", { status: "working" })]);
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const copy of [panes().home.ledgerPath("ended"), panes().home.backupPath("ended")])
      fs.utimesSync(copy, yesterday, yesterday);
    await panes().show(rowInPane("bd-1", agent));
    await vscode.commands.executeCommand(`${viewIds.sessions}.focus`);
    const { provider } = panes().internals.sessions;
    const saidOf = (sessionName: string): string => {
      const nodes = provider.tree.roots.flatMap((node) => [node, ...provider.tree.children(node)]);
      const node = nodes.find((one) => one.kind === "session" && one.sessionName === sessionName);
      assert.ok(node !== undefined, `${sessionName} is listed`);
      return String(provider.getTreeItem(node).description);
    };
    await eventually(() => {
      assert.match(saidOf("ended"), /1 working · not in tmux · 1d$/);
      assert.match(saidOf(panes().session), /^shown · 1 working · /);
      assert.doesNotMatch(saidOf(panes().session), /not in tmux/);
    });
  });

  it("show that two beads are in one pane", async () => {
    const agent = await panes().start("cc_1");
    await panes().show(rowInPane("bd-1", agent), rowInPane("bd-2", agent));
    assert.deepEqual([panes().reason("bd-1"), panes().reason("bd-2")], ["shared-pane", "shared-pane"]);
  });

  it("explain how to fix an agent that runs under a shell", async () => {
    const agent = await panes().start("cc_1", { host: "script" });
    await panes().show(rowInPane("bd-1", agent));
    await panes().lookTwice();
    assert.equal(panes().reason("bd-1"), undefined);
    assert.match(panes().paneSaid(agent), /^runs under a shell/);
    const resolved = panes().internals.beads.provider.resolveTreeItem(
      panes().item(panes().paneNode(agent)),
      panes().paneNode(agent),
    );
    assert.match(resolved.tooltip as string, /start the agent with “exec”/);
  });

  it("refresh nothing after an observation without a change", async () => {
    const agent = await panes().start("cc_1");
    await panes().show(rowInPane("bd-1", agent));
    await panes().lookTwice();
    const known = panes().internals.panes.current;
    const { signals } = panes().internals.attention.current;
    let changes = 0;
    const subscriptions = [
      panes().internals.panes.onDidChange(() => changes++),
      panes().internals.beads.provider.onDidChangeTreeData(() => changes++),
    ];
    await panes().lookTwice();
    for (const subscription of subscriptions) subscription.dispose();
    assert.equal(changes, 0);
    assert.equal(panes().internals.panes.current, known);
    assert.equal(panes().internals.attention.current.signals, signals);
  });

  it("claim nothing when tmux may not be asked", async () => {
    const [busy, free] = [await panes().start("cc_1"), await panes().start("cc_2")];
    await panes().show(rowInPane("bd-1", busy));
    assert.equal(panes().paneSaid(free), "free");
    const configuration = vscode.workspace.getConfiguration("ntmAssignments");
    await configuration.update("tmux", "off", vscode.ConfigurationTarget.Global);
    try {
      await eventually(() => {
        assert.equal(panes().internals.panes.current.lives, undefined);
      });
      assert.equal(panes().internals.beads.provider.tree.roots.length, 1);
      assert.equal(panes().internals.panes.current.summary, "");
    } finally {
      await configuration.update("tmux", undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
