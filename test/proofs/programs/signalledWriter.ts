// node signalledWriter.js STORAGE: gets a signal to end while it saves, and prints a line if it
// continues all the same.
import fs from "node:fs";
import { loadStore } from "../../../src/assignment";
import { interceptFiles } from "../../support/fileOperations";
import { session } from "../scenarios";

async function main([storageDir = ""]: readonly string[]): Promise<void> {
  const store = await loadStore(session, { storageDir });
  let isAsked = false;
  interceptFiles(({ name }, perform) => {
    if (name === "fsyncSync" && !isAsked) {
      isAsked = true;
      process.kill(process.pid, "SIGTERM");
    }
    return perform();
  });
  await store.markWorking("a");
  // A signal that is caught is handled in one of the next turns of the event loop.
  for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
  fs.writeSync(1, "went on");
}

void main(process.argv.slice(2));
