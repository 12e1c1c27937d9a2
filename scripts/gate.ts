// The checks that a change must pass, in this order; ends at the first step that fails. The last line adds up all tests:
// `N passed, N failed`, where a step that isn't a test counts when it fails; and `N skipped`, where a program is missing.
//
// With --desktop the tests inside VS Code use a desktop version, chosen by VSCODE_VERSION and VSCODE_PATH, for platforms without a
// server.
import { spawnSync } from "node:child_process";
import type { SuiteResult } from "../test/support/tiers/suite";
import { releases } from "../test/support/vscode/releases";
import { runTiers, type TierName } from "./tiers";

type Step = { readonly run: string } | { readonly tiers: readonly TierName[] };

const first: readonly Step[] = [
  { run: "format:check" },
  { run: "types" },
  { run: "lint" },
  { tiers: ["manifest"] },
  { run: "unused" },
  { tiers: ["unit"] },
  { run: "build:production" },
  { run: "build" },
];
const onServers: readonly Step[] = [{ tiers: ["proofs", "host", "ui", "live", "package"] }];
const onDesktop: readonly Step[] = [{ tiers: ["desktop"] }];

export async function runGate(isOnDesktop: boolean): Promise<SuiteResult> {
  const start = performance.now();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const step of [...first, ...(isOnDesktop ? onDesktop : onServers)]) {
    const { passed, failed, skipped } = await take(step);
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (failed > 0) break;
  }
  console.log(`\nThe gate took ${Math.round((performance.now() - start) / 1000)} s.`);
  return total;
}

async function take(step: Step): Promise<SuiteResult> {
  if ("tiers" in step) return runTiers(step.tiers, Object.values(releases));
  console.log(`\n== ${step.run}`);
  // On Windows npm is a script that only a shell finds.
  const { status } = spawnSync("npm", ["run", "--silent", step.run], { stdio: "inherit", shell: true });
  if (status === 0) return { passed: 0, failed: 0, skipped: 0 };
  console.log(`\nfailed: npm run ${step.run}`);
  return { passed: 0, failed: 1, skipped: 0 };
}
