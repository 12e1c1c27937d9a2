// A tier in a plain Node process of its own.
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { atExit } from "../atExit";
import { projectRoot } from "../project";
import { readResult, reportEnvironment, type SuiteResult } from "./suite";
import { TempFolder } from "../tempFolder";
import { tierLimits } from "../timeLimits";

export interface NodeTier {
  /** The folder under `test/`. */
  readonly name: "manifest" | "unit" | "proofs" | "ui" | "live/ui" | "package";
  readonly env?: Readonly<Record<string, string>>;
}

export async function runNodeTier({ name, env }: NodeTier): Promise<SuiteResult> {
  const limits = tierLimits[name === "live/ui" ? "live" : name];
  const report = new TempFolder("report");
  const compiled = path.join(projectRoot, "out/test");
  const child = spawn(
    process.execPath,
    [
      "--enable-source-maps",
      path.join(compiled, "support/tiers/suiteProcess.js"),
      path.join(compiled, name),
      String(limits.testMs),
    ],
    { cwd: projectRoot, env: { ...process.env, ...reportEnvironment(report.path), ...env }, stdio: "inherit" },
  );
  const spare = atExit(() => child.kill("SIGTERM"));
  const limit = setTimeout(() => child.kill("SIGTERM"), limits.tierMs);
  const [code, signal] = (await once(child, "exit")) as [number | null, string | null];
  clearTimeout(limit);
  spare();
  const result = readResult(report.path, `The tier ${name}`, code === null ? String(signal) : `code ${code}`);
  report.remove();
  return result;
}
