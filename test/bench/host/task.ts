// The tasks of an extension host, and their results, which are passed through files in a folder.
import * as fs from "node:fs";
import * as path from "node:path";
import type { Line } from "../line";

/** The environment variable with the folder. */
export const taskVariable = "NTM_ASSIGNMENTS_BENCH";

export type Task =
  /** Activation, rendering, and the time from a foreign save to the tree, with a ledger of so many rows. */
  | { readonly kind: "views"; readonly rows: number; readonly saves: number }
  /** A step done by ntm. */
  | { readonly kind: "ntm" }
  /** What the tracker says. */
  | { readonly kind: "tracker" }
  /** One part of the soak. */
  | { readonly kind: "soak"; readonly part: SoakPart };

export const soakParts = ["storm", "manySessions", "largeSession", "longRun"] as const;
export type SoakPart = (typeof soakParts)[number];

/** A limit of a soak test, and whether it was kept. */
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

/** `undefined` if the host ended before. */
export function readOutcome(folder: string): Outcome | undefined {
  const file = path.join(folder, "outcome.json");
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as Outcome) : undefined;
}

/** The output of a host isn't visible: this is printed on the terminal. */
export function printedFile(folder: string): string {
  return path.join(folder, "printed.txt");
}
