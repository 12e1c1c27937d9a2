// Tests inside the extension host of one VS Code release.
import * as path from "node:path";
import { projectRoot } from "../project";
import { TempFolder } from "../tempFolder";
import { runInHost } from "../vscode/hostRun";
import { tierLimits } from "../timeLimits";
import { releaseVariable, type Release } from "../vscode/releases";
import { readResult, reportEnvironment, type SuiteResult } from "./suite";

export interface HostTier {
  /** The folder under `test/` whose index.ts the host runs. */
  readonly folder: "host" | "live/host";
  readonly env?: Readonly<Record<string, string>>;
}

export async function runHostTier(release: Release, { folder, env }: HostTier): Promise<SuiteResult> {
  const report = new TempFolder("report");
  const home = new TempFolder("home");
  try {
    const { how, log } = await runInHost({
      release,
      entry: `out/test/${folder}/index.js`,
      home: home.path,
      printed: path.join(report.path, "report.txt"),
      timeoutMs: tierLimits.host.tierMs,
      env: { ...reportEnvironment(report.path), [releaseVariable]: release.name, ...env },
      extensions: [path.join(projectRoot, "test/support/consumer")],
    });
    const result = readResult(report.path, `The extension host of VS Code ${release.vscode}`, how);
    if (result.failed.some(({ suite }) => suite === "")) console.log(log);
    return result;
  } finally {
    home.remove();
    report.remove();
  }
}
