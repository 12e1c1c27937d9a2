import "../../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { noSignals } from "../../../../src/session/attentionReason";
import { PaneSignals } from "../../../../src/views/panes/paneSignals";
import { nothingKnown } from "../../../../src/tmux/paneLifecycle";
import type { TmuxPane } from "../../../../src/tmux/paneFormat";
import { LedgerOfRows } from "../../../support/ledgerOfRows";
import { firstLookAt, livesAfter } from "../../../support/paneLives";
import { created, minute, saying, tmuxPane } from "../../../support/tmuxPanes";

const pane = (number: number, fields: Partial<TmuxPane> = {}): TmuxPane =>
  tmuxPane(number, { sessionName: "session", title: `session__cc_${number}`, ...fields });
const inPane = (number: number, bead_id: string): Record<string, unknown> => ({
  bead_id,
  pane: number,
  occupancy_key: `%${number}`,
  status: "working",
  assigned_at: new Date(created + minute).toISOString(),
});

describe("the signals of panes", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  it("know when an agent exited that was seen alive, but not when one exited before the first observation", async () => {
    const snapshot = await ledger.with(inPane(1, "a"), inPane(2, "b"));
    const signals = new PaneSignals();
    const before = [pane(1), pane(2, { isDead: true })];
    const after = [pane(1, { isDead: true }), pane(2, { isDead: true })];
    assert.equal(signals.update(livesAfter(snapshot, before), snapshot, firstLookAt), noSignals);
    const now = firstLookAt + 6000;
    const found = signals.update(livesAfter(snapshot, before, after, after), snapshot, now);
    assert.deepEqual(
      [...found],
      [
        ["a", [{ reason: "agent-exited", since: now }]],
        ["b", [{ reason: "agent-exited", since: undefined }]],
      ],
    );
  });

  it("stay the same objects, also after nothing was known for a while", async () => {
    const snapshot = await ledger.with(inPane(1, "a"));
    const signals = new PaneSignals();
    const looks = [[pane(1)], [], []].map((panes) => [...panes, pane(9)]);
    signals.update(livesAfter(snapshot, looks[0]!), snapshot, firstLookAt);
    const gone = livesAfter(snapshot, ...looks);
    const first = signals.update(gone, snapshot, firstLookAt + 6000);
    assert.equal(first.get("a")?.[0]?.reason, "pane-gone");
    assert.equal(signals.update(gone, snapshot, firstLookAt + 9000), first);
    assert.equal(signals.update(nothingKnown, snapshot, firstLookAt + 12_000), noSignals);
    assert.deepEqual(signals.update(gone, snapshot, firstLookAt + 15_000), first);
  });

  it("show that the agent reached a usage limit, and until when, on the newest bead of its pane", async () => {
    const snapshot = await ledger.with(inPane(1, "a"), inPane(2, "b"));
    const panes = [pane(1, saying("limit 1795345678", firstLookAt)), pane(2, saying("limit -", firstLookAt))];
    const found = new PaneSignals().update(livesAfter(snapshot, panes), snapshot, firstLookAt);
    assert.deepEqual(found.get("a"), [{ reason: "usage-limit", since: firstLookAt, text: "1795345678" }]);
    assert.deepEqual(found.get("b"), [{ reason: "usage-limit", since: firstLookAt, text: undefined }]);
  });

  it("show what the agent waits for, on the newest bead of its pane, and that beads share one", async () => {
    const snapshot = await ledger.with(inPane(1, "a"), inPane(1, "b"));
    const lives = livesAfter(snapshot, [pane(1, saying("waiting question", firstLookAt, "Which\nport?"))]);
    const found = new PaneSignals().update(lives, snapshot, firstLookAt);
    assert.deepEqual(found.get("a"), [{ reason: "shared-pane" }]);
    assert.deepEqual(found.get("b"), [
      { reason: "waiting", since: firstLookAt, text: "an answer: Which port?" },
      { reason: "shared-pane" },
    ]);
  });
});
