// Which panes are offered: tmux's, else those of the ledger.
import "../../support/vscodeStub";
import * as assert from "node:assert/strict";
import { paneOptions, type PaneOptions } from "../../../src/commands/input/panePicker";
import { noKnownPanes, type KnownPanes } from "../../../src/views/panes/livePanes";
import { knownPanesAfter } from "../../../src/views/panes/paneStatuses";
import type { SessionSnapshot } from "../../../src/session/sessionSnapshot";
import type { PaneLives } from "../../../src/tmux";
import { LedgerOfRows } from "../../support/ledgerOfRows";
import { livesAfter } from "../../support/paneLives";
import { created, tmuxPane } from "../../support/tmuxPanes";

const in3 = { pane: 3, occupancy_key: "%3", dispatch_target: "%3", agent_type: "cc", agent_name: "BlueLake" };
const assigned_at = new Date(created + 60_000).toISOString();

describe("Panes to choose from", () => {
  let ledger: LedgerOfRows;
  beforeEach(() => (ledger = new LedgerOfRows()));
  afterEach(() => {
    ledger.remove();
  });

  const shown = ({ items }: PaneOptions): unknown[] => items.map(({ label, description }) => [label, description]);
  const known = (lives: PaneLives, snapshot: SessionSnapshot): KnownPanes =>
    knownPanesAfter(noKnownPanes, lives, snapshot);

  it("are tmux's, named by their titles, with the agents from the ledger", async () => {
    const snapshot = await ledger.with({ bead_id: "bd-1", status: "working", ...in3, assigned_at });
    const lives = livesAfter(snapshot, [
      tmuxPane(3, { title: "session__cod_2_opus", sessionName: "session" }),
      tmuxPane(4, { title: "a $(icon) title", command: "zsh", window: 1, index: 0, sessionName: "session" }),
    ]);
    assert.deepEqual(shown(paneOptions(lives, noKnownPanes, snapshot, true)), [
      ["Pane 3 · Codex CLI", "%3 · BlueLake · 1 in flight"],
      ["Pane 0 · zsh", "%4 · window 1"],
    ]);
  });

  it("have the free ones first, and those without an agent last and marked", async () => {
    const snapshot = await ledger.with({ bead_id: "bd-1", status: "working", ...in3, assigned_at });
    const panes = [
      tmuxPane(1, { title: "session__cc_1", command: "bash", isDead: true, sessionName: "session" }),
      tmuxPane(2, { title: "me", command: "zsh", sessionName: "session" }),
      tmuxPane(3, { title: "session__cc_2", sessionName: "session" }),
      tmuxPane(4, { title: "session__cc_3", sessionName: "session" }),
    ];
    const lives = livesAfter(snapshot, panes, panes);
    assert.deepEqual(shown(paneOptions(lives, known(lives, snapshot), snapshot, true)), [
      ["Pane 4 · Claude Code", "free · %4"],
      ["Pane 3 · Claude Code", "%3 · BlueLake · 1 in flight"],
      ["Pane 2 · zsh", "%2"],
      ["$(warning) Pane 1 · Claude Code", "agent exited · %1"],
    ]);
  });

  it("are the ledger's if tmux doesn't answer", async () => {
    const snapshot = await ledger.with(
      { bead_id: "bd-1", status: "working", ...in3 },
      { bead_id: "bd-2", pane: 7, status: "completed" },
    );
    const expected = [
      ["Pane 7 · Claude Code", ""],
      ["Pane 3 · Claude Code", "%3 · BlueLake · 1 in flight"],
    ];
    assert.deepEqual(shown(paneOptions(undefined, noKnownPanes, snapshot, false)), expected);
    assert.deepEqual(shown(paneOptions(undefined, noKnownPanes, snapshot, true)), expected.slice(1));
  });

  it("can be typed if tmux doesn't answer, with a pane ID where one is required", () => {
    const typed = (text: string, needsPaneId: boolean): unknown => {
      const target = paneOptions(undefined, noKnownPanes, undefined, needsPaneId).itemFor(text)?.target;
      return target === undefined ? undefined : [target.pane, target.paneId];
    };
    assert.deepEqual(typed("3 %12", true), [3, "%12"]);
    assert.deepEqual(typed("3", false), [3, undefined]);
    for (const text of ["3", "%12", "3 %012", "x", "-1 %2", "3 %12; x", "99999999999"]) {
      assert.equal(typed(text, true), undefined, text);
    }
  });

  it("can't be typed if tmux lists them", async () => {
    const snapshot = await ledger.with();
    const lives = livesAfter(snapshot, [tmuxPane(3, { sessionName: "session" })]);
    assert.equal(paneOptions(lives, noKnownPanes, undefined, false).itemFor("8 %99"), undefined);
  });
});
