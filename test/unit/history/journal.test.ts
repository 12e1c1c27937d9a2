import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { type HistoryEvent, eventValue } from "../../../src/history/historyEvent";
import { Journal } from "../../../src/history/journal";
import { deleteJournals, retention } from "../../../src/history/journalFolder";
import { HistoryRecorder, type RecorderState } from "../../../src/history/recorder";
import { eventTimeOf } from "../../../src/history/eventTime";
import { Emitter } from "../../../src/util/event";
import { TempFolder } from "../../support/tempFolder";

const present = Date.parse("2026-11-24T12:00:00Z");
const dayMs = 86_400_000;
const session = { storageDir: "/sessions", sessionName: "atlas", now: () => present };

/** An event this many milliseconds ago. */
function event(ago: number, fields: Partial<HistoryEvent> = {}): HistoryEvent {
  const common = {
    kind: "assigned",
    beadId: "bd-1",
    generation: "g",
    pane: "%1",
    paneIndex: 1,
    agentType: "cc",
  } as const;
  return { ...common, at: eventTimeOf(present - ago), ...fields };
}

/** The line of an event, without its end. */
function lineOf(one: HistoryEvent): string {
  return JSON.stringify(eventValue(one));
}

describe("A journal", () => {
  let temporary: TempFolder;
  let folder: string;
  beforeEach(() => {
    temporary = new TempFolder("journal");
    folder = path.join(temporary.path, "history");
  });
  afterEach(() => {
    temporary.remove();
  });

  async function opened(options: Partial<typeof session & { retention: typeof retention }> = {}): Promise<Journal> {
    const journal = new Journal(folder, { ...session, ...options });
    await journal.open();
    return journal;
  }

  async function written(...events: readonly HistoryEvent[]): Promise<Journal> {
    const journal = await opened();
    journal.add(events);
    await journal.flush();
    return journal;
  }

  it("gives back what was written, in time order", async () => {
    await written(event(1), event(3), event(2));
    assert.deepEqual((await opened()).history.events, [event(3), event(2), event(1)]);
  });

  it("gives back all that an event says", async () => {
    const all = { agentName: "Oak", retryCount: 2, reason: 'out of "memory"\n', isObserved: true } as const;
    const { agentName, reason, retryCount } = all;
    const events = [event(4, all), event(3, { retryCount }), event(2, { reason }), event(1, { agentName })];
    await written(...events);
    assert.deepEqual((await opened()).history.events, events);
  });

  it("gives back what a newer version wrote, without what that added", async () => {
    const { path: file } = await written();
    const longer = [...eventValue(event(1)), null, null, null, null, "added"];
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, `${JSON.stringify(longer)}\n`);
    assert.deepEqual((await opened()).history.events, [event(1)]);
  });

  it("has a line once, also when two windows add it at the same time", async () => {
    const [one, other] = [await opened(), await opened()];
    one.add([event(2), event(1)]);
    other.add([event(2)]);
    await Promise.all([one.flush(), other.flush()]);
    assert.equal(fs.readFileSync(one.path, "utf8").trim().split("\n").length, 2);
  });

  it("is a file of its own for each storage folder and session", async () => {
    const paths = ["atlas", "Atlas"].flatMap((sessionName) =>
      ["/sessions", "/other"].map((storageDir) => new Journal(folder, { storageDir, sessionName }).path.toLowerCase()),
    );
    assert.equal(new Set(paths).size, 4);
    assert.deepEqual((await written(event(1))).path.toLowerCase(), paths[0]);
  });

  it("can be read by its owner alone", async function () {
    if (process.platform === "win32") this.skip();
    const { path: file } = await written(event(1));
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
  });

  it("loses half a line at its end, and nothing else", async () => {
    const { path: file } = await written(event(3), event(2));
    fs.appendFileSync(file, '["assigned","2026');
    assert.deepEqual((await opened()).history.events, [event(3), event(2)]);
    await written(event(1));
    assert.deepEqual((await opened()).history.events, [event(3), event(2), event(1)]);
    assert.ok(!fs.readFileSync(file, "utf8").includes("2026\n"));
  });

  it("passes over lines that are no events", async () => {
    const { path: file } = await written(event(2));
    const hostile = ["", "null", "]", "[[", '"', "{}", "[]", '["exploded","x"]', "\0", "x".repeat(400_000)];
    const wrong = [
      lineOf(event(1, { reason: "r".repeat(501) })),
      lineOf(event(1, { retryCount: -1 })),
      lineOf(event(1, { beadId: "" })),
      JSON.stringify(event(1)),
      JSON.stringify([...eventValue(event(1, { isObserved: true })).slice(0, -1), true]),
    ];
    fs.appendFileSync(file, [...hostile, ...wrong, `${lineOf(event(1))}\n`].join("\n"));
    assert.deepEqual((await opened()).history.events, [event(2), event(1)]);
  });

  it("drops what is too old, and keeps a newer version's lines", async () => {
    const { path: file } = await written(event(1));
    const newer = JSON.stringify(["exploded", event(1).at, { cause: "unknown" }]);
    const old = [event(92 * dayMs), event(95 * dayMs)].map(lineOf);
    fs.writeFileSync(file, [...old, newer, lineOf(event(1)), "no line", ""].join("\n"));
    await written(event(0));
    const lines = fs.readFileSync(file, "utf8").trim().split("\n");
    assert.deepEqual(new Set(lines), new Set([newer, lineOf(event(1)), lineOf(event(0))]));
  });

  it("takes no event that is too old", async () => {
    const journal = await opened();
    assert.deepEqual(journal.add([event(91 * dayMs)]), []);
  });

  it("drops the oldest events when it grows too large, and doesn't take them again", async () => {
    const events = Array.from({ length: 100 }, (_, at) => event(1000 - at));
    const small = { retention: { ...retention, mostBytes: 2_500 } };
    const journal = await opened(small);
    journal.add(events);
    await journal.flush();
    const { length } = journal.history.events;
    assert.ok(length > 10 && length < 40, `${length} events`);
    assert.ok(fs.statSync(journal.path).size < 2_500);
    assert.deepEqual(journal.history.events, events.slice(-length));
    const next = await opened(small);
    assert.deepEqual(next.add(events), []);
  });

  it("keeps the newest save when it is compacted, and ignores one in the future", async () => {
    const small = { retention: { ...retention, mostBytes: 5_000 } };
    const [journal, before] = [await opened(small), event(5).at];
    journal.add(Array.from({ length: 100 }, (_, at) => event(1000 - at)));
    journal.addSave(before);
    await journal.flush();
    assert.ok(fs.statSync(journal.path).size < 5_000);
    assert.equal((await opened()).newestSave, before);
    fs.appendFileSync(journal.path, `${JSON.stringify({ recordedSave: event(-1).at })}\n{"recordedSave":"9"}\n`);
    assert.equal((await opened()).newestSave, "");
  });

  it("is gone once it is cleared, for other windows too", async () => {
    const [one, other] = [await written(event(2)), await opened()];
    await one.clear();
    assert.deepEqual(one.history.events, []);
    assert.ok(!fs.existsSync(one.path));
    await other.flush();
    assert.deepEqual(other.history.events, []);
    await written(event(1));
    await deleteJournals(folder);
    assert.deepEqual((await opened()).history.events, []);
  });

  it("is deleted after the retention period when no window writes to it", async () => {
    const journal = await written(event(1));
    await deleteJournals(folder, fs.statSync(journal.path).mtimeMs);
    assert.ok(fs.existsSync(journal.path));
    await deleteJournals(folder, fs.statSync(journal.path).mtimeMs + 1);
    assert.ok(!fs.existsSync(journal.path));
  });

  it("follows no link, and reads no folder", async function () {
    if (process.platform === "win32") this.skip();
    const journal = new Journal(folder, session);
    fs.mkdirSync(folder);
    const target = path.join(temporary.path, "target");
    fs.symlinkSync(target, journal.path);
    journal.add([event(1)]);
    await assert.rejects(journal.flush());
    assert.ok(!fs.existsSync(target));
    fs.rmSync(journal.path);
    fs.mkdirSync(journal.path);
    await assert.rejects(journal.open());
  });

  it("that can't be written is reported once, and keeps new events in memory", async () => {
    fs.writeFileSync(folder, "a file where the folder should be");
    const changes = new Emitter<{ after: undefined }>();
    const row = { bead_id: "bd-1", bead_title: "", pane: 1, agent_type: "cc", assigned_at: "2026-11-24T11:00:00Z" };
    const recorder = new HistoryRecorder({ folder, now: () => present }, changes.event, {
      sessionName: "atlas",
      path: "/sessions/atlas/assignments.json",
      exists: true,
      isStale: false,
      health: { kind: "ok" },
      updatedAt: "2026-11-24T11:00:01Z",
      rows: [{ ...row, status: "assigned" }],
    });
    const states: RecorderState["kind"][] = [];
    recorder.onDidChangeState(({ kind }) => states.push(kind));
    await recorder.flush();
    await recorder.flush();
    assert.deepEqual(states, ["unavailable"]);
    assert.deepEqual(
      recorder.history.events.map(({ kind }) => kind),
      ["assigned"],
    );
    recorder.dispose();
    await recorder.flush();
  });
});
