// How long things may take in tests, in milliseconds. Each limit is longer than the one of what happens within it, so that the
// innermost one names what was waited for.

/** A condition that is waited for. */
export const waitMs = 10_000;

/** One step of a browser: a click, an element that appears. */
export const stepMs = 15_000;

interface TierLimits {
  readonly testMs: number;
  readonly tierMs: number;
}

/** Of one test, and of all tests of a tier. */
export const tierLimits = {
  manifest: { testMs: 20_000, tierMs: 60_000 },
  unit: { testMs: 20_000, tierMs: 180_000 },
  proofs: { testMs: 300_000, tierMs: 900_000 },
  host: { testMs: 60_000, tierMs: 480_000 },
  ui: { testMs: 90_000, tierMs: 900_000 },
  live: { testMs: 90_000, tierMs: 480_000 },
  package: { testMs: 120_000, tierMs: 480_000 },
  desktop: { testMs: 60_000, tierMs: 900_000 },
} as const satisfies Record<string, TierLimits>;
