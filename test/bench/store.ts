// The cost of the store, from bytes to a durable change.
import * as path from "node:path";
import { loadStore, type Change } from "../../src/assignment";
import { decodeLedger, encodeLedger } from "../../src/ledger/codec";
import { beadId, firstWith, ledgerOf, putLedger } from "./ledgers";
import { lineOf, type Line, type Measure } from "./line";
import { measure } from "./measure";
import { settledMemory } from "./memory";
import { plainLoad, plainSave, plainTransition } from "./reference";

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
  return Object.entries(own).map(([name, value]) => lineOf(name, value, references[name as keyof typeof own]));
}

/** What a loaded store keeps: heap and buffers, in MB. */
export async function measureMemory(storage: string): Promise<Line> {
  const before = await settledMemory();
  const store = await loadStore(session, { storageDir: storage });
  const after = await settledMemory();
  if (store.list().length === 0) throw new Error("nothing was loaded");
  return { name: "memory of a store", unit: "MB", value: (after - before) / 1e6 };
}
