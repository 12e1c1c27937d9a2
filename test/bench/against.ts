// Times a program that isn't part of this project on the same ledgers. It is run as
//   CMD load|transition STORAGE SESSION BEAD COUNT
// and prints COUNT lines, each the milliseconds of one operation: `load` reads the ledger anew, `transition` moves the bead
// durably from failed to assigned and back, in turns. It measures itself, so that its start isn't included.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { measureOf, type Measure } from "./line";

export type PeerOperation = "load" | "transition";

export async function measurePeer(
  command: readonly string[],
  operation: PeerOperation,
  storage: string,
  sessionName: string,
  bead: string,
): Promise<Measure> {
  const [program = "", ...first] = command;
  const count = 25;
  const { stdout } = await promisify(execFile)(program, [
    ...first,
    operation,
    storage,
    sessionName,
    bead,
    String(count),
  ]);
  const samples = stdout.trim().split("\n").map(Number);
  if (samples.length !== count || samples.some(Number.isNaN)) {
    throw new Error(`${program} ${operation} printed ${JSON.stringify(stdout.slice(0, 200))}, not ${count} numbers`);
  }
  return measureOf(samples);
}
