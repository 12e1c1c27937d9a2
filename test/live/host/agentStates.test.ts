// What the views show of what agents report through their hooks, in a real tmux.
import * as assert from "node:assert/strict";
import * as vscode from "vscode";
import { commandId } from "../../../src/contributions";
import { rowNode } from "../../host/activated";
import { eventually } from "../../support/eventually";
import { nextSecond, usePanes } from "./paneStage";

describe("Agents that report their state", () => {
  const panes = usePanes();

  it("show within one observation that an agent waits, and that it goes on", async () => {
    const agent = await panes().waitingAgent();
    await panes().look();
    assert.equal(panes().reason("bd-1"), "waiting");
    assert.match(panes().said("bd-1"), /^waiting for permission · <1m/);
    const message = await eventually(() => panes().dialogs.only());
    assert.deepEqual(
      [message.text, message.choices],
      ["bd-1 Title of bd-1: waiting for permission.", ["Show", "Go to Pane", "Dismiss Waiting"]],
    );
    await agent.tell("word working -");
    await panes().stateIs(agent, /^working/);
    await panes().look();
    assert.equal(panes().reason("bd-1"), undefined);
  });

  it("show before the next observation is due that an agent waits, and that it goes on", async () => {
    const agent = await panes().waitingAgent();
    await panes().look();
    await agent.tell("word working -");
    await eventually(() => {
      assert.equal(panes().reason("bd-1"), undefined);
    });
    // The window isn't focused: the next observation is due 15 seconds later.
    const before = Date.now();
    await agent.tell("word waiting question");
    await eventually(() => {
      assert.equal(panes().reason("bd-1"), "waiting");
    });
    assert.ok(Date.now() - before < 3000, `${Date.now() - before} ms`);
  });

  it("don't show an idle agent as free while a process that it started in its turn runs", async () => {
    const [busy, free] = [await panes().start("cc_1", { hooks: true }), await panes().start("cc_2", { hooks: true })];
    await free.tell("leave 3600"); // Such as an MCP server, which stays.
    await panes().show();
    await nextSecond();
    for (const agent of [busy, free]) panes().tmux.type(agent.paneId, "Build it");
    for (const agent of [busy, free]) await panes().stateIs(agent, /^working/);
    await nextSecond();
    await busy.tell("leave 3600");
    for (const agent of [busy, free]) {
      await agent.tell("finish");
      await panes().stateIs(agent, /^idle/);
    }
    await eventually(async () => {
      await panes().look();
      assert.equal(panes().paneSaid(busy), "agent idle, 1 process running");
    });
    assert.equal(panes().paneSaid(free), "free");
    assert.match(
      (panes().internals.statusBar.item.tooltip as vscode.MarkdownString).value,
      /2 agents.* 1 working.* 1 free/,
    );
  });

  it("no longer wait once the user dismissed it, while any other state of the agent stays", async () => {
    const agent = await panes().waitingAgent();
    await panes().look();
    assert.match(String(panes().item(rowNode("bd-1")).contextValue), /\+is-waiting$/);
    assert.match(String(panes().item(panes().paneNode(agent)).contextValue), /\+is-waiting$/);
    await vscode.commands.executeCommand(commandId("dismissWaiting"), panes().paneNode(agent));
    assert.equal(panes().tmux.format(agent.paneId, "@ntm_assignments_state"), "");
    assert.equal(panes().reason("bd-1"), undefined);
    await agent.tell("word working -");
    await panes().stateIs(agent, /^working/);
    await vscode.commands.executeCommand(commandId("dismissWaiting"), rowNode("bd-1"));
    assert.match(panes().tmux.format(agent.paneId, "@ntm_assignments_state"), /^working/);
    assert.match(panes().dialogs.asked.at(-1)?.text ?? "", /has no waiting state that can be dismissed/);
  });

  it("no longer wait once the user dismissed the message about it, which keeps the pane's other options", async () => {
    const agent = await panes().waitingAgent();
    for (const name of ["@ntm_assignments_reason", "@another"]) {
      panes().tmux.run("set-option", "-p", "-t", agent.paneId, name, "words");
    }
    panes().dialogs.next("Dismiss Waiting");
    await panes().look();
    await eventually(() => {
      assert.equal(panes().tmux.format(agent.paneId, "@ntm_assignments_state"), "");
    });
    assert.equal(panes().tmux.format(agent.paneId, "@ntm_assignments_reason"), "");
    assert.equal(panes().tmux.format(agent.paneId, "@another"), "words");
    await panes().look();
    assert.equal(panes().reason("bd-1"), undefined);
  });
});
