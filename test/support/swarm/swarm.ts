// A small swarm at work: a process per agent, all of them assigning, starting, finishing and failing beads through the store.
import * as fs from "node:fs";
import * as path from "node:path";
import { newStore, type Timestamp } from "../../../src/assignment";
import { emptyLedger, saveAsNtm } from "../foreignSave";
import type { Home } from "../home";
import { ProcessTree } from "../processTree";
import { beadTitles, failReasons, swarmSessions, type SwarmSession } from "./plan";

export class Swarm {
  readonly #agents: readonly ProcessTree[];

  private constructor(agents: readonly ProcessTree[]) {
    this.#agents = agents;
  }

  /** Fills the home folder with the sessions of {@link swarmSessions} and starts their agents. */
  static async start(home: Home, paceMs: number): Promise<Swarm> {
    for (const session of swarmSessions) await placePast(home, session);
    const agents = swarmSessions.flatMap(({ name, agents }) =>
      agents.map((agent) => startAgent(home, [name, agent.name, String(paceMs)])),
    );
    return new Swarm(agents);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#agents.map((agent) => agent.stop()));
  }
}

/** The channel to this process tells the agent when there is nobody left to play for, even after a SIGKILL. */
function startAgent(home: Home, args: readonly string[]): ProcessTree {
  return new ProcessTree(process.execPath, [path.join(__dirname, "agent.js"), ...args], {
    env: { ...process.env, HOME: home.path, USERPROFILE: home.path },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

/** What the session did in the last hour, so that there is something to see from the start. */
async function placePast(home: Home, session: SwarmSession): Promise<void> {
  // The store makes new ledgers in schema 1; one of schema 9 is there when today's ntm has made and emptied it.
  fs.mkdirSync(home.sessionFolder(session.name), { recursive: true, mode: 0o700 });
  if (session.schema === 9) saveAsNtm(home.ledgerPath(session.name), emptyLedger(session.name));
  let minutesAgo = 60;
  const now = (): Timestamp => new Date(Date.now() - minutesAgo * 60_000).toISOString();
  const store = newStore(session.name, { storageDir: path.join(home.path, ".ntm/sessions"), now });
  let number = 0;
  for (const { name, type, pane, paneId } of session.agents) {
    for (const outcome of ["completed", "completed", "failed", "working", "assigned"] as const) {
      const beadId = `bd-${session.name.slice(0, 2)}${++number}`;
      const title = beadTitles[number % beadTitles.length] ?? beadId;
      minutesAgo = 60 - 2 * number;
      await store.assign(beadId, title, pane, type, name, `Work on ${beadId}: ${title}`, paneId);
      if (outcome === "assigned") continue;
      await store.markWorking(beadId);
      minutesAgo -= 1;
      if (outcome === "completed") await store.markCompleted(beadId);
      if (outcome === "failed") await store.markFailed(beadId, failReasons[number % failReasons.length] ?? "");
    }
  }
}
