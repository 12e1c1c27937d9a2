// node crashingWriter.js STORAGE SCENARIO POINT: does what the scenario says, and ends by SIGKILL just before the file
// operation of that number; `POINT~` ends it when half of that write is done. Without a point it prints the operations.
import fs from "node:fs";
import { newStore } from "../../../src/assignment";
import { changesDisk, describeOperation, interceptFiles } from "../../support/fileOperations";
import { repairs, saves, session, slowRepair } from "../scenarios";

async function main([storageDir = "", title = "", point = ""]: readonly string[]): Promise<void> {
  const scenario = [...saves, ...repairs, slowRepair].find((candidate) => candidate.title === title)!;
  const store = newStore(session, { storageDir });
  await store.load();
  const writeSync = fs.writeSync.bind(fs) as (fd: number, bytes: Uint8Array, at: number, length: number) => number;
  const operations: string[] = [];
  const restore = interceptFiles((operation, perform) => {
    if (!changesDisk(operation)) return perform();
    const number = String(operations.push(describeOperation(operation)) - 1);
    if (point === number) die();
    if (point === `${number}~`) {
      const [descriptor, bytes] = operation.args as [number, Uint8Array];
      writeSync(descriptor, bytes, 0, Math.floor(bytes.length / 2));
      die();
    }
    return perform();
  });
  await scenario.act(store);
  restore();
  if (point === String(operations.length)) die();
  fs.writeFileSync(1, JSON.stringify(operations));
}

function die(): never {
  process.kill(process.pid, "SIGKILL");
  for (;;);
}

void main(process.argv.slice(2));
