import * as assert from "node:assert/strict";
import { selectSession, type SelectionInput } from "../../../src/session/selectSession";
import type { SessionEntry } from "../../../src/session/sessionList";

describe("selecting the active session", () => {
  const entry = (sessionName: string, savedAt: number, problem?: SessionEntry["problem"]): SessionEntry => ({
    sessionName,
    folder: `/storage/${sessionName}`,
    savedAt,
    problem,
  });
  const choose = (circumstances: Partial<SelectionInput>): string | undefined =>
    selectSession({
      entries: [entry("api", 3), entry("web", 1), entry("web--ui", 2), entry("web--docs", 4), entry("zebra", 9)],
      chosen: undefined,
      pinned: undefined,
      current: undefined,
      folders: [],
      ...circumstances,
    });

  const cases: readonly [what: string, circumstances: Partial<SelectionInput>, expected: string | undefined][] = [
    ["is the one saved last, when nothing speaks for another", {}, "zebra"],
    ["is named like a workspace folder", { folders: ["web"] }, "web"],
    ["is named like the first workspace folder that has one", { folders: ["none", "api", "web"] }, "api"],
    [
      "is the labelled one saved last, when there is none without a label",
      { folders: ["web"], entries: [entry("web--ui", 2), entry("web--docs", 4), entry("zebra", 9)] },
      "web--docs",
    ],
    ["is the pinned one", { folders: ["web"], pinned: "api" }, "api"],
    ["is the pinned one even before it has a ledger", { folders: ["web"], pinned: "to-come" }, "to-come"],
    ["is the one switched to", { folders: ["web"], pinned: "api", chosen: "zebra" }, "zebra"],
    ["is not one switched to that has vanished", { folders: ["web"], pinned: "api", chosen: "gone" }, "api"],
    ["stays when another one is saved later", { current: "api" }, "api"],
    [
      "stays among labelled ones",
      { folders: ["web"], current: "web--ui", entries: [entry("web--ui", 2), entry("web--docs", 4)] },
      "web--ui",
    ],
    ["makes way for one with a better claim", { folders: ["web"], current: "web--ui" }, "web"],
    ["is another one when it vanished", { current: "gone" }, "zebra"],
    ["has a legal name", { entries: [entry("a b", 9, { kind: "illegal-name" }), entry("api", 3)] }, "api"],
    ["may be one that can't be read", { entries: [entry("api", 3, { kind: "unreachable", code: "EACCES" })] }, "api"],
    ["is none when there is none", { entries: [] }, undefined],
  ];
  for (const [what, circumstances, expected] of cases) {
    it(what, () => {
      assert.equal(choose(circumstances), expected);
    });
  }
});
