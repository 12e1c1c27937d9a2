// Entry point of the bench in an extension host.
import * as fs from "node:fs";
import { measureActivation } from "./activation";
import { measureForeignSaves } from "./foreignSaves";
import { measureNtmStart } from "./ntmStart";
import { measureRendering } from "./rendering";
import { largeSession } from "./soak/largeSession";
import { longRun } from "./soak/longRun";
import { manySessions } from "./soak/manySessions";
import { storm } from "./soak/storm";
import { setStage } from "./stage";
import { measureTracker } from "./tracker";
import { printedFile, readTask, taskVariable, writeOutcome, type Outcome, type SoakPart, type Task } from "./task";

export async function run(): Promise<void> {
  const folder = process.env[taskVariable];
  if (folder === undefined) throw new Error(`${taskVariable} names no folder.`);
  try {
    writeOutcome(folder, await perform(readTask(folder)));
  } catch (error) {
    fs.appendFileSync(printedFile(folder), `${error instanceof Error ? String(error.stack) : String(error)}\n`);
    throw error;
  }
}

async function perform(task: Task): Promise<Outcome> {
  if (task.kind === "soak") return soaks[task.part]();
  if (task.kind === "ntm") return { lines: await measureNtmStart(), findings: [] };
  if (task.kind === "tracker") return { lines: await measureTracker(), findings: [] };
  const { rows, saves } = task;
  const activation = await measureActivation();
  const rendering = await measureRendering(rows);
  const stage = await setStage("bench", rows);
  try {
    return { lines: [...activation, ...rendering, ...(await measureForeignSaves(stage, rows, saves))], findings: [] };
  } finally {
    stage.writer.stop();
  }
}

const soaks: Readonly<Record<SoakPart, () => Promise<Outcome>>> = { storm, manySessions, largeSession, longRun };
