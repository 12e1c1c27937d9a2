import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { readAgentState } from "../../../src/tmux/agentState";
import { agentTypeOfTitle } from "../../../src/tmux/paneFormat";
import { hostileText, noOptions } from "../../support/tmuxPanes";

const now = Date.UTC(2026, 10, 22, 10);
const epoch = String(now / 1000 - 240);

const read = (value: string, text = "") =>
  readAgentState({ ...noOptions, "@ntm_assignments_state": value, "@ntm_assignments_reason": text }, now);

describe("What an agent says", () => {
  it("is a state, a reason and a time", () => {
    assert.deepEqual(read(`waiting permission ${epoch}`, "May I run the tests?"), {
      activity: "waiting",
      reason: "permission",
      text: "May I run the tests?",
      since: now - 240_000,
      turnSince: undefined,
    });
    for (const activity of ["working", "waiting", "idle", "limit", "error"]) {
      assert.deepEqual(read(`${activity} - ${epoch}`), {
        activity,
        reason: undefined,
        text: undefined,
        since: now - 240_000,
        turnSince: undefined,
      });
    }
  });

  it("has the beginning of its turn, and the end of a limit", () => {
    const said = { "@ntm_assignments_state": `limit 1795345678 ${epoch}`, "@ntm_assignments_turn": `${epoch}\n` };
    const { reason, turnSince } = readAgentState({ ...noOptions, ...said }, now) ?? {};
    assert.deepEqual([reason, turnSince], ["1795345678", now - 240_000]);
    const odd = { ...said, "@ntm_assignments_turn": "yesterday" };
    assert.equal(readAgentState({ ...noOptions, ...odd }, now)?.turnSince, undefined);
  });

  it("is nothing when it can't be understood", () => {
    for (const value of [
      "",
      "waiting",
      `waiting permission`,
      `waiting ${epoch}`,
      `Waiting permission ${epoch}`,
      `sleeping - ${epoch}`,
      `waiting two words ${epoch}`,
      `waiting permission ${epoch}\nidle - ${epoch}`,
      `waiting permission\t${epoch}`,
      `waiting permission -${epoch}`,
      `waiting permission 1e9`,
      `waiting permission ${"9".repeat(40)}`,
      `waiting ${"x".repeat(41)} ${epoch}`,
      `waiting $(icon) ${epoch}`,
    ]) {
      assert.equal(read(value), undefined, value);
    }
  });

  it("is ignored if it is from the future, except for clocks that differ a little", () => {
    assert.equal(read(`idle - ${now / 1000 + 120}`), undefined);
    assert.equal(read(`idle - ${now / 1000 + 30}`)?.activity, "idle");
  });

  it("has one line of text without control characters, and none about work that goes on", () => {
    assert.equal(read(`error - ${epoch}`, " a\r\nb\u001b[31mc\u202e漢 ")?.text, "a b [31mc漢");
    assert.equal(read(`working - ${epoch}`, "an old question")?.text, undefined);
  });

  it("never throws, with anything in the options", () => {
    fc.assert(
      fc.property(fc.array(hostileText, { minLength: 6, maxLength: 6 }), (values) => {
        const names = Object.keys(noOptions);
        const options = { ...noOptions, ...Object.fromEntries(values.map((value, at) => [names[at]!, value])) };
        const state = readAgentState(options, now);
        assert.ok(state === undefined || !/\p{Cc}/u.test(state.text ?? ""));
      }),
    );
  });

  describe("through tmux-agent-sidebar", () => {
    const sidebar = (options: Partial<typeof noOptions>) => readAgentState({ ...noOptions, ...options }, now);

    it("counts where the agent has no hook of ours", () => {
      const options = { "@pane_status": "waiting", "@pane_attention": "notification", "@pane_started_at": epoch };
      assert.deepEqual(sidebar({ ...options, "@pane_wait_reason": "permission_prompt" }), {
        activity: "waiting",
        reason: "permission",
        text: undefined,
        since: now - 240_000,
        turnSince: now - 240_000,
      });
      assert.equal(sidebar({ ...options, "@ntm_assignments_state": `idle - ${epoch}` })?.activity, "idle");
      assert.equal(sidebar({ ...options, "@ntm_assignments_state": "nonsense" }), undefined);
    });

    it("says running for working, and may have no time", () => {
      const state = { activity: "working", reason: undefined, text: undefined, since: undefined, turnSince: undefined };
      assert.deepEqual(sidebar({ "@pane_status": "running", "@pane_wait_reason": "teammate_idle:x" }), state);
      assert.equal(sidebar({ "@pane_status": "thinking" }), undefined);
    });

    it("keeps a reason of unknown words as text, and drops one that was handled", () => {
      const error = sidebar({ "@pane_status": "error", "@pane_wait_reason": "rate limit\nreached" });
      assert.deepEqual([error?.reason, error?.text], [undefined, "rate limit reached"]);
      const seen = sidebar({ "@pane_status": "waiting", "@pane_attention": "clear", "@pane_wait_reason": "old" });
      assert.equal(seen?.text, undefined);
    });
  });
});

describe("The title that ntm gives a pane", () => {
  it("has the type of its agent", () => {
    const types = {
      s__cc_1: "cc",
      s__cod_12: "cod",
      s__user_0: "user",
      s__cc_1_opus: "cc",
      "s__gmi_2[docs,api]": "gmi",
      "s__my-agent_3_v1.2[x]": "my-agent",
      s__two_words_4: "two_words",
    };
    for (const [title, type] of Object.entries(types)) assert.equal(agentTypeOfTitle(title, "s"), type, title);
  });

  it("has no type when it is another session's, or was rewritten", () => {
    for (const title of ["", "t__cc_1", "s_cc_1", "s__cc", "xs__cc_1", "s__cc_1 ", "s__cc_1\nx", "✳ Fix the parser"]) {
      assert.equal(agentTypeOfTitle(title, "s"), undefined, title);
    }
    assert.equal(agentTypeOfTitle("s--docs__cc_1", "s"), undefined, "a labelled session is another one");
    assert.equal(agentTypeOfTitle("s--docs__cc_1", "s--docs"), "cc");
  });
});
