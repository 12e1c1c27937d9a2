// The tiers of tests, cheapest first, and what each of them consists of.
import { runDesktopTier } from "../test/support/tiers/desktop";
import { runHostTier } from "../test/support/tiers/host";
import { runLiveTier } from "../test/support/tiers/live";
import { runNodeTier } from "../test/support/tiers/node";
import { ofBothTries, patternOfSuites, type TriedResult } from "../test/support/tiers/secondTry";
import { grepVariable, type SuiteResult } from "../test/support/tiers/suite";
import { releaseVariable, type Release } from "../test/support/vscode/releases";

interface Run {
  readonly title: string;
  /** Whether timing that isn't ours can fail a test, which then gets a second try. */
  readonly isTriedTwice: boolean;
  start(): Promise<SuiteResult>;
}

const once = (name: "manifest" | "unit" | "proofs") => (): readonly Run[] => [
  { title: name, isTriedTwice: false, start: () => runNodeTier({ name }) },
];

const runs = {
  manifest: once("manifest"),
  unit: once("unit"),
  proofs: once("proofs"),
  host: (releases) =>
    releases.map((release) => ({
      title: `host, VS Code ${release.vscode}`,
      isTriedTwice: true,
      start: () => runHostTier(release, { folder: "host" }),
    })),
  ui: (releases) =>
    releases.map((release) => ({
      title: `ui, VS Code ${release.vscode}`,
      isTriedTwice: true,
      start: () => runNodeTier({ name: "ui", env: { [releaseVariable]: release.name } }),
    })),
  // tmux is the same for both releases, so that the newest is enough.
  live: (releases) =>
    releases.slice(-1).flatMap((release) =>
      (["host", "ui"] as const).map((part) => ({
        title: `live, ${part}, VS Code ${release.vscode}`,
        isTriedTwice: true,
        start: () => runLiveTier(part, release),
      })),
    ),
  // Both releases in one run, because they share the packages.
  package: (releases) => [
    {
      title: "package",
      isTriedTwice: true,
      start: () => runNodeTier({ name: "package", env: { [releaseVariable]: namesOf(releases) } }),
    },
  ],
  desktop: () => [{ title: "host, desktop VS Code", isTriedTwice: true, start: runDesktopTier }],
} as const satisfies Record<string, (releases: readonly Release[]) => readonly Run[]>;

export type TierName = keyof typeof runs;

export const tierNames = Object.keys(runs) as readonly TierName[];

/** If no tier is named. A desktop VS Code needs a download server, or an installation. */
export const defaultTiers: readonly TierName[] = tierNames.filter((name) => name !== "desktop");

function namesOf(releases: readonly Release[]): string {
  return releases.map(({ name }) => name).join(" ");
}

/** Runs the tiers one after the other, also after one in which a test failed. */
export async function runTiers(
  names: readonly TierName[],
  releases: readonly Release[],
): Promise<readonly TriedResult[]> {
  const results: TriedResult[] = [];
  for (const run of names.flatMap((name): readonly Run[] => runs[name](releases))) results.push(await runOne(run));
  return results;
}

async function runOne(run: Run): Promise<TriedResult> {
  const { title, isTriedTwice } = run;
  const begun = performance.now();
  console.log(`\n${title}`);
  const first = await run.start();
  const result =
    isTriedTwice && first.failed.length > 0
      ? ofBothTries(first, await startAgain(patternOfSuites(first.failed), run))
      : { ...first, flaky: [] };
  console.log(`\n${title}: ${Math.round((performance.now() - begun) / 1000)} s`);
  return result;
}

async function startAgain(pattern: string, run: Run): Promise<SuiteResult> {
  console.log("\nA second try of the suites in which a test failed:");
  const before = process.env[grepVariable];
  process.env[grepVariable] = pattern;
  try {
    return await run.start();
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, grepVariable);
    else process.env[grepVariable] = before;
  }
}
