import * as assert from "node:assert/strict";
import type { Assignment } from "../../../src/assignment";
import { joinPanes, type LedgerPane } from "../../../src/tmux/joinPanes";
import type { TmuxPane } from "../../../src/tmux/paneFormat";
import { isFree, nothingKnown, type PaneLives } from "../../../src/tmux/paneLifecycle";
import { nextObservation, type PaneObservation } from "../../../src/tmux/paneObservation";
import { created, ledgerPanes, minute, noOptions, rowIn, saying, tmuxPane } from "../../support/tmuxPanes";

/** Looks at the panes of a server every three seconds, beginning ten minutes after the session was created. */
class Looks {
  at = created + 10 * minute;
  look: PaneObservation | undefined;
  lives: PaneLives = nothingKnown;

  constructor(private ledger: readonly LedgerPane[] = []) {}

  see(panes: readonly TmuxPane[], hasChild: Readonly<Record<number, boolean>> = {}, after = 3000): PaneLives {
    this.at += after;
    const children = new Map(Object.entries(hasChild).map(([pid, has]) => [Number(pid), has]));
    this.look = nextObservation(this.look, { at: this.at, panes, hasChild: children });
    return this.join(this.ledger);
  }

  join(ledger: readonly LedgerPane[], sessionName = "s"): PaneLives {
    this.ledger = ledger;
    return (this.lives = joinPanes({ sessionName, panes: ledger }, this.look!, this.lives));
  }
}

const early = created + minute;
const shell = { command: "bash" };

