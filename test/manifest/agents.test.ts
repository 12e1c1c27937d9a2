// What the manifest says to agents: the chat's tools with their input, and the MCP server.
import "../support/vscodeStub";
import * as assert from "node:assert/strict";
import * as z from "zod/mini";
import { mcpProviderId } from "../../src/chat/mcpServerDefinition";
import { chatTools, schemaOf } from "../../src/chat";
import { manifest } from "../support/manifest";

const { languageModelTools, mcpServerDefinitionProviders } = manifest.contributes;

describe("The manifest's tools for the chat", () => {
  it("are those of the code, in the same order", () => {
    assert.deepEqual(
      languageModelTools.map(({ name }) => name),
      chatTools,
    );
  });

  for (const name of chatTools) {
    it(`take what the code takes: ${name}`, () => {
      const { $schema, ...schema } = z.toJSONSchema(schemaOf(name));
      assert.ok($schema !== undefined);
      assert.deepEqual(languageModelTools.find((tool) => tool.name === name)?.inputSchema, schema);
    });
  }

  it("have names that can be typed after #, and texts for users in every language", () => {
    const references = languageModelTools.map(({ toolReferenceName }) => toolReferenceName);
    assert.equal(new Set(references).size, references.length);
    for (const { displayName, userDescription, modelDescription, toolReferenceName } of languageModelTools) {
      assert.match(toolReferenceName, /^ntm[A-Z][A-Za-z]+$/);
      assert.match(displayName, /^%tool\.\w+%$/);
      assert.match(userDescription, /^%tool\.\w+\.description%$/);
      assert.match(modelDescription, /\.$/);
    }
  });

  it("say that the user is asked before a row changes", () => {
    for (const { name, modelDescription } of languageModelTools) {
      const isRead = name === "ntmAssignments_list" || name === "ntmAssignments_explain";
      assert.match(modelDescription, isRead ? /Read-only\./ : /The user is asked first\./, name);
    }
  });
});

describe("The manifest's MCP server", () => {
  it("has the id under which the code registers it", () => {
    assert.deepEqual(
      mcpServerDefinitionProviders.map(({ id }) => id),
      [mcpProviderId],
    );
  });
});
