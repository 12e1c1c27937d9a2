// A tier in a plain Node process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { atExit } from "../atExit";
import { projectRoot } from "../project";
import { readResult, reportEnvironment, type SuiteResult } from "./suite";
import { TempFolder } from "../tempFolder";

export interface NodeTier {
  /** The folder under `test/`. */
  readonly name: "manifest" | "unit" | "proofs" | "ui" | "live/ui" | "package";
  /** Of one test. */
  readonly timeoutMs: number;
  readonly env?: Readonly<Record<string, string>>;
}

export async function runNodeTier({ name, timeoutMs, env }: NodeTier): Promise<SuiteResult> {
  const report = new TempFolder("report");
  const compiled = path.join(projectRoot, "out/test");
  const child = spawn(
    process.execPath,
    [
      "--enable-source-maps",
      path.join(compiled, "support/tiers/suiteProcess.js"),
      path.join(compiled, name),
      String(timeoutMs),
    ],
    { cwd: projectRoot, env: { ...process.env, ...reportEnvironment(report.path), ...env }, stdio: "inherit" },
  );
  const spare = atExit(() => child.kill("SIGTERM"));
  const [code] = (await once(child, "exit")) as [number | null];
  spare();
  const result = readResult(report.path);
  report.remove();
  if (result !== undefined && (result.failed > 0 || code === 0)) return result;
  return { passed: result?.passed ?? 0, failed: (result?.failed ?? 0) + 1, skipped: result?.skipped ?? 0 };
}
