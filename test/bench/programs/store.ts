// node --expose-gc store.js STORAGE ROWS: measures the store, bundled as it is shipped, in a process that has done nothing
// else, and prints what it found as JSON. The last ledger stays in the storage folder.
import type { Line } from "../line";
import { measureMemory, measureStore } from "../store";

async function main([storage = "", rows = ""]: readonly string[]): Promise<void> {
  const lines: readonly Line[] = [...(await measureStore(storage, Number(rows))), await measureMemory(storage)];
  process.stdout.write(JSON.stringify(lines));
}

void main(process.argv.slice(2));
