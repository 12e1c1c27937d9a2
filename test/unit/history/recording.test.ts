import { holdsTheSame, neverContradicts } from "../../support/historyProperties";
import { readHistory, Window } from "../../support/historyWindows";
import { TempFolder } from "../../support/tempFolder";
import * as assert from "node:assert/strict";
import type { Assignment } from "../../../src/assignment";
import type { LedgerView } from "../../../src/history/recorder";

describe("A recorded history", () => {
  let folder: TempFolder;
  beforeEach(() => (folder = new TempFolder("history")));
  afterEach(() => {
    folder.remove();
  });
  let count = 0;
  const place = (): string => `${folder.path}/${String(count++)}`;

  // test/proofs/history.test.ts runs these properties for longer.
  it("is the same whichever windows saw the saves, in any order, with restarts", () =>
    holdsTheSame(place, { numRuns: 5 }));

  it("ends in the newest save that a window saw, without events that didn't happen, also when saves were missed", () =>
    neverContradicts(place, { numRuns: 15 }));

  const row: Assignment = {
    bead_id: "bd-1",
    bead_title: "",
    pane: 1,
    agent_type: "cc",
    assigned_at: "2026-11-24T11:00:00Z",
    status: "assigned",
  };
  const save = (second: number, ...rows: readonly Assignment[]): LedgerView => ({
    sessionName: "atlas",
    path: "/sessions/atlas/assignments.json",
    exists: true,
    isStale: false,
    health: { kind: "ok" },
    updatedAt: `2026-11-24T11:00:0${String(second)}Z`,
    rows,
  });
  const kinds = async (journals: string): Promise<readonly string[]> =>
    (await readHistory(journals)).map(({ kind }) => kind);

  it("has an assignment that came back although a window still sees the save without it", async () => {
    const journals = place();
    const [behind, ahead] = [new Window(journals), new Window(journals)];
    await behind.look(save(1, row));
    behind.see(save(2)); // Not written yet.
    await ahead.look(save(3, row));
    await ahead.close();
    await behind.close();
    assert.deepEqual(await kinds(journals), ["assigned", "removed", "assigned"]);
  });

  it("has no assignment of a window that missed its removal", async () => {
    const journals = place();
    const [behind, ahead] = [new Window(journals), new Window(journals)];
    behind.see(save(1, row));
    await ahead.look(save(2));
    await ahead.close();
    await behind.close();
    assert.deepEqual(await kinds(journals), ["assigned", "removed"]);
  });

  it("goes on after the ledger was replaced by an older save", async () => {
    const journals = place();
    const window = new Window(journals);
    await window.look(save(3, row));
    await window.look(save(1));
    await window.close();
    assert.deepEqual(await kinds(journals), ["assigned", "removed"]);
  });
});
