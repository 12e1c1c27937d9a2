// A failing file system: each operation of a load, a save, a promotion and a repair in turn, once or from there on. A rejected
// change left the ledger as it was, a fulfilled one is on disk, nothing is left over, and the next call works.
import * as assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { loadStore, newStore, PersistenceError, type AssignmentStore } from "../../src/assignment";
import { describeOperation, interceptFiles, type FileOperation } from "../support/fileOperations";
import { loadAsNtm } from "../support/ntmLoader";
import { openDescriptors } from "../support/openDescriptors";
import { TemporaryStorage } from "../support/storage";
import { place, repairs, saves, session, shownStatuses, statusesOf, type Scenario } from "./scenarios";

/** Each fault, once or lasting. */
const troubles = [
  { code: "EIO", lasts: false },
  { code: "EACCES", lasts: false },
  { code: "EMFILE", lasts: false },
  { code: "ENOSPC", lasts: true },
  { code: "EROFS", lasts: true },
  { code: "EIO", lasts: true },
  { code: "EMFILE", lasts: true },
] as const;

interface Fault {
  readonly code: string;
  /** The number of the operation that fails. */
  readonly at: number;
  /** Whether every later operation fails too. */
  readonly lasts: boolean;
}

describe("a file system that fails", () => {
  for (const scenario of [...saves, ...repairs]) {
    it(`at each operation of ${scenario.title}`, async () => {
      await forEachFault(scenario, (store) => scenario.act(store), judgeAct);
    });
  }

  for (const scenario of saves) {
    if (scenario.primary === undefined && scenario.backup === undefined) continue;
    it(`at each operation of reading before ${scenario.title}`, async () => {
      await forEachFault(scenario, (store) => store.load(), judgeLoad);
    });
  }

  for (const scenario of saves.slice(0, 1).concat(saves.filter(({ title }) => title.includes("schema 1 over")))) {
    it(`that can't sync folders leaves both copies of ${scenario.title} as they were, and says no more than that`, async () => {
      const storage = new TemporaryStorage();
      try {
        place(storage, scenario);
        const store = await loadStore(session, { storageDir: storage.path });
        const before = copiesOf(storage.files(session));
        const restore = interceptFiles(({ name, path: file }, perform) => {
          if (name !== "fsyncSync" || !file.endsWith(session)) return perform();
          throw Object.assign(new Error("EINVAL: invalid argument, fsync"), { code: "EINVAL" });
        });
        try {
          await assert.rejects(scenario.act(store), (error) => {
            assert.ok(error instanceof PersistenceError);
            assert.doesNotMatch(error.message, /undoing/);
            return true;
          });
        } finally {
          restore();
        }
        assert.deepEqual(copiesOf(storage.files(session)), before);
      } finally {
        storage.remove();
      }
    });
  }
});

interface Attempt {
  readonly scenario: Scenario;
  readonly storage: TemporaryStorage;
  readonly store: AssignmentStore;
  readonly before: Record<string, string>;
  readonly operation: FileOperation;
  readonly fault: Fault;
  readonly error: unknown;
}

async function forEachFault(
  scenario: Scenario,
  act: (store: AssignmentStore) => Promise<unknown>,
  judge: (attempt: Attempt) => Promise<void>,
): Promise<void> {
  const count = await attempt(scenario, act, { code: "EIO", at: Infinity, lasts: false }, judge);
  assert.ok(count > 3, "hardly any operation was seen");
  for (let at = 0; at < count; at++) {
    for (const trouble of troubles) await attempt(scenario, act, { ...trouble, at }, judge);
  }
}

/** @returns how many operations there were */
async function attempt(
  scenario: Scenario,
  act: (store: AssignmentStore) => Promise<unknown>,
  fault: Fault,
  judge: (attempt: Attempt) => Promise<void>,
): Promise<number> {
  const storage = new TemporaryStorage();
  try {
    place(storage, scenario);
    const before = storage.files(session);
    const store = newStore(session, { storageDir: storage.path, lockTimeoutMs: 200 });
    const descriptors = openDescriptors();
    let count = 0;
    let operation: FileOperation | undefined;
    let error: unknown;
    const restore = interceptFiles((current, perform) => {
      const number = count++;
      if (number < fault.at || (number > fault.at && !(fault.lasts && isMetBy(current, fault.code)))) return perform();
      if (number === fault.at) operation = current;
      // A descriptor is gone even when closing it fails.
      if (!current.name.startsWith("close")) return fail(current, fault.code);
      const closed = perform();
      return closed instanceof Promise ? closed.then(() => fail(current, fault.code)) : fail(current, fault.code);
    });
    try {
      await act(store);
    } catch (caught) {
      error = caught;
    } finally {
      restore();
    }
    assert.equal(openDescriptors(), descriptors, `files left open: ${operation && describeOperation(operation)}`);
    if (operation !== undefined) await judge({ scenario, storage, store, before, operation, fault, error });
    return count;
  } finally {
    storage.remove();
  }
}

