// What the bench gives an extension host to run.
import * as fs from "node:fs";
import { measureActivation } from "./activation";
import { measureForeignSaves } from "./foreignSaves";
import { measurePainting } from "./painting";
import { printedFile, readTask, taskVariable, writeOutcome, type Outcome, type Task } from "./task";

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
  switch (task.kind) {
    case "views": {
      const activation = await measureActivation();
      const saves = await measureForeignSaves(task.rows, task.saves);
      return { lines: [...activation, ...(await measurePainting(task.rows)), ...saves], findings: [] };
    }
    case "soak":
      throw new Error(task.part);
  }
}
