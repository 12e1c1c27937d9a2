// Memory in use after garbage collection.
import * as v8 from "node:v8";
import * as vm from "node:vm";

let collect: (() => void) | undefined;

/** Bytes of heap and buffers. What buffers held goes a turn of the event loop after their objects. */
export async function settledMemory(): Promise<number> {
  collect ??= garbageCollector();
  for (let round = 0; round < 3; round++) {
    collect();
    await new Promise(setImmediate);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Also in a process that wasn't started with --expose-gc, such as an extension host. */
function garbageCollector(): () => void {
  v8.setFlagsFromString("--expose-gc");
  return vm.runInNewContext("gc") as () => void;
}
