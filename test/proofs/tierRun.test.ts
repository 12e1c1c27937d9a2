import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { grepVariable, readResult, reportEnvironment } from "../support/tiers/suite";
import { TempFolder } from "../support/tempFolder";

interface Outcome {
  readonly exitCode: number;
  readonly passed: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: number;
}

/** Runs a tier whose only test file holds `source`, or that has none. */
async function runTier(source?: string, grep?: string): Promise<Outcome> {
  const folder = new TempFolder("tier");
  fs.mkdirSync(path.join(folder.path, "deep"));
  if (source !== undefined) fs.writeFileSync(path.join(folder.path, "deep/some.test.js"), source);
  const program = path.join(__dirname, "../support/tiers/suiteProcess.js");
  const env = { ...process.env, ...reportEnvironment(folder.path), [grepVariable]: grep };
  const child = spawn(process.execPath, [program, folder.path, "1000"], { env, stdio: "ignore" });
  const [exitCode] = (await once(child, "exit")) as [number];
  const { passed, failed, skipped } = readResult(folder.path, "It", `code ${exitCode}`);
  folder.remove();
  return { exitCode, passed, failed: failed.map(({ title }) => title), skipped };
}

describe("a run of one tier", () => {
  it("counts what passed and what failed, and never takes nothing for success", async () => {
    const [mixed, empty, skipped] = await Promise.all([
      runTier(`it("a", () => {}); it("b", () => {}); it("c", () => { throw new Error("as it should"); });`),
      runTier(),
      runTier(`it.skip("a", () => {});`),
    ]);
    assert.deepEqual(mixed, { exitCode: 1, passed: ["a", "b"], failed: ["c"], skipped: 0 });
    const nothing = { exitCode: 1, passed: [], failed: ["It ended (code 1) and left no good result"], skipped: 0 };
    assert.deepEqual(empty, nothing);
    assert.deepEqual(skipped, nothing);
  });

  it("may be without a test of the title that was asked for", async () => {
    const [other, skipped] = await Promise.all([
      runTier(`it("a", () => {});`, "b"),
      runTier(`it.skip("b", () => {});`, "b"),
    ]);
    assert.deepEqual(other, { exitCode: 0, passed: [], failed: [], skipped: 0 });
    assert.deepEqual(skipped, { exitCode: 0, passed: [], failed: [], skipped: 1 });
  });
});
