// What the views show of panes, as agents come and go in a real tmux.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as vscode from "vscode";
import { noFilter } from "../../../src/views/beads/filter";
import { commandId, viewIds } from "../../../src/contributions";
import type { BeadsNode } from "../../../src/nodes";
import { activated, rowNode, type Internals } from "../../host/activated";
import { Dialogs } from "../../host/dialogs";
import { AgentPane, type AgentOptions } from "../../support/agents/agentPane";
import { eventually } from "../../support/eventually";
import { row } from "../../support/foreignSave";
import { Home } from "../../support/home";
import type { TmuxServer } from "../../support/tmux/server";
import { placeLedger, rowInPane, sharedTmux } from "../liveSession";

const home = new Home(os.homedir());
/** Looks that follow sooner don't confirm each other. */
const confirmationMs = 1000;

describe("Live panes", () => {
  let internals: Internals;
  let tmux: TmuxServer;
  let dialogs: Dialogs;
  let number = 0;
  let session: string;

  before(async () => {
    internals = await activated();
    tmux = sharedTmux();
  });

  beforeEach(() => {
    session = `swarm${++number}`;
    dialogs = new Dialogs();
  });

  afterEach(async () => {
    dialogs.dispose();
    await internals.treeOptions.setFilter(noFilter);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    tmux.killServer();
    home.clear();
  });

  after(() => {
    tmux.stop();
  });

  const start = (name: string, options: Partial<AgentOptions> = {}): Promise<AgentPane> =>
    AgentPane.start(tmux, { session, name, ...options });

  async function show(...rows: readonly object[]): Promise<void> {
    placeLedger(home, session, rows);
    await internals.session.switchTo(session);
    await eventually(() => {
      assert.equal(internals.session.snapshot?.sessionName, session);
    });
    await look();
  }

  const look = (): Promise<void> => internals.panes.refresh();

  /** Two looks, far enough apart that the second confirms the first. */
  async function lookTwice(): Promise<void> {
    await look();
    const first = Date.now();
    await eventually(() => {
      assert.ok(Date.now() - first > confirmationMs);
    });
    await look();
  }

  const item = (node: BeadsNode): vscode.TreeItem => internals.beads.provider.getTreeItem(node);
  const said = (beadId: string): string => String(item(rowNode(beadId)).description);
  const paneNode = (agent: AgentPane): BeadsNode => {
    const { roots } = internals.beads.provider.tree;
    const node = roots.find((root) => root.kind === "pane" && root.identity === agent.paneId);
    assert.ok(node !== undefined, `pane ${agent.paneId} is shown`);
    return node;
  };
  const paneSaid = (agent: AgentPane): string => String(item(paneNode(agent)).description);
  const reason = (beadId: string): string | undefined => {
    const row = internals.session.snapshot?.get(beadId);
    return row === undefined ? undefined : internals.attention.current.reasonOf(row);
  };
  /** What runs in the foreground of a pane. */
  const inForeground = (agent: AgentPane, command: RegExp): Promise<void> =>
    eventually(() => {
      assert.match(tmux.format(agent.paneId, "pane_current_command"), command);
    });

  async function nextSecond(): Promise<void> {
    const before = Math.floor(Date.now() / 1000);
    await eventually(() => {
      assert.ok(Math.floor(Date.now() / 1000) > before);
    });
  }

  /** The agent of bd-1, whose hook has just said that it waits for a permission. */
  async function waitingAgent(): Promise<AgentPane> {
    const agent = await start("cc_1", { hooks: true });
    await show(rowInPane("bd-1", agent));
    await nextSecond(); // Hooks report the time in whole seconds.
    await agent.tell("word waiting permission");
    await eventually(() => {
      assert.match(tmux.format(agent.paneId, "@ntm_assignments_state"), /^waiting/);
    });
    return agent;
  }

  it("show within two observations that an agent was killed, and offer to go to its pane", async () => {
    const agent = await start("cc_1");
    await show(rowInPane("bd-1", agent));
    assert.equal(reason("bd-1"), undefined);
    await agent.tell("exit 1");
    await inForeground(agent, /^(?:ba|da)?sh$/);
    await lookTwice();
    assert.equal(reason("bd-1"), "agent-exited");
    assert.match(said("bd-1"), /agent exited/);
    assert.equal((item(rowNode("bd-1")).iconPath as vscode.ThemeIcon).id, "warning");
    assert.equal((item(paneNode(agent)).iconPath as vscode.ThemeIcon).id, "warning");
    assert.equal(internals.beads.treeView.badge?.value, 1);
    const message = await eventually(() => dialogs.only());
    assert.deepEqual(
      [message.kind, message.text, message.choices],
      ["warning", "bd-1 Title of bd-1: agent exited.", ["Show", "Go to Pane"]],
    );
    await internals.treeOptions.setFilter({ ...noFilter, needsAttention: true });
    assert.equal(internals.beads.provider.tree.hiddenCount, 0);
  });

  it("say no more of an agent that was gone before the session was shown than the views do", async () => {
    const [agent, other] = [await start("cc_1"), await start("cc_2")];
    await agent.tell("exit");
    await inForeground(agent, /^(?:ba|da)?sh$/);
    const earlier = new Date(Date.now() - 1).toISOString();
    await show(rowInPane("bd-1", agent, { assigned_at: earlier }), rowInPane("bd-2", other));
    await lookTwice();
    assert.equal(reason("bd-1"), "agent-exited");
    // A later message shows that an earlier one would have been shown by now.
    await other.tell("exit");
    await inForeground(other, /^(?:ba|da)?sh$/);
    await lookTwice();
    assert.match((await eventually(() => dialogs.only())).text, /^bd-2 /);
  });

  it("show within two observations that a pane was closed", async () => {
    const [agent, other] = [await start("cc_1"), await start("cc_2")];
    await show(rowInPane("bd-1", agent), rowInPane("bd-2", other));
    tmux.killPane(agent.paneId);
    await lookTwice();
    assert.equal(reason("bd-1"), "pane-gone");
    assert.match(paneSaid(agent), /^pane gone/);
    assert.equal(reason("bd-2"), undefined);
  });

  it("show with one message that the server ended", async () => {
    const [first, second] = [await start("cc_1"), await start("cc_2")];
    await show(rowInPane("bd-1", first), rowInPane("bd-2", second));
    tmux.killServer();
    await eventually(async () => {
      await lookTwice();
      assert.deepEqual([reason("bd-1"), reason("bd-2")], ["pane-gone", "pane-gone"]);
    });
    const message = await eventually(() => dialogs.only());
    assert.equal(message.text, "tmux ended: 2 beads have lost their panes (bd-1, bd-2)");
  });

  it("don't take the rows of an earlier session for those of a new one with the same panes", async () => {
    const old = await start("cc_1");
    const row = rowInPane("bd-1", old);
    await show(row);
    await nextSecond(); // tmux reports it in whole seconds, too.
    tmux.killServer();
    const agent = await start("cc_1");
    assert.equal(agent.paneId, old.paneId);
    await lookTwice();
    assert.equal(reason("bd-1"), undefined);
    assert.match(paneSaid(agent), /^earlier run/);
    const lives = internals.panes.current.lives;
    assert.deepEqual(lives?.pane(agent.paneId)?.activeRows, []);
  });

  it("show the pane of an agent without beads as free, and offer it first", async () => {
    const [busy, free] = [await start("cc_1"), await start("cod_1")];
    await show(rowInPane("bd-1", busy));
    assert.equal(paneSaid(free), "free");
    assert.match(paneSaid(busy), /1 working/);
    assert.match((internals.statusBar.item.tooltip as vscode.MarkdownString).value, /2 agents.* 1 working.* 1 free/);
    dialogs.next("Pane 1 · Codex CLI");
    await vscode.commands.executeCommand(commandId("reassign"), rowNode("bd-1"));
    assert.deepEqual(dialogs.asked.splice(0)[0]?.choices, ["Pane 1 · Codex CLI"], "it is in pane 0 already");
    await eventually(() => {
      assert.match(paneSaid(free), /1 assigned/);
    });
    await look();
    assert.doesNotMatch(paneSaid(free), /free/);
  });

  it("never show a pane as free whose ledger can't be read", async () => {
    const agent = await start("cc_1");
    await show();
    assert.equal(paneSaid(agent), "free");
    fs.writeFileSync(home.ledgerPath(session), "{");
    fs.writeFileSync(home.backupPath(session), "{");
    await internals.session.refresh();
    await look();
    assert.doesNotMatch(paneSaid(agent), /free/);
  });

  it("show within one observation that an agent waits, and that it goes on", async () => {
    const agent = await waitingAgent();
    await look();
    assert.equal(reason("bd-1"), "waiting");
    assert.match(said("bd-1"), /^waiting for permission · <1m/);
    const message = await eventually(() => dialogs.only());
    assert.deepEqual(
      [message.text, message.choices],
      ["bd-1 Title of bd-1: waiting for permission.", ["Show", "Go to Pane", "Dismiss Waiting"]],
    );
    await agent.tell("word working -");
    await eventually(() => {
      assert.match(tmux.format(agent.paneId, "@ntm_assignments_state"), /^working/);
    });
    await look();
    assert.equal(reason("bd-1"), undefined);
  });

  it("show before the next observation is due that an agent waits, and that it goes on", async () => {
    const agent = await waitingAgent();
    await look();
    await agent.tell("word working -");
    await eventually(() => {
      assert.equal(reason("bd-1"), undefined);
    });
    // The window isn't focused: the next observation is due 15 seconds later.
    const before = Date.now();
    await agent.tell("word waiting question");
    await eventually(() => {
      assert.equal(reason("bd-1"), "waiting");
    });
    assert.ok(Date.now() - before < 3000, `${Date.now() - before} ms`);
  });

  it("don't show an idle agent as free while a process that it started in its turn runs", async () => {
    const [busy, free] = [await start("cc_1", { hooks: true }), await start("cc_2", { hooks: true })];
    await free.tell("leave 3600"); // Such as an MCP server, which stays.
    await show();
    await nextSecond();
    for (const agent of [busy, free]) tmux.type(agent.paneId, "Build it");
    const stateIs = (agent: AgentPane, state: RegExp): Promise<void> =>
      eventually(() => {
        assert.match(tmux.format(agent.paneId, "@ntm_assignments_state"), state);
      });
    for (const agent of [busy, free]) await stateIs(agent, /^working/);
    await nextSecond();
    await busy.tell("leave 3600");
    for (const agent of [busy, free]) {
      await agent.tell("finish");
      await stateIs(agent, /^idle/);
    }
    await eventually(async () => {
      await look();
      assert.equal(paneSaid(busy), "agent idle, 1 process running");
    });
    assert.equal(paneSaid(free), "free");
    assert.match((internals.statusBar.item.tooltip as vscode.MarkdownString).value, /2 agents.* 1 working.* 1 free/);
  });

  it("no longer wait once the user dismissed it, while any other state of the agent stays", async () => {
    const agent = await waitingAgent();
    await look();
    assert.match(String(item(rowNode("bd-1")).contextValue), /\+is-waiting$/);
    assert.match(String(item(paneNode(agent)).contextValue), /\+is-waiting$/);
    await vscode.commands.executeCommand(commandId("dismissWaiting"), paneNode(agent));
    assert.equal(tmux.format(agent.paneId, "@ntm_assignments_state"), "");
    assert.equal(reason("bd-1"), undefined);
    await agent.tell("word working -");
    await eventually(() => {
      assert.match(tmux.format(agent.paneId, "@ntm_assignments_state"), /^working/);
    });
    await vscode.commands.executeCommand(commandId("dismissWaiting"), rowNode("bd-1"));
    assert.match(tmux.format(agent.paneId, "@ntm_assignments_state"), /^working/);
    assert.match(dialogs.asked.at(-1)?.text ?? "", /has no waiting state that can be dismissed/);
  });

  it("no longer wait once the user dismissed the message about it, which keeps the pane's other options", async () => {
    const agent = await waitingAgent();
    for (const name of ["@ntm_assignments_reason", "@another"]) {
      tmux.run("set-option", "-p", "-t", agent.paneId, name, "words");
    }
    dialogs.next("Dismiss Waiting");
    await look();
    await eventually(() => {
      assert.equal(tmux.format(agent.paneId, "@ntm_assignments_state"), "");
    });
    assert.equal(tmux.format(agent.paneId, "@ntm_assignments_reason"), "");
    assert.equal(tmux.format(agent.paneId, "@another"), "words");
    await look();
    assert.equal(reason("bd-1"), undefined);
  });

  it("show which sessions have ended, in the Sessions view", async () => {
    const agent = await start("cc_1");
    placeLedger(home, "ended", [row("bd-2", { status: "working" })]);
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const copy of [home.ledgerPath("ended"), home.backupPath("ended")]) fs.utimesSync(copy, yesterday, yesterday);
    await show(rowInPane("bd-1", agent));
    await vscode.commands.executeCommand(`${viewIds.sessions}.focus`);
    const { provider } = internals.sessions;
    const saidOf = (sessionName: string): string => {
      const nodes = provider.tree.roots.flatMap((node) => [node, ...provider.tree.children(node)]);
      const node = nodes.find((one) => one.kind === "session" && one.sessionName === sessionName);
      assert.ok(node !== undefined, `${sessionName} is listed`);
      return String(provider.getTreeItem(node).description);
    };
    await eventually(() => {
      assert.match(saidOf("ended"), /1 working · not in tmux · 1d$/);
      assert.match(saidOf(session), /^shown · 1 working · /);
      assert.doesNotMatch(saidOf(session), /not in tmux/);
    });
  });

  it("show that two beads are in one pane", async () => {
    const agent = await start("cc_1");
    await show(rowInPane("bd-1", agent), rowInPane("bd-2", agent));
    assert.deepEqual([reason("bd-1"), reason("bd-2")], ["shared-pane", "shared-pane"]);
  });

  it("explain how to fix an agent that runs under a shell", async () => {
    const agent = await start("cc_1", { host: "script" });
    await show(rowInPane("bd-1", agent));
    await lookTwice();
    assert.equal(reason("bd-1"), undefined);
    assert.match(paneSaid(agent), /^runs under a shell/);
    const resolved = internals.beads.provider.resolveTreeItem(item(paneNode(agent)), paneNode(agent));
    assert.match(resolved.tooltip as string, /start the agent with “exec”/);
  });

  it("refresh nothing after an observation without a change", async () => {
    const agent = await start("cc_1");
    await show(rowInPane("bd-1", agent));
    await lookTwice();
    const known = internals.panes.current;
    const { signals } = internals.attention.current;
    let changes = 0;
    const subscriptions = [
      internals.panes.onDidChange(() => changes++),
      internals.beads.provider.onDidChangeTreeData(() => changes++),
    ];
    await lookTwice();
    for (const subscription of subscriptions) subscription.dispose();
    assert.equal(changes, 0);
    assert.equal(internals.panes.current, known);
    assert.equal(internals.attention.current.signals, signals);
  });

  it("claim nothing when tmux may not be asked", async () => {
    const [busy, free] = [await start("cc_1"), await start("cc_2")];
    await show(rowInPane("bd-1", busy));
    assert.equal(paneSaid(free), "free");
    const configuration = vscode.workspace.getConfiguration("ntmAssignments");
    await configuration.update("tmux", "off", vscode.ConfigurationTarget.Global);
    try {
      await eventually(() => {
        assert.equal(internals.panes.current.lives, undefined);
      });
      assert.equal(internals.beads.provider.tree.roots.length, 1);
      assert.equal(internals.panes.current.summary, "");
    } finally {
      await configuration.update("tmux", undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it("can be peeked: the end of what was printed, without escapes, kept up to date, and nothing else is done there", async () => {
    const agent = await start("cc_1");
    await show(rowInPane("bd-1", agent));
    const untouched = (): unknown => ({
      clients: tmux.clients(),
      size: [tmux.format(agent.paneId, "pane_width"), tmux.format(agent.paneId, "pane_height")],
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
    assert.deepEqual(tmux.clients(), []);
    tmux.killPane(agent.paneId);
    await eventually(() => {
      assert.match(document.getText(), /line 3[^]*\(tmux doesn't show this pane now/);
    });
  });

  it("can't be peeked or gone to when they are another pane by now", async () => {
    const agent = await start("cc_1");
    const assigned_at = new Date(Date.now() - 60_000).toISOString();
    await show(rowInPane("bd-1", agent, { assigned_at }));
    for (const command of ["peekPane", "goToPane"] as const) {
      await vscode.commands.executeCommand(commandId(command), rowNode("bd-1"));
      assert.match(dialogs.only().text, /^The bead was assigned before the tmux session was created\./);
    }
    assert.deepEqual(tmux.clients(), []);
  });

  it("are selected in a terminal by Go to Pane, which is used again", async () => {
    const [first, second] = [await start("cc_1"), await start("cc_2")];
    await show(rowInPane("bd-1", first), rowInPane("bd-2", second));
    const before = vscode.window.terminals.length;
    try {
      await vscode.commands.executeCommand(commandId("goToPane"), rowNode("bd-2"));
      await eventually(() => {
        assert.equal(tmux.clients().length, 1);
        assert.equal(tmux.format(second.paneId, "pane_active"), "1");
      });
      await vscode.commands.executeCommand(commandId("goToPane"), rowNode("bd-1"));
      await eventually(() => {
        assert.equal(tmux.format(first.paneId, "pane_active"), "1");
      });
      assert.equal(vscode.window.terminals.length, before + 1);
    } finally {
      for (const terminal of vscode.window.terminals) terminal.dispose();
    }
  });
});
