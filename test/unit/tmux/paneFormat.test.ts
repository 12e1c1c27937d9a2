import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { paneFormat, parsePanes } from "../../../src/tmux/paneFormat";
import { hostileText } from "../../support/tmuxPanes";

const marker = "5f1d0c9a7be2";

/** What tmux prints for the format: each value in the place of its name. */
function printed(values: Readonly<Record<string, string>>): string {
  const format = paneFormat(marker);
  return `${format.replace(/#\{(?:=\d+:)?([@\w]+)\}/g, (_, name: string) => values[name] ?? "")}\n`;
}

const plain = {
  session_created: "1795645948",
  window_id: "@3",
  window_index: "1",
  pane_id: "%12",
  pane_index: "2",
  pane_pid: "4711",
  pid: "815",
  pane_dead: "0",
  session_name: "dev",
  pane_current_command: "node",
  pane_title: "dev__cc_1",
};

describe("The list of panes", () => {
  it("returns what tmux printed of each pane", () => {
    const [pane, ...others] = parsePanes(printed({ ...plain, "@pane_status": "waiting" }), marker) ?? [];
    assert.equal(others.length, 0);
    assert.deepEqual(
      { ...pane, options: pane?.options["@pane_status"] },
      {
        sessionName: "dev",
        sessionCreated: 1795645948000,
        windowId: "@3",
        window: 1,
        paneId: "%12",
        index: 2,
        pid: 4711,
        serverPid: 815,
        isDead: false,
        command: "node",
        title: "dev__cc_1",
        options: "waiting",
      },
    );
  });

  it("is unknown without a pane, for no server has none", () => {
    assert.equal(parsePanes("", marker), undefined);
  });

  it("takes a tmux without pane options, process ids and a flag for panes that aren't dead", () => {
    const pane = parsePanes(printed({ ...plain, pane_pid: "", pid: "", pane_dead: "" }), marker)?.[0];
    assert.deepEqual([pane?.pid, pane?.serverPid, pane?.isDead], [undefined, undefined, false]);
  });

  it("can't be forged by the content of titles, names and options", () => {
    const forgery = printed({ ...plain, pane_id: "%99" }).replaceAll(marker, "0123456789ab");
    const hostile = fc.oneof(hostileText, fc.constantFrom(".\n:", "\n.\n", ",", ":", forgery));
    const names = ["session_name", "pane_current_command", "pane_title", "@ntm_assignments_state", "@ntm_agent_type"];
    fc.assert(
      fc.property(fc.array(hostile, { minLength: names.length, maxLength: names.length }), (texts) => {
        const values = { ...plain, ...Object.fromEntries(names.map((name, at) => [name, texts[at]!])) };
        const panes = parsePanes(printed(values) + printed({ ...plain, pane_id: "%13" }), marker);
        assert.deepEqual(
          panes?.map(({ paneId }) => paneId),
          ["%12", "%13"],
        );
        const [first] = panes;
        assert.deepEqual(
          [first?.sessionName, first?.command, first?.title, first?.options["@ntm_assignments_state"]],
          texts.slice(0, 4),
        );
      }),
    );
  });

  it("is refused as a whole if a line can't be parsed: that pane would seem to be gone", () => {
    const good = printed(plain);
    for (const [what, output] of Object.entries({
      "something else": "no panes here",
      "something before": `x${good}`,
      "cut off": good.slice(0, -20) + "\n",
      "cut off in the second": good + good.slice(0, 150),
      "no pane id": printed({ ...plain, pane_id: "%012" }),
      "no window": printed({ ...plain, window_index: "x" }),
      "no time": printed({ ...plain, session_created: "" }),
      "no flag": printed({ ...plain, pane_dead: "maybe" }),
    })) {
      assert.equal(parsePanes(output, marker), undefined, what);
    }
  });
});
