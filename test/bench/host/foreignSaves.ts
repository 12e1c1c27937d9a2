// The time from another process's save to the tree, while its pane is visible.
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { BeadsProvider } from "../../../src/views/beads/provider";
import { rowNode } from "../../host/activated";
import { TempFolder } from "../../support/tempFolder";
import { beadId, ledgerOf, putLedger } from "../ledgers";
import { percentile, type Line } from "../line";
import { measure } from "../measure";
import { plainTransition } from "../reference";
import type { Stage } from "./stage";

/** One of so many rows is in flight, also in the first pane. */
const stride = 6;
const timeoutMs = 20_000;
/** The pause between two changes of the tree, and that of the editor before it requests what changed. */
const paintedAfterMs = 500;

export async function measureForeignSaves(
  { internals, writer }: Stage,
  rows: number,
  saves: number,
): Promise<readonly Line[]> {
  const { session, beads } = internals;
  const times: number[] = [];
  let mostNodes = 0;
  for (let count = 0; count < saves; count++) {
    // Until the changes before were requested and painted, in which the next one would be included without an event of its own; and
    // varying, so that saves aren't in step with the pause after each read.
    await sleep(paintedAfterMs + 50 * Math.random());
    const number = (count * stride) % Math.max(stride, Math.floor(rows / 4));
    const status = session.snapshot?.get(beadId(number))?.status === "working" ? "assigned" : "working";
    const seen = whenSeen(beads.provider, beadId(number), status);
    const { savedAt } = await writer.order({ kind: "save", row: number });
    const { at, nodes } = await seen;
    // The new backup is enough to read the save: the tree may be up to date before the writer has renamed the primary.
    times.push(Math.max(0, Number(at - BigInt(savedAt)) / 1e6));
    mostNodes = Math.max(mostNodes, nodes);
  }
  const reference = await plainSaveTime(rows);
  const line = (name: string, value: number): Line => ({ name, unit: "ms", value, reference });
  return [
    line("foreign save to tree, p50", percentile(times, 0.5)),
    line("foreign save to tree, p95", percentile(times, 0.95)),
    line("foreign save to tree, p99", percentile(times, 0.99)),
    { name: "nodes refreshed", unit: "count", value: mostNodes },
  ];
}

/** The writer's part alone, in milliseconds. */
async function plainSaveTime(rows: number): Promise<number> {
  const storage = new TempFolder("plain");
  try {
    putLedger(storage.path, "plain", ledgerOf("plain", rows));
    const file = path.join(storage.path, "plain", "assignments.json");
    const { save } = await measure({
      save: () => {
        plainTransition(file, beadId(0));
      },
    });
    return save.median;
  } finally {
    storage.remove();
  }
}

interface SeenChange {
  /** Nanoseconds on the clock of `process.hrtime`. */
  readonly at: bigint;
  /** The number of nodes refreshed by then. */
  readonly nodes: number;
}

/** Resolves when the change event was fired and the row's tree item shows this status. */
function whenSeen(provider: BeadsProvider, beadId: string, status: string): Promise<SeenChange> {
  return new Promise((resolve, reject) => {
    let nodes = 0;
    const timer = setTimeout(() => {
      reject(new Error(`${beadId} isn't shown as ${status}`));
    }, timeoutMs);
    const subscription = provider.onDidChangeTreeData((changed) => {
      nodes += changed?.length ?? Infinity;
      if (provider.getTreeItem(rowNode(beadId)).contextValue?.includes(`+${status}`) !== true) return;
      const at = process.hrtime.bigint();
      clearTimeout(timer);
      subscription.dispose();
      resolve({ at, nodes });
    });
  });
}
