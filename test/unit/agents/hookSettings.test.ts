import * as assert from "node:assert/strict";
import * as fc from "fast-check";
import { parse } from "jsonc-parser";
import { hookCommand, isHookCommand, hookedAgents, hookTable } from "../../../src/agents/hooks";
import {
  hookInstallation,
  hookSnippet,
  mergeHooks,
  removeHooks,
  HookSettingsError,
  type HookSettingsProblem,
} from "../../../src/agents/hookSettings";

interface Settings {
  readonly hooks: Readonly<Record<string, readonly { matcher?: string; hooks: readonly { command: string }[] }[]>>;
}

const anOlderCommand = `sh -c ': something else' ntm-assignments-hook-0 working -`;

describe("hooks in an agent's settings", () => {
  it("are each named in the snippet, with its matcher", () => {
    for (const agent of hookedAgents) {
      const { hooks } = parse(hookSnippet(agent)) as Settings;
      const named = Object.entries(hooks).flatMap(([event, groups]) =>
        groups.map(({ matcher, hooks: [handler] }) => ({ event, matcher, command: handler?.command })),
      );
      const expected = hookTable[agent].map(({ event, matcher, ...word }) => {
        return { event, matcher, command: hookCommand(word) };
      });
      const byText = (a: object, b: object): number => JSON.stringify(a).localeCompare(JSON.stringify(b));
      assert.deepEqual(named.sort(byText), expected.sort(byText));
    }
  });

  it("leave comments, formatting and the user's own hooks as they are", () => {
    const settings = [
      "{",
      "\t// Mine.",
      '\t"model": "opus", /* not the other */',
      '\t"hooks": {',
      '\t\t"Stop": [',
      '\t\t\t{ "hooks": [{ "type": "command", "command": "say done" }] } // Loudly.',
      "\t\t]",
      "\t}",
      "}",
      "",
    ].join("\r\n");
    const merged = mergeHooks("claude", settings);
    for (const text of ["\t// Mine.\r\n", "/* not the other */", "say done", "// Loudly."]) {
      assert.ok(merged.includes(text), `${text} is gone from ${merged}`);
    }
    assert.doesNotMatch(merged, /[^\r]\n|^ /m);
    assert.equal((parse(merged) as Settings).hooks["Stop"]?.length, 2);
  });

  it("are put in once, however often", () => {
    for (const agent of hookedAgents) {
      const once = mergeHooks(agent, '{"a": 1}');
      assert.equal(mergeHooks(agent, once), once);
      assert.equal(hookInstallation(agent, once), "installed");
    }
  });

  it("replace those of an older version, also in a group that the user has added to", () => {
    const hooks = {
      Stop: [{ hooks: [{ command: anOlderCommand }, { command: "mine" }] }],
      PreToolUse: [{ matcher: "Bash", hooks: [{ command: anOlderCommand }] }],
    };
    const settings = JSON.stringify({ hooks });
    assert.equal(hookInstallation("claude", settings), "outdated");
    const merged = mergeHooks("claude", settings);
    assert.equal(hookInstallation("claude", merged), "installed");
    assert.ok(!merged.includes(anOlderCommand) && merged.includes('"mine"'));
    assert.equal((parse(merged) as Settings).hooks["PreToolUse"], undefined);
  });

  it("are removed without a trace, from any settings", () => {
    const command = fc.constantFrom("mine", "sh -c 'tmux set-option -p @ntm_assignments_state x'");
    const group = fc.record(
      { matcher: fc.string(), hooks: fc.array(fc.record({ type: fc.constant("command"), command }), { minLength: 1 }) },
      { requiredKeys: ["hooks"] },
    );
    const groups = fc.array(group, { minLength: 1 });
    const hooks = fc.dictionary(fc.constantFrom("Stop", "Notification", "PreToolUse", "BeforeAgent"), groups, {
      minKeys: 1,
    });
    const settings = fc.record({ hooks, other: fc.jsonValue() }, { requiredKeys: [] });
    fc.assert(
      fc.property(fc.constantFrom(...hookedAgents), settings, fc.constantFrom(0, 2, "\t"), (agent, value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const merged = mergeHooks(agent, text);
        assert.equal(hookInstallation(agent, merged), "installed");
        assert.deepEqual(JSON.parse(removeHooks(merged)), JSON.parse(text));
        assert.equal(removeHooks(text), text);
      }),
      { numRuns: 15 },
    );
  });

  it("go into a file that is empty, or begins with a byte order mark", () => {
    assert.equal(hookInstallation("codex", mergeHooks("codex", " \n")), "installed");
    const marked = mergeHooks("gemini", '\uFEFF{"theme": "dark"}');
    assert.match(marked, /^\uFEFF\{/);
    assert.equal(hookInstallation("gemini", marked), "installed");
  });

  it("are added beside the switches that Gemini CLI had there", () => {
    const merged = mergeHooks("gemini", '{"hooks": {"enabled": true}}');
    assert.equal((parse(merged) as { hooks: { enabled: boolean } }).hooks.enabled, true);
    assert.equal(hookInstallation("gemini", merged), "installed");
  });

  it("don't go where they can't be understood", () => {
    const cases: readonly (readonly [string, HookSettingsProblem])[] = [
      ["{", "unparsable"],
      ['{"a": 1,}', "unparsable"],
      ["not json at all", "unparsable"],
      ["[".repeat(200_000), "unparsable"],
      [" ".repeat(5_000_000), "unparsable"],
      ["[]", "unexpected-shape"],
      ["null", "unexpected-shape"],
      ['{"hooks": []}', "unexpected-shape"],
      ['{"hooks": {"Stop": {"hooks": []}}}', "unexpected-shape"],
      ['{"hooks": {}, "hooks": {}}', "unexpected-shape"],
      ['{"hooks": {"Stop": [], "Stop": []}}', "unexpected-shape"],
    ];
    for (const [text, problem] of cases) {
      const isExpected = (error: unknown): boolean => error instanceof HookSettingsError && error.problem === problem;
      assert.throws(() => mergeHooks("claude", text), isExpected, text.slice(0, 40));
    }
  });

  it("are known by their marker alone", () => {
    assert.ok(isHookCommand(hookCommand({ state: "waiting", reason: "permission" })));
    assert.ok(!isHookCommand("sh -c 'x' ntm-assignments-hook-1 working -; rm -rf /"));
    assert.ok(!isHookCommand("echo ntm-assignments-hook-1 working -"));
  });
});
