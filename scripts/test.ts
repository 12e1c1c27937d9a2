// npm test [-- TIER… --grep TITLE --release oldest|newest]: runs the tiers on the compiled tests, cheapest first, and stops
// after the first that fails. The last line adds up: `N passed, N failed`.
import { parseArgs } from "node:util";
import { endWhenOrphaned } from "../test/support/orphan";
import { runDesktopTier } from "../test/support/tiers/desktop";
import { runHostTier } from "../test/support/tiers/host";
import { runNodeTier } from "../test/support/tiers/node";
import { isReleaseName, releases, releaseVariable, type Release } from "../test/support/vscode/releases";
import { grepVariable, type SuiteResult } from "../test/support/tiers/suite";

interface Run {
  readonly title: string;
  start(): Promise<SuiteResult>;
}

const tiers: Readonly<Record<string, (chosen: readonly Release[]) => readonly Run[]>> = {
  unit: () => [{ title: "unit", start: () => runNodeTier({ name: "unit", timeoutMs: 5_000 }) }],
  proofs: () => [{ title: "proofs", start: () => runNodeTier({ name: "proofs", timeoutMs: 300_000 }) }],
  host: (chosen) =>
    chosen.map((release) => ({ title: `host, VS Code ${release.vscode}`, start: () => runHostTier(release) })),
  ui: (chosen) =>
    chosen.map((release) => ({
      title: `ui, VS Code ${release.vscode}`,
      start: () => runNodeTier({ name: "ui", timeoutMs: 60_000, env: { [releaseVariable]: release.name } }),
    })),
  desktop: () => [{ title: "host, desktop VS Code", start: runDesktopTier }],
};
/** A desktop VS Code comes from a download server, or from the machine: not for a plain `npm test`. */
const everywhere = ["unit", "proofs", "host", "ui"];

async function main(): Promise<void> {
  endWhenOrphaned();
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { grep: { type: "string" }, release: { type: "string" } },
  });
  if (values.grep !== undefined) process.env[grepVariable] = values.grep;
  const chosen = chosenReleases(values.release);
  const total = { passed: 0, failed: 0 };
  for (const run of (positionals.length > 0 ? positionals : everywhere).flatMap((tier) => runsOf(tier, chosen))) {
    console.log(`\n${run.title}`);
    const { passed, failed } = await run.start();
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) break;
  }
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  process.exitCode = total.failed > 0 ? 1 : 0;
}

function chosenReleases(name: string | undefined): readonly Release[] {
  if (name === undefined) return Object.values(releases);
  if (isReleaseName(name)) return [releases[name]];
  throw new Error(`--release is one of: ${Object.keys(releases).join(", ")}`);
}

function runsOf(tier: string, chosen: readonly Release[]): readonly Run[] {
  const runs = tiers[tier];
  if (runs === undefined) throw new Error(`No such tier: ${tier}. There are: ${Object.keys(tiers).join(", ")}`);
  return runs(chosen);
}

void main().catch((error: unknown) => {
  console.error(error);
  console.log("\n0 passed, 1 failed");
  process.exitCode = 1;
});
