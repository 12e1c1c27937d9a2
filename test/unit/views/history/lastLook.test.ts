import * as assert from "node:assert/strict";
import type { HistoryEvent } from "../../../../src/history/historyEvent";
import { History } from "../../../../src/history/history";
import type { HistoryChange } from "../../../../src/history/recorder";
import { eventTimeOf } from "../../../../src/history/eventTime";
import { LastSeenTime } from "../../../../src/views/history/lastSeen";
import { Emitter } from "../../../../src/util/event";

const start = Date.parse("2026-11-24T09:00:00Z");
const minuteMs = 60_000;
const ledger = "/sessions/atlas/assignments.json";

describe("When the view was last visible", () => {
  let minute: number;
  let looks: Readonly<Record<string, number>>;
  let recorder: { history: History; ledger: string | undefined; changed: Emitter<HistoryChange> };
  let lastLook: LastSeenTime;

  beforeEach(() => {
    [minute, looks] = [0, {}];
    recorder = { history: History.empty, ledger, changed: new Emitter() };
    open();
  });

  /** As a window does, also one that is opened again. */
  function open(): void {
    const { changed } = recorder;
    const source = {
      get history() {
        return recorder.history;
      },
      get ledger() {
        return recorder.ledger;
      },
      onDidChange: changed.event,
    };
    const store = { get: () => looks, set: (given: typeof looks) => (looks = given) };
    lastLook = new LastSeenTime(source, store, () => start + minute * minuteMs);
  }

  function happens(kind: HistoryEvent["kind"], beadId: string, at = minute): void {
    const event: HistoryEvent = {
      kind,
      at: eventTimeOf(start + at * minuteMs),
      beadId,
      generation: "g",
      pane: "%1",
      paneIndex: 1,
      agentType: "cc",
    };
    recorder.history = recorder.history.with([event]);
    recorder.changed.fire({ history: recorder.history, added: [event] });
  }

  function look(from: number, to: number): void {
    minute = from;
    lastLook.setVisible(true);
    minute = to;
    lastLook.setVisible(false);
  }

  const counts = (): unknown[] => [lastLook.absence?.completed, lastLook.absence?.failed];
  const changed = (): string[] => [...lastLook.changedBeads].sort();

  it("leaves what happens afterwards as changed, until the next one is over", () => {
    look(0, 1);
    minute = 2;
    happens("working", "a");
    assert.deepEqual(changed(), ["a"]);
    minute = 3;
    lastLook.setVisible(true);
    assert.deepEqual(changed(), ["a"], "it is there to be seen");
    minute = 4;
    lastLook.setVisible(false);
    assert.deepEqual(changed(), []);
  });

  it("saw what happened while it lasted", () => {
    minute = 1;
    lastLook.setVisible(true);
    minute = 2;
    happens("working", "a");
    assert.deepEqual(changed(), []);
  });

  it("saw a row that was selected", () => {
    look(0, 1);
    minute = 2;
    happens("working", "a");
    happens("working", "b");
    lastLook.see(["a"]);
    assert.deepEqual(changed(), ["b"]);
  });

  it("is none when the window is just passed through", () => {
    look(0, 1);
    minute = 2;
    happens("working", "a");
    lastLook.setVisible(true);
    lastLook.setVisible(false);
    assert.deepEqual(changed(), ["a"]);
  });

  it("is remembered over a restart, with what happened meanwhile", () => {
    look(0, 1);
    lastLook.dispose();
    happens("completed", "a", 30);
    minute = 90;
    open();
    assert.deepEqual(changed(), ["a"]);
    lastLook.setVisible(true);
    assert.deepEqual([lastLook.absence?.completed, lastLook.absence?.failed], [1, 0]);
  });

  it("counts nothing of the past in a session that was never looked at", () => {
    minute = 90;
    open();
    happens("failed", "a", 10);
    lastLook.setVisible(true);
    assert.deepEqual([changed(), lastLook.absence], [[], undefined]);
  });

  describe("an hour ago", () => {
    beforeEach(() => {
      look(0, 1);
      for (const beadId of ["a", "b", "c"]) happens("completed", beadId, 20);
      happens("failed", "d", 30);
    });

    it("is followed by a line that counts the beads' present results, until it is dismissed", () => {
      minute = 61;
      assert.deepEqual(counts(), [undefined, undefined], "nobody is there yet");
      lastLook.setVisible(true);
      assert.deepEqual(counts(), [3, 1]);
      lastLook.dismiss();
      assert.equal(lastLook.absence, undefined);
    });

    it("counts what is only recorded after the return", () => {
      minute = 70;
      lastLook.setVisible(true);
      happens("failed", "e", 40);
      assert.equal(lastLook.absence?.failed, 2);
      assert.ok(changed().includes("e"));
      minute = 71;
      happens("failed", "f");
      assert.equal(lastLook.absence.failed, 2, "that was seen");
    });

    it("is followed by no line where nothing ended", () => {
      look(50, 51);
      minute = 55;
      happens("working", "x");
      minute = 200;
      lastLook.setVisible(true);
      assert.equal(lastLook.absence, undefined);
    });
  });

  it("is of one session, and of another one in its own time", () => {
    look(0, 1);
    recorder.ledger = "/sessions/ferry/assignments.json";
    recorder.history = History.empty;
    minute = 100;
    recorder.changed.fire({ history: History.empty, added: [] });
    lastLook.setVisible(true);
    assert.deepEqual([changed(), lastLook.absence], [[], undefined]);
    assert.equal(looks[ledger], start + minuteMs);
  });

  it("is known of a session that is switched to when many others were looked at since", () => {
    const others = Array.from({ length: 50 }, (_, index) => [
      `/sessions/other${index}/assignments.json`,
      start + 60_000,
    ]);
    looks = { ...(Object.fromEntries(others) as typeof looks), "/sessions/ferry/assignments.json": start };
    happens("completed", "bd-1", 10);
    const { history } = recorder;
    lastLook.setVisible(true);
    minute = 90;
    [recorder.ledger, recorder.history] = ["/sessions/ferry/assignments.json", history];
    recorder.changed.fire({ history, added: [] });
    assert.equal(lastLook.absence?.completed, 1);
  });
});
