// npm test [-- --desktop]: the whole gate.
// npm test -- [TIER…] [--grep TITLE] [--release oldest|newest]: these tests alone.
// What failed, and what passed only in a second try, is listed at the end; the last line adds up: `N passed, N failed`, and
// `N skipped` if there are any.
import { parseArgs } from "node:util";
import { endWhenOrphaned } from "../test/support/orphan";
import type { TriedResult } from "../test/support/tiers/secondTry";
import { grepVariable } from "../test/support/tiers/suite";
import { isReleaseName, releases, type Release } from "../test/support/vscode/releases";
import { runGate } from "./gate";
import { defaultTiers, runTiers, tierNames, type TierName } from "./tiers";

async function main(): Promise<void> {
  endWhenOrphaned();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { desktop: { type: "boolean" }, grep: { type: "string" }, release: { type: "string" } },
  });
  const { grep, release, desktop = false } = values;
  if (grep !== undefined) process.env[grepVariable] = grep;
  const isEverything = positionals.length === 0 && grep === undefined && release === undefined;
  const chosen = positionals.length > 0 ? positionals.map(tierNamed) : defaultTiers;
  const results = isEverything ? await runGate(desktop) : await runTiers(chosen, releasesNamed(release));
  report(results, grep);
}

function report(results: readonly TriedResult[], grep: string | undefined): void {
  const passed = results.reduce((sum, result) => sum + result.passed.length, 0);
  const skipped = results.reduce((sum, result) => sum + result.skipped, 0);
  const failed = results.flatMap((result) => result.failed);
  const flaky = results.flatMap((result) => result.flaky);
  if (passed + failed.length + skipped === 0) throw new Error(`No test has this title: ${grep ?? ""}`);
  console.log("");
  for (const { title, error, evidence } of failed) {
    console.log(`failed: ${title}`);
    if (error !== "") console.log(error.replace(/^/gm, "    "));
    for (const file of evidence) console.log(`    ${file}`);
  }
  for (const title of flaky) console.log(`flaky: ${title}`);
  if (flaky.length > 0) console.log(`${flaky.length} flaky`);
  console.log(`\n${passed} passed, ${failed.length} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

function tierNamed(name: string): TierName {
  const tier = tierNames.find((candidate) => candidate === name);
  if (tier === undefined) throw new Error(`No such tier: ${name}. There are: ${tierNames.join(", ")}`);
  return tier;
}

function releasesNamed(name: string | undefined): readonly Release[] {
  if (name === undefined) return Object.values(releases);
  if (isReleaseName(name)) return [releases[name]];
  throw new Error(`--release is one of: ${Object.keys(releases).join(", ")}`);
}

void main().catch((error: unknown) => {
  console.error(error);
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
