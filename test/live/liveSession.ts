// A session for live tests: panes with stand-in agents in a real tmux, and a ledger with their rows.
import * as fs from "node:fs";
import type { AgentPane } from "../support/agents/agentPane";
import { emptyLedger, row, saveAsNtm } from "../support/foreignSave";
import type { Home } from "../support/home";
import { TmuxServer } from "../support/tmux/server";

/** The server that this process and the extension host find when they run a plain `tmux`. */
export function sharedTmux(): TmuxServer {
  const folder = process.env["TMUX_TMPDIR"];
  if (folder === undefined) throw new Error("The live tier names the folder of its tmux in TMUX_TMPDIR.");
  return new TmuxServer({ socketFolder: folder });
}

/** A row as ntm leaves it when it gave a bead to the agent in this pane. */
export function rowInPane(beadId: string, agent: AgentPane, fields: Record<string, unknown> = {}): object {
  const [, agentType] = /__([a-z]+)_\d+$/.exec(agent.title) ?? [];
  return row(beadId, {
    pane: agent.index,
    agent_type: agentType,
    agent_name: agent.title,
    occupancy_key: agent.paneId,
    dispatch_target: agent.paneId,
    status: "working",
    assigned_at: new Date().toISOString(),
    started_at: new Date().toISOString(),
    ...fields,
  });
}

export function placeLedger(home: Home, session: string, rows: readonly object[]): void {
  fs.mkdirSync(home.sessionFolder(session), { recursive: true });
  const content = emptyLedger(session);
  for (const one of rows as readonly Record<string, unknown>[]) content.assignments[one["bead_id"] as string] = one;
  saveAsNtm(home.ledgerPath(session), content);
}
