// Tests inside the extension host of one VS Code release.
import * as path from "node:path";
import { projectRoot } from "../project";
import { TempFolder } from "../tempFolder";
import { runInHost } from "../vscode/hostRun";
import { releaseVariable, type Release } from "../vscode/releases";
import { readResult, reportEnvironment, type SuiteResult } from "./suite";

/** The whole tier takes a fraction of it. */
const timeoutMs = 5 * 60_000;

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
      timeoutMs,
      env: { ...reportEnvironment(report.path), [releaseVariable]: release.name, ...env },
      extensions: [path.join(projectRoot, "test/support/consumer")],
    });
    const result = readResult(report.path);
    if (result !== undefined && (result.failed > 0 || how === "code 0")) return result;
    console.log(`The extension host of VS Code ${release.vscode} ended (${how}) and left no good result.`);
    console.log(log);
    return { passed: result?.passed ?? 0, failed: (result?.failed ?? 0) + 1, skipped: result?.skipped ?? 0 };
  } finally {
    home.remove();
    report.remove();
  }
}
