// A writer that is killed: before every file operation, and at any time from outside. The ledger always loads, with the old rows or
// the new ones, and nothing stays behind.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { loadStore } from "../../src/assignment";
import { inParallel } from "../support/inParallel";
import { loadAsNtm, loadAsOldNtm } from "../support/ntmLoader";
import { Program } from "../support/program";
import { TemporaryStorage } from "../support/storage";
import { changesOf } from "./changesOf";
import {
  place,
  repairs,
  saves,
  session,
  shownStatuses,
  slowRepair,
  statusesOf,
  type Scenario,
  type Statuses,
} from "./scenarios";

/** No process is left that could hold a lock: a longer wait would be endless. */
const lockTimeoutMs = 2_000;

describe("a writer killed with SIGKILL", () => {
  for (const scenario of saves) {
    it(`at every file operation of ${scenario.title}`, async () => {
      await killEverywhere(scenario, async (storage, point) => {
        const primary = storage.primary(session);
        const untouched = scenario.isRefusedByNtm === true && isUntouched(storage, scenario);
        if (!untouched) assertEither(statusesOf(loadAsNtm(primary)), scenario, `ntm, killed ${point}`);
        if (isSchema1(primary)) assertEither(statusesOf(loadAsOldNtm(primary)), scenario, `old ntm, killed ${point}`);
        const store = await loadStore(session, { storageDir: storage.path, lockTimeoutMs });
        assert.deepEqual(store.health, { kind: "ok" }, `killed ${point}`);
        assertEither(shownStatuses(store), scenario, point);
        await assertGoesOn(storage, point);
      });
    });
  }

  for (const scenario of [...repairs, slowRepair]) {
    it(`at every file operation of ${scenario.title}`, async () => {
      await killEverywhere(scenario, async (storage, point, original) => {
        const store = await loadStore(session, { storageDir: storage.path, lockTimeoutMs });
        assert.deepEqual(shownStatuses(store), scenario.after, point);
        if (store.health.kind !== "ok") await store.repair();
        assert.deepEqual(statusesOf(loadAsNtm(storage.primary(session))), scenario.after, `killed ${point}`);
        const kept = Object.values(storage.files(session));
        for (const content of original) assert.ok(kept.includes(content), `killed ${point}: bytes were lost`);
        await assertGoesOn(storage, point, /^assignments\.json\.(?:primary|backup)-/);
      });
    });
  }
});

describe("a writer killed at any moment, 500 times", () => {
  it("loses no change that it confirmed, and leaves no files behind", async () => {
    let interrupted = 0;
    await inParallel(
      ["a save at schema 9", "a save that promotes the backup first", "a save at schema 1"],
      async (title) => {
        const storage = new TemporaryStorage();
        try {
          place(
            storage,
            saves.find((scenario) => scenario.title === title)!,
          );
          for (let kill = 0; kill < 167; kill++) if (await killSometime(storage)) interrupted++;
          await assertGoesOn(storage, "500 kills");
        } finally {
          storage.remove();
        }
      },
    );
    assert.ok(interrupted > 0, "no kill ever came amid a save");
  });
});

/** @returns whether the kill came amid a save, as far as can be seen */
async function killSometime(storage: TemporaryStorage): Promise<boolean> {
  const program = new Program("savingWriter", [storage.path]);
  const atStart = Number(await program.firstLine());
  setTimeout(() => program.process.kill("SIGKILL"), Math.random() * 20);
  const { output, errors, signal } = await program.ended;
  assert.equal(signal, "SIGKILL", errors);
  const reported = Number(output.split("\n").at(-2));
  const row = loadAsNtm(storage.primary(session))!.assignments["a"]!;
  const found = changesOf(row);
  assert.ok(found === reported || found === reported + 1, `${found} changes on disk, ${reported} reported done`);
  assert.ok(reported >= atStart);
  const left = Object.keys(storage.files(session));
  assert.ok(left.length <= 4, `leftovers pile up: ${left.join(", ")}`);
  return found > reported || left.length > 2;
}

/** Runs the scenario in a process of its own once for each file operation in it, and judges what is left each time. */
async function killEverywhere(
  scenario: Scenario,
  judge: (storage: TemporaryStorage, point: string, original: readonly string[]) => Promise<void>,
): Promise<void> {
  const run = async (point: string, then: (storage: TemporaryStorage, program: Program) => Promise<void>) => {
    const storage = new TemporaryStorage();
    place(storage, scenario);
    try {
      await then(storage, new Program("crashingWriter", [storage.path, scenario.title, point]));
    } finally {
      storage.remove();
    }
  };
  let operations: readonly string[] = [];
  await run("", async (_, program) => {
    operations = await program.result<string[]>();
  });
  assert.ok(operations.length > 5, "hardly any operation was seen");
  const points = [...operations.keys(), operations.length].map(String);
  const tears = points
    .filter((point) => operations[Number(point)]?.startsWith("writeSync"))
    .map((point) => `${point}~`);
  await inParallel([...points, ...tears], async (point) => {
    await run(point, async (storage, program) => {
      const original = Object.values(storage.files(session));
      const { signal, errors } = await program.ended;
      const name = operations[parseInt(point)] ?? "the end";
      assert.equal(signal, "SIGKILL", `${name}: ${errors}`);
      await judge(storage, `${point.endsWith("~") ? "amid" : "before"} ${name}`, original);
    });
  });
}

/** The next change works, and removes what the killed writer left. */
async function assertGoesOn(storage: TemporaryStorage, point: string, kept = /^$/): Promise<void> {
  const store = await loadStore(session, { storageDir: storage.path, lockTimeoutMs });
  await store.assign("next", "Title", 2, "codex", "", "", "%2");
  assert.equal(statusesOf(loadAsNtm(storage.primary(session)))["next"], "assigned", `after ${point}`);
  const left = Object.keys(storage.files(session)).filter((name) => !kept.test(name));
  assert.deepEqual(left, ["assignments.json", "assignments.json.bak"], `left after ${point}`);
}

function assertEither(statuses: Statuses, { before, after }: Scenario, point: string): void {
  try {
    assert.deepEqual(statuses, before);
  } catch {
    assert.deepEqual(statuses, after, point);
  }
}

function isUntouched(storage: TemporaryStorage, scenario: Scenario): boolean {
  const fresh = new TemporaryStorage();
  try {
    place(fresh, scenario);
    return JSON.stringify(fresh.files(session)) === JSON.stringify(storage.files(session));
  } finally {
    fresh.remove();
  }
}

function isSchema1(primary: string): boolean {
  return fs.existsSync(primary) && (JSON.parse(fs.readFileSync(primary, "utf8")) as { version: number }).version === 1;
}
