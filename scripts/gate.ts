// The checks that a change must pass. A check that fails doesn't keep the others from running, unless they mean nothing without it.
//
// With --desktop the tests inside VS Code use a desktop version, chosen by VSCODE_VERSION and VSCODE_PATH, for platforms without a
// server.
import { spawn } from "node:child_process";
import { once } from "node:events";
import type { TriedResult } from "../test/support/tiers/secondTry";
import { releases } from "../test/support/vscode/releases";
import { runTiers, type TierName } from "./tiers";

/** Without them nothing can be built, or what is built isn't what is written. */
const required = ["types", "build:production", "build"];
/** These need one core each, as the tiers in plain Node do: both together take the time of one. */
const checks = ["format:check", "lint", "unused"];
const inNode: readonly TierName[] = ["manifest", "unit", "proofs"];
const inEditor: readonly TierName[] = ["host", "ui", "live", "package"];

export async function runGate(isOnDesktop: boolean): Promise<readonly TriedResult[]> {
  const start = performance.now();
  const results: TriedResult[] = [];
  for (const script of required) {
    const { result, output } = await runScript(script);
    console.log(output);
    results.push(result);
    if (result.failed.length > 0) return results;
  }
  const checking = runChecks();
  results.push(...(await runTiers(inNode, [])));
  for (const { result, output } of await checking) {
    console.log(output);
    results.push(result);
  }
  results.push(...(await runTiers(isOnDesktop ? ["desktop"] : inEditor, Object.values(releases))));
  console.log(`\nThe gate took ${Math.round((performance.now() - start) / 1000)} s.`);
  return results;
}

interface ScriptRun {
  readonly result: TriedResult;
  readonly output: string;
}

async function runChecks(): Promise<readonly ScriptRun[]> {
  const done: ScriptRun[] = [];
  for (const script of checks) done.push(await runScript(script));
  return done;
}

async function runScript(script: string): Promise<ScriptRun> {
  // On Windows npm is a script that only a shell finds.
  const child = spawn("npm", ["run", "--silent", script], { shell: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = `\n== ${script}\n`;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  const [code] = (await once(child, "close")) as [number | null];
  const failed = code === 0 ? [] : [{ title: `npm run ${script}`, suite: "", error: "", evidence: [] }];
  return { result: { passed: [], failed, skipped: 0, flaky: [] }, output };
}
