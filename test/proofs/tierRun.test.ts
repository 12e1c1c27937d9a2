import * as assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { grepVariable, readResult, reportEnvironment, type SuiteResult } from "../support/tiers/suite";
import { TempFolder } from "../support/tempFolder";

interface Outcome {
  readonly exitCode: number;
  readonly result: SuiteResult | undefined;
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
  const outcome = { exitCode, result: readResult(folder.path) };
  folder.remove();
  return outcome;
}

describe("a run of one tier", () => {
  it("counts what passed and what failed, and never takes nothing for success", async () => {
    const [mixed, empty, skipped] = await Promise.all([
      runTier(`it("a", () => {}); it("b", () => {}); it("c", () => { throw new Error("as it should"); });`),
      runTier(),
      runTier(`it.skip("a", () => {});`),
    ]);
    assert.deepEqual(mixed, { exitCode: 1, result: { passed: 2, failed: 1, skipped: 0 } });
    assert.deepEqual(empty, { exitCode: 1, result: undefined });
    assert.deepEqual(skipped, { exitCode: 1, result: undefined });
  });

  it("may be without a test of the title that was asked for", async () => {
    const [other, skipped] = await Promise.all([
      runTier(`it("a", () => {});`, "b"),
      runTier(`it.skip("b", () => {});`, "b"),
    ]);
    assert.deepEqual(other, { exitCode: 0, result: { passed: 0, failed: 0, skipped: 0 } });
    assert.deepEqual(skipped, { exitCode: 0, result: { passed: 0, failed: 0, skipped: 1 } });
  });
});
