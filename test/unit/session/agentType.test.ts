import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";
import { agentProductName, canonicalAgentType, knownAgentTypes } from "../../../src/session/agentType";
import { projectRoot } from "../../support/project";

describe("types of agents", () => {
  it("have one name for all of ntm's aliases, ignoring case", () => {
    for (const [alias, type] of [
      ["cc", "claude"],
      ["Claude_Code", "claude"],
      ["COD", "codex"],
      ["openai-codex", "codex"],
      ["google-gemini", "gemini"],
      ["agy", "antigravity"],
      ["ws", "windsurf"],
      ["opencode", "oc"],
    ] as const) {
      assert.equal(canonicalAgentType(alias), type);
    }
    assert.equal(agentProductName("gmi"), "Gemini CLI");
  });

  it("of plugins are unchanged", () => {
    assert.equal(canonicalAgentType(" My-Plugin "), "My-Plugin");
    assert.equal(agentProductName("constructor"), undefined);
  });

  it("have a light and a dark icon each, as have unknown ones", () => {
    for (const type of [...knownAgentTypes, "unknown"]) {
      for (const brightness of ["light", "dark"]) {
        assert.ok(fs.existsSync(path.join(projectRoot, "media", "agent", `${type}-${brightness}.svg`)), type);
      }
    }
  });
});
