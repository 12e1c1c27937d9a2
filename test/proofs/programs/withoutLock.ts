// node withoutLock.js STORAGE SESSION: what a store does where the native lock can't be loaded.
import * as fs from "node:fs";
import Module from "node:module";
import { loadStore, PersistenceError } from "../../../src/assignment";

async function main([storageDir = "", session = ""]: readonly string[]): Promise<void> {
  const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
  const original = loader._load;
  loader._load = (request, ...rest) => {
    if (request.startsWith("koffi")) throw new Error("no such machine code");
    return original(request, ...rest);
  };
  const store = await loadStore(session, { storageDir });
  const status = store.get("plain")?.status;
  const error: unknown = await store.markWorking("plain").catch((caught: unknown) => caught);
  await store.load();
  if (!(error instanceof PersistenceError) || !(error.cause instanceof Error)) throw new Error(String(error));
  const names = { error: error.name, cause: error.cause.name };
  const statusAfterwards = store.get("plain")?.status;
  fs.writeFileSync(1, JSON.stringify({ status, health: store.health.kind, ...names, statusAfterwards }));
}

void main(process.argv.slice(2));
