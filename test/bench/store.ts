// What the store costs, from bytes to a durable change.
import * as path from "node:path";
import { loadStore, type Change } from "../../src/assignment";
import { decodeLedger, encodeLedger } from "../../src/ledger/codec";
import { beadId, firstWith, ledgerOf, putLedger } from "./ledgers";
import { measure, type Measure } from "./measure";
import { plainLoad, plainSave, plainTransition } from "./reference";

/** A measured thing: the time, and that of the plain way to do the same. */
export interface Line {
  readonly name: string;
  readonly measure: Measure;
  readonly reference?: Measure;
}

const session = "bench";
const plainSession = "plain";

/** @param storage an empty folder on a real disk */
export async function measureStore(storage: string, rows: number): Promise<readonly Line[]> {
  const bytes = ledgerOf(session, rows);
  putLedger(storage, session, bytes);
  putLedger(storage, plainSession, bytes);
  const plainFile = path.join(storage, plainSession, "assignments.json");
  const parsed = JSON.parse(bytes.toString()) as unknown;
  const snapshot = decodeLedger(bytes, session).snapshot;
  if (snapshot === undefined) throw new Error("the ledger is not one");
  const unsourced = new Map([...snapshot.rows].map(([id, entry]) => [id, { ...entry, source: undefined }]));
  const again = Buffer.from(bytes.toString().replace("still fail", "still FAIL"));

  const options = { storageDir: storage };
  const store = await loadStore(session, options);
  const id = beadId(firstWith("failed"));
  const toggle = (bead: string): Change =>
    store.get(bead)?.status === "failed"
      ? { kind: "updateStatus", beadId: bead, newStatus: "assigned" }
      : { kind: "markFailed", beadId: bead, reason: "tests still fail" };
  const failed = store
    .listByStatus("failed")
    .slice(0, 10)
    .map((row) => row.bead_id);

  const own = await measure({
    decode: () => decodeLedger(bytes, session),
    "decode, one row changed": () => decodeLedger(again, session, snapshot),
    "encode, nothing changed": () => encodeLedger(snapshot),
    "encode, everything new": () => encodeLedger({ ...snapshot, rows: unsourced }),
    load: () => loadStore(session, options),
    save: () => store.save(),
    transition: () => store.apply([toggle(id)]),
    "ten in one apply": () => store.apply(failed.map(toggle)),
  });
  const plain = await measure({
    parse: () => JSON.parse(bytes.toString()) as unknown,
    stringify: () => JSON.stringify(parsed, null, 2),
    load: () => plainLoad(plainFile),
    save: () => {
      plainSave(plainFile, parsed);
    },
    transition: () => {
      plainTransition(plainFile, id);
    },
  });
  const references: Record<keyof typeof own, Measure> = {
    decode: plain.parse,
    "decode, one row changed": plain.parse,
    "encode, nothing changed": plain.stringify,
    "encode, everything new": plain.stringify,
    load: plain.load,
    save: plain.save,
    transition: plain.transition,
    "ten in one apply": plain.transition,
  };
  return Object.entries(own).map(([name, value]) => {
    return { name, measure: value, reference: references[name as keyof typeof own] };
  });
}

/** Bytes of heap and buffers that a loaded store keeps. */
export async function measureMemory(storage: string): Promise<number> {
  const before = await settledMemory();
  const store = await loadStore(session, { storageDir: storage });
  const after = await settledMemory();
  if (store.list().length === 0) throw new Error("nothing was loaded");
  return after - before;
}

/** Memory in use once garbage is gone; what buffers held goes a turn of the event loop after their objects. */
async function settledMemory(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
