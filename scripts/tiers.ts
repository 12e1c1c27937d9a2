// The tiers of tests, cheapest first, and what each of them consists of.
import { runDesktopTier } from "../test/support/tiers/desktop";
import { runHostTier } from "../test/support/tiers/host";
import { runLiveTier } from "../test/support/tiers/live";
import { runNodeTier } from "../test/support/tiers/node";
import type { SuiteResult } from "../test/support/tiers/suite";
import { releaseVariable, type Release } from "../test/support/vscode/releases";

interface Run {
  readonly title: string;
  start(): Promise<SuiteResult>;
}

const runs = {
  manifest: () => [{ title: "manifest", start: () => runNodeTier({ name: "manifest", timeoutMs: 5_000 }) }],
  unit: () => [{ title: "unit", start: () => runNodeTier({ name: "unit", timeoutMs: 5_000 }) }],
  proofs: () => [{ title: "proofs", start: () => runNodeTier({ name: "proofs", timeoutMs: 300_000 }) }],
  host: (releases) =>
    releases.map((release) => ({
      title: `host, VS Code ${release.vscode}`,
      start: () => runHostTier(release, { folder: "host" }),
    })),
  ui: (releases) =>
    releases.map((release) => ({
      title: `ui, VS Code ${release.vscode}`,
      start: () => runNodeTier({ name: "ui", timeoutMs: 60_000, env: { [releaseVariable]: release.name } }),
    })),
  // tmux is the same for both releases, so that the newest is enough.
  live: (releases) =>
    releases.slice(-1).flatMap((release) =>
      (["host", "ui"] as const).map((part) => ({
        title: `live, ${part}, VS Code ${release.vscode}`,
        start: () => runLiveTier(part, release),
      })),
    ),
  // Both releases in one run, because they share the packages.
  package: (releases) => [
    {
      title: "package",
      start: () => runNodeTier({ name: "package", timeoutMs: 60_000, env: { [releaseVariable]: namesOf(releases) } }),
    },
  ],
  desktop: () => [{ title: "host, desktop VS Code", start: runDesktopTier }],
} as const satisfies Record<string, (releases: readonly Release[]) => readonly Run[]>;

export type TierName = keyof typeof runs;

export const tierNames = Object.keys(runs) as readonly TierName[];

/** If no tier is named. A desktop VS Code needs a download server, or an installation. */
export const defaultTiers: readonly TierName[] = tierNames.filter((name) => name !== "desktop");

function namesOf(releases: readonly Release[]): string {
  return releases.map(({ name }) => name).join(" ");
}

/** Runs the tiers one after the other, and stops after the first in which a test failed. */
export async function runTiers(names: readonly TierName[], releases: readonly Release[]): Promise<SuiteResult> {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const run of names.flatMap((name): readonly Run[] => runs[name](releases))) {
    console.log(`\n${run.title}`);
    const { passed, failed, skipped } = await run.start();
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    if (failed > 0) break;
  }
  return total;
}
