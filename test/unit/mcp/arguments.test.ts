import * as assert from "node:assert/strict";
import { parseServerArguments } from "../../../src/mcp/arguments";

describe("the MCP server's arguments", () => {
  it("may be left out", () => {
    assert.deepEqual(parseServerArguments([]), { kind: "serve", sessionName: undefined, storageDir: undefined });
  });

  it("name a session and a storage folder", () => {
    const expected = { kind: "serve", sessionName: "a--b", storageDir: "/x y" };
    assert.deepEqual(parseServerArguments(["--session", "a--b", "--storage-dir=/x y"]), expected);
    assert.deepEqual(parseServerArguments(["--session=-x"]).kind, "serve");
  });

  it("ask for help before anything else", () => {
    assert.deepEqual(parseServerArguments(["--version", "--help"]), { kind: "help" });
    assert.deepEqual(parseServerArguments(["--version"]), { kind: "version" });
  });

  for (const args of [["--session", "../x"], ["--session="], ["--storage-dir="], ["--unknown"], ["positional"]]) {
    it(`are refused when they are ${JSON.stringify(args)}`, () => {
      assert.equal(parseServerArguments(args).kind, "invalid");
    });
  }
});
