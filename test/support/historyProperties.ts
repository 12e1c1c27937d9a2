// What holds for the history that any number of windows record of one ledger, as properties that can be run for long.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import * as fc from "fast-check";
import type { HistoryEvent } from "../../src/history/historyEvent";
import type { LedgerView } from "../../src/history/recorder";
import { generationOf, rowEvents } from "../../src/history/rowEvents";
import { statusAfter } from "../../src/history/recordedAssignment";
import { eventTime } from "../../src/history/eventTime";
import { saves } from "./historySwarm";
import { readHistory, Window } from "./historyWindows";

/** For each save: which windows look, and whether one is closed afterwards. */
const looks = fc.array(fc.record({ window: fc.nat(2), isClosed: fc.boolean(), isMissed: fc.boolean() }), {
  minLength: 24,
  maxLength: 24,
});

/** One window looks at each save; the others look at some, before or after it, and may have missed many. */
export async function holdsTheSame(folder: () => string, runs: fc.Parameters<unknown>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(saves, looks, async (views, choices) => {
      const journals = folder();
      const windows = [new Window(journals), new Window(journals), new Window(journals)] as const;
      for (const [at, view] of views.entries()) {
        const choice = choices[at]!;
        const [first, other] = [windows[0], windows[1 + (choice.window % 2)]!];
        const order = choice.isMissed ? [first] : choice.window === 2 ? [other, first] : [first, other];
        for (const window of order) await window.look(view);
        if (choice.isClosed) await first.close();
      }
      for (const window of windows) await window.close();
      assert.deepEqual(await readHistory(journals), await recordedByOne(folder(), views));
    }),
    runs,
  );
}

const steps = fc.array(
  fc.record({
    window: fc.nat(2),
    /** How many saves later the one is that the window sees now: it may be far behind the others. */
    skipped: fc.option(fc.nat(8), { nil: undefined }),
    isFlushed: fc.boolean(),
    isClosed: fc.boolean(),
  }),
  { minLength: 1, maxLength: 24 },
);

/**
 * Windows see saves at different speeds, miss any of them, write what they saw at any time, and are closed in any order:
 * the history then ends in the newest save that any of them saw.
 */
export async function neverContradicts(folder: () => string, runs: fc.Parameters<unknown>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(
      saves,
      steps,
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      fc.infiniteStream(fc.nat()),
      async (views, choices, closing, dice) => {
        const journals = folder();
        const windows = [new Window(journals), new Window(journals), new Window(journals)];
        const seen = [-1, -1, -1];
        for (const { window, skipped, isFlushed, isClosed } of choices) {
          if (skipped !== undefined) {
            seen[window] = Math.min(Math.max(0, seen[window]! + skipped), views.length - 1);
            windows[window]!.see(views[seen[window]]!);
          }
          if (isFlushed) await windows[window]!.flush();
          if (isClosed) await windows[window]!.close();
        }
        for (const window of closing) await windows[window]!.close();
        const events = await readHistory(journals);
        const newest = views[Math.max(...seen)];
        assert.deepEqual(standing(events), newest === undefined ? new Map() : shown(newest));
        assertObserved(events, views);
        shuffleLines(journals, dice);
        assert.deepEqual(await readHistory(journals), events);
      },
    ),
    runs,
  );
}

/** What one window records that sees all saves. */
async function recordedByOne(folder: string, views: readonly LedgerView[]): Promise<readonly HistoryEvent[]> {
  const window = new Window(folder);
  for (const view of views) await window.look(view);
  await window.close();
  return readHistory(folder);
}

/** Every event is a time of a row, or what a save showed; and they are in time order. */
function assertObserved(events: readonly HistoryEvent[], views: readonly LedgerView[]): void {
  const times = new Set(
    views
      .flatMap(({ rows }) => rows.flatMap(rowEvents))
      .map(({ kind, at, generation }) => `${kind} ${at} ${generation}`),
  );
  const saved = new Map(views.map((view) => [eventTime(view.updatedAt), shown(view)]));
  for (const { kind, at, beadId, generation, isObserved } of events) {
    const status = statusAfter(kind);
    if (isObserved !== true) assert.ok(times.has(`${kind} ${at} ${generation}`), `${kind} ${at}`);
    else if (saved.has(at)) assert.equal(saved.get(at)?.get(`${beadId} ${generation}`) ?? "gone", status, at);
    else assert.equal(kind, "replaced", `${kind} at ${at}, when nothing was saved`);
  }
  const inOrder = [...events].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  assert.deepEqual(inOrder, events);
}

/** Replays the events: the status of each assignment that the ledger should show. */
function standing(events: readonly HistoryEvent[]): ReadonlyMap<string, string> {
  const statuses = new Map<string, string>();
  for (const { beadId, generation, kind } of events) statuses.set(`${beadId} ${generation}`, statusAfter(kind));
  return new Map([...statuses].filter(([, status]) => status !== "gone").sort());
}

function shown({ rows }: LedgerView): ReadonlyMap<string, string> {
  return new Map(rows.map((row): [string, string] => [`${row.bead_id} ${generationOf(row)}`, row.status]).sort());
}

function shuffleLines(folder: string, dice: fc.Stream<number>): void {
  for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
    if (!name.endsWith(".jsonl")) continue;
    const file = path.join(folder, name);
    const lines = fs.readFileSync(file, "utf8").split("\n").slice(0, -1);
    const ranks = [...dice.take(lines.length)];
    const shuffled = lines.map((line, at) => ({ line, rank: ranks[at]! })).sort((a, b) => a.rank - b.rank);
    fs.writeFileSync(file, shuffled.map(({ line }) => `${line}\n`).join(""));
  }
}
