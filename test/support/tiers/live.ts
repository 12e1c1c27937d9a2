// The live tier: the extension beside a real tmux, on a socket of its own, in which the tests start their panes.
import { type Release, releaseVariable } from "../vscode/releases";
import { hasTmux, TmuxServer } from "../tmux/server";
import { runHostTier } from "./host";
import { runNodeTier } from "./node";
import type { SuiteResult } from "./suite";

export type LivePart = "host" | "ui";

/** The `PATH` that the tier was started with: VS Code's server gives the extension host that of the login shell. */
export const pathVariable = "NTM_ASSIGNMENTS_TEST_PATH";

export async function runLiveTier(part: LivePart, release: Release): Promise<SuiteResult> {
  if (!hasTmux()) {
    console.log("  Skipped: tmux isn't installed.");
    return { passed: [], failed: [], skipped: 1 };
  }
  // Sees to it that nothing is left of what the tests start in there.
  const tmux = new TmuxServer();
  try {
    // Within the tests' process and in the extension host alike, so that a plain `tmux` finds this server and no other.
    const env = { ...tmux.env, [pathVariable]: process.env["PATH"] ?? "" };
    if (part === "host") return await runHostTier(release, { folder: "live/host", env });
    return await runNodeTier({
      name: "live/ui",
      env: { ...env, [releaseVariable]: release.name },
    });
  } finally {
    tmux.stop();
  }
}
