// A small swarm at work: a process per agent, all of them assigning, starting, finishing and failing beads through the store.
// With a tmux they live in its panes.
import * as fs from "node:fs";
import * as path from "node:path";
import { newStore, type Timestamp } from "../../../src/assignment";
import { emptyLedger, saveAsNtm } from "../foreignSave";
import type { Home } from "../home";
import { ProcessTree } from "../processTree";
import type { TmuxServer } from "../tmux/server";
import { openPanes, startInPane } from "./panes";
import { beadTitles, failReasons, swarmSessions, type SwarmSession } from "./plan";

export class Swarm {
  readonly #agents: readonly ProcessTree[];

  private constructor(agents: readonly ProcessTree[]) {
    this.#agents = agents;
  }

  /** Fills the home folder with the sessions of {@link swarmSessions} and starts their agents, which end with the tmux. */
  static async start(home: Home, paceMs: number, tmux?: TmuxServer): Promise<Swarm> {
    const sessions = tmux === undefined ? swarmSessions : openPanes(tmux, home, swarmSessions);
    for (const session of sessions) await placePast(home, session, tmux !== undefined);
    const plan = path.join(home.path, "swarm.json");
    fs.writeFileSync(plan, JSON.stringify(sessions));
    const trees: ProcessTree[] = [];
    for (const { name, agents } of sessions) {
      for (const agent of agents) {
        const args = [path.join(__dirname, "agent.js"), plan, name, agent.name, String(paceMs)];
        if (tmux === undefined) trees.push(startAgent(home, args));
        else startInPane(tmux, agent, args);
      }
    }
    return new Swarm(trees);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.stop()));
  }
}

/** The agent ends when the IPC channel to this process closes, even after a SIGKILL. */
function startAgent(home: Home, args: readonly string[]): ProcessTree {
  return new ProcessTree(process.execPath, args, {
    env: { ...process.env, HOME: home.path, USERPROFILE: home.path },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/**
 * What the session did in the last hour, so that there is something to see from the start.
 * @param hasPanes rows in flight are from now, as those from before a tmux session was created belong to an earlier run
 */
async function placePast(home: Home, session: SwarmSession, hasPanes: boolean): Promise<void> {
  // The store makes new ledgers in schema 1; one of schema 9 is there when today's ntm has made and emptied it.
  fs.mkdirSync(home.sessionFolder(session.name), { recursive: true, mode: 0o700 });
  if (session.schema === 9) saveAsNtm(home.ledgerPath(session.name), emptyLedger(session.name));
  let minutesAgo = 60;
  const now = (): Timestamp => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const store = newStore(session.name, { storageDir: path.join(home.path, ".ntm/sessions"), now });
  let number = 0;
  for (const { name, type, pane, paneId, part } of session.agents) {
    if (part === "spare") continue;
    for (const outcome of ["completed", "completed", "failed", "working", "assigned"] as const) {
      const beadId = `bd-${session.name.slice(0, 2)}${++number}`;
      const title = beadTitles[number % beadTitles.length] ?? beadId;
      const isInFlight = outcome === "working" || outcome === "assigned";
      minutesAgo = hasPanes && isInFlight ? 0 : 60 - 2 * number;
      await store.assign(beadId, title, pane, type, name, `Work on ${beadId}: ${title}`, paneId);
      if (outcome === "assigned") continue;
      await store.markWorking(beadId);
      minutesAgo = Math.max(minutesAgo - 1, 0);
      if (outcome === "completed") await store.markCompleted(beadId);
      if (outcome === "failed") await store.markFailed(beadId, failReasons[number % failReasons.length] ?? "");
    }
  }
}
