// Windows that write one journal and are killed at any time: what was reported as written is there, and the others go on.
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { Journal } from "../../src/history/journal";
import { holdsTheSame, neverContradicts } from "../support/historyProperties";
import { inParallel } from "../support/inParallel";
import { Program } from "../support/program";
import { TempFolder } from "../support/tempFolder";

describe("windows killed with SIGKILL while they record", () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder("history")));
  afterEach(() => {
    folder.remove();
  });

  it("lose no event that was on disk, and leave a journal that reads on", async () => {
    const reported = new Map<string, number>();
    const windows = Array.from({ length: 30 }, (_, window) => `bd-${window}`);
    await inParallel(windows, async (beadId) => {
      const program = new Program("historyWriter", [folder.path, beadId]);
      await program.firstLine();
      setTimeout(() => program.process.kill("SIGKILL"), Math.random() * 60);
      const { output, errors, signal } = await program.ended;
      assert.equal(signal, "SIGKILL", errors);
      reported.set(beadId, Number(output.split("\n").at(-2)));
    });
    assert.ok(
      [...reported.values()].some((count) => count > 0),
      "no window recorded anything",
    );
    const journal = new Journal(folder.path, { storageDir: "/sessions", sessionName: "atlas" });
    await journal.open();
    for (const [beadId, count] of reported) {
      const found = journal.history.ofBead(beadId).length;
      assert.ok(found >= count && found <= count + 10, `${beadId}: ${found} of ${count} events`);
    }
    const last = journal.history.events.at(-1);
    assert.ok(last !== undefined);
    fs.appendFileSync(journal.path, '["wor'); // What a writer leaves that is killed amid a line.
    journal.add([{ ...last, beadId: "next" }]);
    await journal.flush();
    const lines = fs.readFileSync(journal.path, "utf8").split("\n").slice(0, -1);
    for (const line of lines) assert.doesNotThrow(() => JSON.parse(line) as unknown, line);
    assert.deepEqual(fs.readdirSync(folder.path).length, 2, "the journal and its lock");
  });
});

describe("a history that many windows record", function () {
  this.timeout(200_000);
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder("history")));
  afterEach(() => {
    folder.remove();
  });
  let count = 0;
  const place = (): string => `${folder.path}/${String(count++)}`;

  it("is the same whichever windows saw the saves, in any order, with restarts", () =>
    holdsTheSame(place, { numRuns: 200 }));

  it("ends in the newest save that a window saw, without events that didn't happen, also when saves were missed", () =>
    neverContradicts(place, { numRuns: 1_000 }));
});
