// node agent.js SESSION AGENT PACE-MS: one agent of the swarm, which looks at its own rows about every PACE-MS and takes the
// next step, through the store like any other program. It ends with whoever started it.
import {
  ConcurrentMutationError,
  InvalidTransitionError,
  loadStore,
  type Assignment,
  type AssignmentStore,
} from "../../../src/assignment";
import { beadTitles, failReasons, swarmSessions, type SwarmAgent } from "./plan";

/** How many finished beads an agent leaves in the ledger. */
const keptFinished = 6;

async function main([sessionName = "", agentName = "", paceMs = ""]: readonly string[]): Promise<void> {
  process.once("disconnect", () => process.exit());
  const { agents = [] } = swarmSessions.find((session) => session.name === sessionName) ?? {};
  const me = agents.find((agent) => agent.name === agentName);
  if (me === undefined) throw new Error(`There is no ${agentName} in ${sessionName}.`);
  const others = agents.filter((agent) => agent !== me);
  const store = await loadStore(sessionName);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, Number(paceMs) * (0.5 + Math.random())));
    await store.load();
    try {
      await takeStep(store, me, others);
    } catch (error) {
      // Somebody else, the person at the editor perhaps, was faster: the next look shows what is left to do.
      if (!(error instanceof ConcurrentMutationError || error instanceof InvalidTransitionError)) console.error(error);
    }
  }
}

async function takeStep(store: AssignmentStore, me: SwarmAgent, others: readonly SwarmAgent[]): Promise<void> {
  const mine = store.list().filter((row) => row.agent_name === me.name);
  const working = mine.find((row) => row.status === "working");
  const assigned = mine.find((row) => row.status === "assigned");
  if (working !== undefined) await goOn(store, working, others);
  else if (assigned !== undefined) await store.markWorking(assigned.bead_id);
  else await takeUp(store, me, mine);

  const finished = mine.filter((row) => row.status === "completed");
  const oldest = finished.length > keptFinished ? finished[0] : undefined;
  if (oldest !== undefined) await store.remove(oldest.bead_id);
}

async function goOn(store: AssignmentStore, row: Assignment, others: readonly SwarmAgent[]): Promise<void> {
  const chance = Math.random();
  const other = chance < 0.05 ? pick(others) : undefined;
  if (other !== undefined) await store.reassign(row.bead_id, other.pane, other.type, other.name, other.paneId);
  else if (chance < 0.15) await store.markFailed(row.bead_id, pick(failReasons) ?? "");
  else if (chance < 0.5) await store.markCompleted(row.bead_id);
}

async function takeUp(store: AssignmentStore, me: SwarmAgent, mine: readonly Assignment[]): Promise<void> {
  const failed = mine.find((row) => row.status === "failed");
  if (failed !== undefined && Math.random() < 0.4) {
    await store.retry(failed.bead_id);
    return;
  }
  const beadId = `bd-${Math.random().toString(36).slice(2, 6)}`;
  const title = pick(beadTitles) ?? beadId;
  await store.assign(beadId, title, me.pane, me.type, me.name, `Work on ${beadId}: ${title}`, me.paneId);
}

function pick<T>(choices: readonly T[]): T | undefined {
  return choices[Math.floor(Math.random() * choices.length)];
}

void main(process.argv.slice(2));
