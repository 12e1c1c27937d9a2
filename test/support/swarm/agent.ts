// node agent.js PLAN SESSION AGENT PACE-MS: one agent of the swarm, which looks at its own rows about every PACE-MS and takes
// the next step, through the store like any other program. It ends with its parent process. In a pane it also draws.
import * as fs from "node:fs";
import {
  ConcurrentMutationError,
  InvalidTransitionError,
  loadStore,
  type Assignment,
  type AssignmentStore,
} from "../../../src/assignment";
import { beadTitles, failReasons, type SwarmAgent, type SwarmSession } from "./plan";
import { PaneScreen } from "./paneScreen";

const startedAt = Date.now();

/** How many finished beads an agent leaves in the ledger. */
const keptFinished = 6;

/** After how many steps an agent leaves that is to leave. */
const stepsUntilLeaving = 6;

async function main([plan = "", sessionName = "", agentName = "", paceMs = ""]: readonly string[]): Promise<void> {
  process.once("disconnect", () => process.exit());
  const sessions = JSON.parse(fs.readFileSync(plan, "utf8")) as readonly SwarmSession[];
  const { agents = [] } = sessions.find((session) => session.name === sessionName) ?? {};
  const me = agents.find((agent) => agent.name === agentName);
  if (me === undefined) throw new Error(`There is no ${agentName} in ${sessionName}.`);
  const others = agents.filter((agent) => agent !== me && agent.part !== "spare");
  const store = await loadStore(sessionName);
  const screen = process.stdout.isTTY ? new PaneScreen(me) : undefined;
  for (let step = 0; ; step++) {
    await new Promise((resolve) => setTimeout(resolve, Number(paceMs) * (0.5 + Math.random())));
    await store.load();
    if (screen !== undefined) {
      const row = store.list().find((one) => one.agent_name === me.name && one.status === "working");
      const isAsking = me.part === "asks" && step % 8 >= 4;
      screen.show(row, isAsking);
      if (me.part === "spare" || (isAsking && row !== undefined)) continue;
      if (me.part === "leaves" && step >= stepsUntilLeaving && row !== undefined) process.exit();
    }
    try {
      await takeStep(store, me, others);
    } catch (error) {
      // Another process, perhaps the editor, changed the row first: the next look shows what is left to do.
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
  // What failed before the agent was started stays as it is: its row is from before the tmux session, too.
  const failed = mine.find((row) => row.status === "failed" && Date.parse(row.assigned_at) >= startedAt);
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