describe("Panes joined with the ledger", () => {
  let row: Assignment;
  let looks: Looks;

  beforeEach(() => {
    row = rowIn(1, "bd-1", early);
    looks = new Looks(ledgerPanes(row));
  });

  it("are alive while their agent runs", () => {
    assert.equal(looks.see([tmuxPane(1)]).lifeOf(row), "alive");
  });

  describe("are gone", () => {
    it("when two observations in a row missed them", () => {
      looks.see([tmuxPane(1), tmuxPane(2)]);
      assert.equal(looks.see([tmuxPane(2)]).lifeOf(row), "unknown");
      assert.equal(looks.see([tmuxPane(2)]).lifeOf(row), "gone");
    });

    it("not when both observations were at the same time", () => {
      looks.see([tmuxPane(1), tmuxPane(2)]);
      looks.see([tmuxPane(2)]);
      assert.equal(looks.see([tmuxPane(2)], {}, 20).lifeOf(row), "unknown");
    });

    it("not when the ledger changed between two observations", () => {
      looks.see([tmuxPane(1), tmuxPane(2)]);
      looks.see([tmuxPane(2)]);
      assert.equal(looks.join(ledgerPanes(row, rowIn(2, "bd-2", early))).lifeOf(row), "unknown");
    });

    it("not when the observations were far apart", () => {
      looks.see([tmuxPane(2)]);
      assert.equal(looks.see([tmuxPane(2)], {}, 60 * minute).lifeOf(row), "unknown");
      assert.equal(looks.see([tmuxPane(2)]).lifeOf(row), "gone");
    });

    it("not for a row that is newer than the observations", () => {
      looks.see([tmuxPane(2)]);
      looks.see([tmuxPane(2)]);
      const late = rowIn(1, "bd-1", looks.at + 100);
      assert.equal(looks.join(ledgerPanes(late)).lifeOf(late), "unknown");
      assert.equal(looks.see([tmuxPane(2)]).lifeOf(late), "unknown");
      assert.equal(looks.see([tmuxPane(2)]).lifeOf(late), "gone");
    });

    it("not when they moved to another session", () => {
      looks.see([tmuxPane(1), tmuxPane(2)]);
      const moved = [tmuxPane(1, { sessionName: "other" }), tmuxPane(2)];
      looks.see(moved);
      assert.equal(looks.see(moved).lifeOf(row), "unknown");
    });

    it("with their session, but only if the session was seen here", () => {
      const other = tmuxPane(7, { sessionName: "other" });
      looks.see([other]);
      assert.equal(looks.see([other]).lifeOf(row), "unknown", "it may live on another server");
      assert.equal(looks.lives.session, "absent");
      looks.see([other, tmuxPane(1)]);
      looks.see([other]);
      assert.equal(looks.see([other]).lifeOf(row), "gone");
    });

    it("not when another server answers", () => {
      looks.see([tmuxPane(1)]);
      const other = tmuxPane(7, { sessionName: "other", serverPid: 555 });
      looks.see([other]);
      assert.equal(looks.see([other]).lifeOf(row), "unknown");
    });
  });

  describe("have lost their agent", () => {
    it("when two observations in a row saw a shell without a child", () => {
      looks.see([tmuxPane(1)]);
      assert.equal(looks.see([tmuxPane(1, shell)], { 1001: false }).lifeOf(row), "unknown");
      assert.equal(looks.see([tmuxPane(1, shell)], { 1001: false }).lifeOf(row), "agent-exited");
      assert.equal(looks.see([tmuxPane(1)]).lifeOf(row), "alive");
    });

    it("when the process of the pane has ended", () => {
      looks.see([tmuxPane(1, { isDead: true })]);
      assert.equal(looks.see([tmuxPane(1, { isDead: true })]).lifeOf(row), "agent-exited");
    });

    it("not when an observation between saw it", () => {
      looks.see([tmuxPane(1, shell)], { 1001: false });
      looks.see([tmuxPane(1)]);
      assert.equal(looks.see([tmuxPane(1, shell)], { 1001: false }).lifeOf(row), "unknown");
    });

    it("not when the observations were far apart", () => {
      looks.see([tmuxPane(1, shell)], { 1001: false });
      assert.equal(looks.see([tmuxPane(1, shell)], { 1001: false }, 60 * minute).lifeOf(row), "unknown");
    });

    it("not when it isn't known whether there are child processes", () => {
      looks.see([tmuxPane(1, shell)]);
      assert.equal(looks.see([tmuxPane(1, shell)]).lifeOf(row), "unknown");
    });

    it("not when it runs under a shell, which is marked", () => {
      looks.see([tmuxPane(1, shell)], { 1001: true });
      const lives = looks.see([tmuxPane(1, shell)], { 1001: true });
      assert.equal(lives.lifeOf(row), "alive");
      assert.equal(lives.pane("%1")?.runsUnderShell, true);
    });
  });

  describe("know their run", () => {
    it("by the time at which the session was created", () => {
      const old = rowIn(1, "bd-0", created - 1);
      looks = new Looks(ledgerPanes(old, row));
      const lives = looks.see([tmuxPane(1)]);
      assert.deepEqual([lives.lifeOf(old), lives.lifeOf(row)], ["earlier-run", "alive"]);
      assert.deepEqual(lives.pane("%1")?.activeRows, [row], "the old row doesn't occupy the new pane");
      assert.equal(lives.isShared(row), false);
    });

    it("also when the session was made anew on the same server", () => {
      looks.see([tmuxPane(1)]);
      const anew = tmuxPane(1, { sessionCreated: looks.at + 1000 });
      assert.equal(looks.see([anew]).lifeOf(row), "earlier-run");
    });

    it("and claim nothing of a row without a time or a pane id", () => {
      const timeless = rowIn(1, "bd-2", early, { assigned_at: "0001-01-01T00:00:00Z" });
      const unplaced = rowIn(1, "bd-3", early, { occupancy_key: undefined });
      const lives = new Looks(ledgerPanes(timeless, unplaced)).see([tmuxPane(1)]);
      assert.deepEqual([lives.lifeOf(timeless), lives.lifeOf(unplaced)], ["unknown", "unknown"]);
    });
  });

  describe("are agents' panes", () => {
    const typeOf = (lives: PaneLives): string | undefined => lives.pane("%1")?.agentType;

    it("by the title that ntm gave them, also when it was rewritten later", () => {
      const rewritten = tmuxPane(1, { title: "✳ Fix the parser" });
      looks = new Looks();
      assert.equal(typeOf(looks.see([rewritten])), undefined);
      assert.equal(typeOf(looks.see([tmuxPane(1)])), "cc");
      assert.equal(typeOf(looks.see([rewritten])), "cc");
    });

    it("by the ledger, regardless of the title", () => {
      const [untitled, users] = [tmuxPane(1, { title: "x" }), tmuxPane(1, { title: "s__user_0" })];
      assert.deepEqual([typeOf(looks.see([untitled])), typeOf(looks.see([users]))], ["claude", "claude"]);
    });

    it("by what ntm recorded of them, whatever the title and the ledger say", () => {
      const recorded = (type: string) => ({ options: { ...noOptions, "@ntm_agent_type": type } });
      assert.equal(typeOf(looks.see([tmuxPane(1, recorded("codex"))])), "codex");
      assert.equal(
        typeOf(looks.see([tmuxPane(1, { title: "s__user_0", ...recorded(" antigravity ") })])),
        "antigravity",
      );
    });

    it("not where a service runs, unless ntm recorded an agent", () => {
      const service = (options: Partial<typeof noOptions>) => ({ ...shell, options: { ...noOptions, ...options } });
      for (const name of ["@ntm_service", "@acfs_service"] as const) {
        looks = new Looks(ledgerPanes(row));
        const panes = [tmuxPane(1, service({ [name]: "agent-mail" })), tmuxPane(2, service({ [name]: "1" }))];
        looks.see(panes, { 1001: false, 1002: false });
        const lives = looks.see(panes, { 1001: false, 1002: false });
        assert.deepEqual([lives.lifeOf(row), typeOf(lives), lives.freePanes], ["alive", undefined, []], name);
        const agent = tmuxPane(1, service({ [name]: "1", "@ntm_agent_type": "claude" }));
        assert.equal(typeOf(looks.see([agent], { 1001: true })), "claude");
        assert.equal(typeOf(looks.see([tmuxPane(1, service({ [name]: "0" }))], { 1001: true })), "cc");
      }
    });

    it("not by rows of an earlier run", () => {
      looks = new Looks(ledgerPanes(rowIn(1, "bd-0", created - 1)));
      assert.equal(typeOf(looks.see([tmuxPane(1, { title: "x" })])), undefined);
    });

    it("and the user's are never without an agent, or free", () => {
      looks = new Looks();
      const users = tmuxPane(1, { title: "s__user_0", ...shell });
      looks.see([users], { 1001: false });
      const lives = looks.see([users], { 1001: false });
      assert.deepEqual([lives.pane("%1")?.life, lives.pane("%1")?.command, lives.freePanes], ["alive", "bash", []]);
    });
  });

  it("are free without a row that occupies them", () => {
    looks = new Looks(
      ledgerPanes(rowIn(1, "bd-1", early, { status: "completed" }), rowIn(2, "bd-2", early), rowIn(4, "bd-4", early)),
    );
    const panes = [1, 2, 3].map((number) => tmuxPane(number));
    const free = looks.see([...panes, tmuxPane(4, { title: "s__cc_4", ...shell })], { 1004: true });
    assert.deepEqual(
      free.freePanes.map(({ paneId }) => paneId),
      ["%1", "%3"],
    );
    assert.equal(isFree(free.pane("%2")!), false);
  });

  it("are shared by the rows in flight of one pane", () => {
    const other = rowIn(1, "bd-2", early + 1);
    const done = rowIn(1, "bd-3", early + 2, { status: "completed" });
    const lives = new Looks(ledgerPanes(row, other, done)).see([tmuxPane(1)]);
    assert.deepEqual(
      [row, other, done].map((one) => lives.isShared(one)),
      [true, true, false],
    );
  });

  describe("say what their agent says", () => {
    it("of the newest row", () => {
      const newer = rowIn(1, "bd-2", early + minute);
      looks = new Looks(ledgerPanes(row, newer));
      const lives = looks.see([tmuxPane(1, saying("waiting permission", early + 2 * minute))]);
      assert.equal(lives.stateOf(newer)?.activity, "waiting");
      assert.equal(lives.stateOf(row), undefined);
    });

    it("not a state from before the row was assigned", () => {
      const lives = looks.see([tmuxPane(1, saying("idle -", early - 1000))]);
      assert.equal(lives.pane("%1")?.state, undefined);
      assert.equal(looks.join([]).pane("%1")?.state?.activity, "idle", "without a row it is still true");
    });

    it("not the state of an agent that exited, also if another one was started in its place", () => {
      const said = saying("waiting question", early + minute);
      looks.see([tmuxPane(1, { ...shell, ...said })], { 1001: false });
      assert.equal(looks.see([tmuxPane(1, { ...shell, ...said })], { 1001: false }).pane("%1")?.state, undefined);
      assert.equal(looks.see([tmuxPane(1, said)]).pane("%1")?.state, undefined);
      const lives = looks.see([tmuxPane(1, saying("working -", looks.at + 4000))]);
      assert.equal(lives.stateOf(row)?.activity, "working");
    });

    it("without a time only what was seen to change after the row was assigned", () => {
      const status = (value: string): TmuxPane =>
        tmuxPane(1, { options: { ...noOptions, "@pane_status": value, "@pane_attention": "notification" } });
      assert.equal(looks.see([status("waiting")]).stateOf(row), undefined);
      assert.equal(looks.see([status("waiting")]).stateOf(row), undefined);
      assert.equal(looks.see([status("running")]).stateOf(row)?.activity, "working");
      assert.equal(looks.see([status("running")]).stateOf(row)?.activity, "working");
    });
  });

  describe("stay the same object", () => {
    it("while nothing changes", () => {
      const before = looks.see([tmuxPane(1), tmuxPane(2)]);
      const spinning = [tmuxPane(1, { title: "✳ Fix", command: "node" }), tmuxPane(2, { title: "✶ Fix" })];
      assert.equal(looks.see(spinning), before);
      assert.equal(looks.join(ledgerPanes(row)), before);
    });

    it("pane by pane", () => {
      const before = looks.see([tmuxPane(1), tmuxPane(2)]);
      const after = looks.see([tmuxPane(1), tmuxPane(2, { isDead: true })]);
      assert.notEqual(after, before);
      assert.equal(after.pane("%1"), before.pane("%1"));
    });
  });

  it("are listed once, by window and index", () => {
    const linked = tmuxPane(1, { window: 5, windowId: "@5" });
    const lives = looks.see([linked, tmuxPane(3, { window: 0 }), tmuxPane(2, { window: 0 }), { ...linked, window: 6 }]);
    assert.deepEqual(
      lives.panes.map(({ paneId }) => paneId),
      ["%2", "%3", "%1"],
    );
  });
});
