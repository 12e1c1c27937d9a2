// Live panes for the tests of this folder: stand-in agents in a real tmux, a ledger with their rows, and what the views show of them.
import * as assert from "node:assert/strict";
import * as os from "node:os";
import * as vscode from "vscode";
import type { BeadsNode } from "../../../src/nodes";
import { noFilter } from "../../../src/views/beads/filter";
import { activated, rowNode, type Internals } from "../../host/activated";
import { Dialogs } from "../../host/dialogs";
import { AgentPane, type AgentOptions } from "../../support/agents/agentPane";
import { eventually } from "../../support/eventually";
import { Home } from "../../support/home";
import type { TmuxServer } from "../../support/tmux/server";
import { placeLedger, rowInPane, sharedTmux } from "../liveSession";

/** Looks that follow sooner don't confirm each other. */
const confirmationMs = 1000;
let count = 0;

/** A stage for each test of a suite, with a session of its own; tmux ends after each. */
export function usePanes(): () => PaneStage {
  let internals: Internals;
  let tmux: TmuxServer;
  let stage: PaneStage;

  before(async () => {
    internals = await activated();
    tmux = sharedTmux();
  });
  beforeEach(() => {
    stage = new PaneStage(internals, tmux, `swarm${++count}`);
  });
  afterEach(() => stage.end());
  after(() => {
    tmux.stop();
  });
  return () => stage;
}

class PaneStage {
  readonly home = new Home(os.homedir());
  readonly dialogs = new Dialogs();

  constructor(
    readonly internals: Internals,
    readonly tmux: TmuxServer,
    readonly session: string,
  ) {}

  start(name: string, options: Partial<AgentOptions> = {}): Promise<AgentPane> {
    return AgentPane.start(this.tmux, { session: this.session, name, ...options });
  }

  async show(...rows: readonly object[]): Promise<void> {
    const { internals, session } = this;
    placeLedger(this.home, session, rows);
    await internals.session.switchTo(session);
    await eventually(() => {
      assert.equal(internals.session.snapshot?.sessionName, session);
    });
    await this.look();
  }

  look(): Promise<void> {
    return this.internals.panes.refresh();
  }

  /** Two looks, far enough apart that the second confirms the first. */
  async lookTwice(): Promise<void> {
    await this.look();
    const first = Date.now();
    await eventually(() => {
      assert.ok(Date.now() - first > confirmationMs);
    });
    await this.look();
  }

  item(node: BeadsNode): vscode.TreeItem {
    return this.internals.beads.provider.getTreeItem(node);
  }

  /** The description of a bead's row. */
  said(beadId: string): string {
    return String(this.item(rowNode(beadId)).description);
  }

  paneNode(agent: AgentPane): BeadsNode {
    const { roots } = this.internals.beads.provider.tree;
    const node = roots.find((root) => root.kind === "pane" && root.identity === agent.paneId);
    assert.ok(node !== undefined, `pane ${agent.paneId} is shown`);
    return node;
  }

  /** The description of an agent's pane. */
  paneSaid(agent: AgentPane): string {
    return String(this.item(this.paneNode(agent)).description);
  }

  /** Why a bead needs attention. */
  reason(beadId: string): string | undefined {
    const { session, attention } = this.internals;
    const row = session.snapshot?.get(beadId);
    return row === undefined ? undefined : attention.current.reasonOf(row);
  }

  /** What runs in the foreground of a pane. */
  inForeground(agent: AgentPane, command: RegExp): Promise<void> {
    return eventually(() => {
      assert.match(this.tmux.format(agent.paneId, "pane_current_command"), command);
    });
  }

  /** What the agent's hooks left in its pane. */
  stateIs(agent: AgentPane, state: RegExp): Promise<void> {
    return eventually(() => {
      assert.match(this.tmux.format(agent.paneId, "@ntm_assignments_state"), state);
    });
  }

  /** The agent of bd-1, whose hook has just said that it waits for a permission. */
  async waitingAgent(): Promise<AgentPane> {
    const agent = await this.start("cc_1", { hooks: true });
    await this.show(rowInPane("bd-1", agent));
    await nextSecond(); // Hooks report the time in whole seconds.
    await agent.tell("word waiting permission");
    await this.stateIs(agent, /^waiting/);
    return agent;
  }

  async end(): Promise<void> {
    this.dialogs.dispose();
    await this.internals.treeOptions.setFilter(noFilter);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    this.tmux.killServer();
    this.home.clear();
  }
}

export async function nextSecond(): Promise<void> {
  const before = Math.floor(Date.now() / 1000);
  await eventually(() => {
    assert.ok(Math.floor(Date.now() / 1000) > before);
  });
}
