// What the journal costs: reading a long one, and recording a burst of changes.
import { setImmediate as otherTasks } from "node:timers/promises";
import type { Assignment } from "../../src/assignment";
import type { HistoryEvent } from "../../src/history/historyEvent";
import { Journal } from "../../src/history/journal";
import { HistoryRecorder, type LedgerChange, type LedgerView } from "../../src/history/recorder";
import { eventTimeOf } from "../../src/history/eventTime";
import { Emitter } from "../../src/util/event";
import { lineOf, measureOf, type Line } from "./line";

/** How many events a long journal has, and how many rows change in a burst. */
const eventCount = 100_000;
const burstSize = 1_000;
const samples = 9;

const session = { storageDir: "/sessions", sessionName: "bench" };

/** @param folder an empty folder on a real disk */
export async function measureHistory(folder: string): Promise<readonly Line[]> {
  const journal = new Journal(folder, session);
  journal.add(longHistory());
  await journal.flush();
  const opening: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now();
    const opened = new Journal(folder, session);
    await opened.open();
    opening.push(performance.now() - start);
    const { length } = opened.history.events;
    if (length !== eventCount) throw new Error(`${length} events were read`);
  }
  const burst: number[] = [];
  for (let sample = 0; sample < samples; sample++) burst.push(await burstTime(`${folder}/burst-${sample}`));
  return [
    lineOf("journal, 100,000 events opened", measureOf(opening)),
    lineOf("journal, burst of 1,000", measureOf(burst)),
  ];
}

/** Beads that are assigned, worked on and completed, one every ten minutes in forty panes: some weeks of a swarm. */
function longHistory(): HistoryEvent[] {
  const kinds = ["assigned", "working", "completed"] as const;
  const start = Date.now() - 80 * 86_400_000;
  return Array.from({ length: eventCount }, (_, index): HistoryEvent => {
    const bead = Math.floor(index / kinds.length);
    return {
      kind: kinds[index % kinds.length] ?? "assigned",
      at: eventTimeOf(start + index * 60_000),
      beadId: `bd-${bead.toString(36)}`,
      generation: eventTimeOf(start + bead * kinds.length * 60_000),
      pane: `%${bead % 40}`,
      paneIndex: bead % 40,
      agentType: "claude",
      agentName: "GreenCastle",
    };
  });
}

/** How long the thread was busy with a save in which a thousand rows changed, until all of it was on disk. */
async function burstTime(folder: string): Promise<number> {
  const changes = new Emitter<LedgerChange>();
  const now = Date.now();
  const rows = (status: "assigned" | "working", seconds: number): LedgerView => ({
    sessionName: "bench",
    path: "/sessions/bench/assignments.json",
    exists: true,
    isStale: false,
    health: { kind: "ok" },
    updatedAt: new Date(now + seconds * 1000).toISOString(),
    rows: Array.from({ length: burstSize }, (_, index): Assignment => ({
      bead_id: `bd-${String(index).padStart(4, "0")}`,
      bead_title: "Title",
      pane: 1,
      agent_type: "claude",
      status,
      assigned_at: new Date(now - 60_000).toISOString(),
      ...(status === "working" && { started_at: new Date(now).toISOString() }),
    })),
  });
  const recorder = new HistoryRecorder({ folder }, changes.event, rows("assigned", 0));
  await recorder.flush();
  await otherTasks();
  const before = performance.eventLoopUtilization();
  changes.fire({ after: rows("working", 1) });
  await recorder.flush();
  const { active } = performance.eventLoopUtilization(before);
  recorder.dispose();
  return active;
}