function fail({ name, path }: FileOperation, code: string): never {
  throw Object.assign(new Error(`${code}: injected, ${name} '${path}'`), { code });
}

/** What a lasting trouble stops: a full disk no reading, a lack of descriptors only what opens something. */
function isMetBy({ name, args }: FileOperation, code: string): boolean {
  switch (code) {
    case "ENOSPC":
      return /^(?:write|mkdir)/.test(name);
    case "EMFILE":
      return /^(?:open|readFile|readdir)/.test(name);
    case "EROFS":
      return /^(?:write|mkdir|rename|unlink|rm|chmod|chown)/.test(name) || (name.startsWith("open") && args[1] !== "r");
    default:
      return true;
  }
}

async function judgeAct({ scenario, storage, store, before, operation, fault, error }: Attempt): Promise<void> {
  const where = `${fault.code} ${fault.lasts ? "from" : "at"} ${describeOperation(operation)}: ${String(error)}`;
  const primary = storage.primary(session);
  const files = storage.files(session);
  if (error === undefined) {
    assert.deepEqual(statusesOf(loadAsNtm(primary)), scenario.after, where);
  } else {
    assert.ok(error instanceof PersistenceError, where);
    if (mayStandHalfway(operation, fault, error)) assertLoads(primary, scenario, where);
    else if (!isDeepStrictEqual(copiesOf(files), copiesOf(before))) {
      assert.deepEqual(statusesOf(loadAsNtm(primary)), scenario.before, where);
    }
    if (!repairs.includes(scenario)) assert.notDeepEqual(shownStatuses(store), scenario.after, where);
  }
  if (!fault.lasts && !isRemoval(operation)) assert.deepEqual(leftovers(files), [], `${where}: left over`);

  const again = await loadStore(session, { storageDir: storage.path, lockTimeoutMs: 200 });
  if (again.health.kind !== "ok") await again.repair();
  assert.deepEqual(again.health, { kind: "ok" }, where);
  await store.load();
  await store.assign("next", "Title", 2, "codex", "", "", "%2");
  assert.equal(statusesOf(loadAsNtm(primary))["next"], "assigned", where);
  assert.deepEqual(leftovers(storage.files(session)), [], `${where}: left over by the next call`);
}

/**
 * Nothing can be promised when the disk fails in making a rename durable, and goes on failing when that is to be taken
 * back; the error says so.
 */
function mayStandHalfway({ name, path }: FileOperation, { lasts }: Fault, error: Error): boolean {
  return lasts && name === "fsyncSync" && path.endsWith(session) && error.message.includes("undoing it failed");
}

function assertLoads(primary: string, { before, after }: Scenario, where: string): void {
  const statuses = JSON.stringify(statusesOf(loadAsNtm(primary)));
  assert.ok(
    [before, after].some((expected) => JSON.stringify(expected) === statuses),
    `${where}: ${statuses}`,
  );
}

async function judgeLoad({ scenario, store, operation, fault, error }: Attempt): Promise<void> {
  const where = `${fault.code} ${fault.lasts ? "from" : "at"} ${describeOperation(operation)}`;
  assert.equal(error, undefined, where);
  if (store.health.kind === "ok") assert.deepEqual(shownStatuses(store), scenario.before, `${where}: taken for good`);
  await store.load();
  assert.deepEqual(store.health, { kind: "ok" }, `${where}: the next load`);
  assert.deepEqual(shownStatuses(store), scenario.before, where);
}

function isRemoval({ name }: FileOperation): boolean {
  return /^(?:unlink|rm|readdir)/.test(name);
}

function copiesOf(files: Record<string, string>): readonly (string | undefined)[] {
  return [files["assignments.json"], files["assignments.json.bak"]];
}

/** What is neither a copy of the ledger nor what a repair saved beside it. */
function leftovers(files: Record<string, string>): readonly string[] {
  return Object.keys(files).filter((name) => !/^assignments\.json(?:\.bak|\.(?:primary|backup)-.*Z)?$/.test(name));
}
