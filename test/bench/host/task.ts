// What an extension host is asked to measure, and how the answer comes back: through files in a folder that it is told of.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Line } from "../line";

/** Names the folder to the host. */
export const taskVariable = "NTM_ASSIGNMENTS_BENCH";

export type Task =
  /** Activation, painting, and the way from a foreign save to the tree, with a ledger of so many rows. */
  | { readonly kind: "views"; readonly rows: number; readonly saves: number }
  /** One part of the soak. */
  | { readonly kind: "soak"; readonly part: SoakPart };

export const soakParts = ["storm", "manySessions", "largeSession", "longRun"] as const;
export type SoakPart = (typeof soakParts)[number];

/** What is promised by a soak, and whether it was kept. */
export interface Finding {
  readonly text: string;
  readonly isKept: boolean;
}

export interface Outcome {
  readonly lines: readonly Line[];
  readonly findings: readonly Finding[];
}

export function writeTask(folder: string, task: Task): void {
  fs.writeFileSync(path.join(folder, "task.json"), JSON.stringify(task));
}

export function readTask(folder: string): Task {
  return JSON.parse(fs.readFileSync(path.join(folder, "task.json"), "utf8")) as Task;
}

export function writeOutcome(folder: string, outcome: Outcome): void {
  fs.writeFileSync(path.join(folder, "outcome.json"), JSON.stringify(outcome));
}

/** `undefined` when the host ended before it came to that. */
export function readOutcome(folder: string): Outcome | undefined {
  const file = path.join(folder, "outcome.json");
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Outcome) : undefined;
}

/** What a host prints nobody sees: this is shown on the terminal. */
export function printedFile(folder: string): string {
  return path.join(folder, "printed.txt");
}
