// Runs the compiled tests of one tier with mocha: the same code in plain Node and inside an extension host.
// Two environment variables reach it through any number of processes: `NTM_ASSIGNMENTS_TEST_GREP` picks tests by title, and
// into the folder `NTM_ASSIGNMENTS_TEST_REPORT` go the counts, from which the tiers are added up.
import * as fs from "node:fs";
import * as path from "node:path";
import { isatty } from "node:tty";
import { format } from "node:util";

export const reportVariable = "NTM_ASSIGNMENTS_TEST_REPORT";
export const grepVariable = "NTM_ASSIGNMENTS_TEST_GREP";

export interface SuiteResult {
  readonly passed: number;
  readonly failed: number;
  /** What this machine has not what it takes for. */
  readonly skipped: number;
}

export interface SuiteOptions {
  /** The compiled folder whose `*.test.js` are run, at any depth. */
  readonly folder: string;
  readonly timeoutMs: number;
  /** Where the report goes instead of the terminal. */
  readonly print?: (line: string) => void;
}

/** Rejects when nothing ran, which must not look like success; unless a title was asked for, which only one of many suites may have. */
export async function runSuite({ folder, timeoutMs, print }: SuiteOptions): Promise<SuiteResult> {
  const { default: Mocha } = await import("mocha");
  const grep = process.env[grepVariable];
  const mocha = new Mocha({
    ui: "bdd",
    reporter: "spec",
    timeout: timeoutMs,
    forbidOnly: process.env["CI"] !== undefined,
    ...(grep === undefined ? {} : { grep }),
  });
  if (print !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: readonly unknown[]) => {
      print(format(...args));
    };
  }
  const files = testFiles(folder);
  for (const file of files) mocha.addFile(file);
  const result = await new Promise<SuiteResult>((resolve) => {
    const runner = mocha.run((failed) => {
      resolve({ passed: runner.stats?.passes ?? 0, failed, skipped: runner.stats?.pending ?? 0 });
    });
  });
  if (result.passed + result.failed === 0 && grep === undefined)
    throw new Error(`No test ran of ${files.length} files in ${folder}.`);
  return result;
}

/** For another process that is to report into `folder`, in colours when this terminal shows any. */
export function reportEnvironment(folder: string): Record<string, string> {
  return { [reportVariable]: folder, ...(isatty(1) ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }) };
}

export function writeResult(folder: string, result: SuiteResult): void {
  fs.writeFileSync(path.join(folder, "result.json"), JSON.stringify(result));
}

/** The counts that {@link writeResult} left, or undefined when the process ended before it came to that. */
export function readResult(folder: string): SuiteResult | undefined {
  const file = path.join(folder, "result.json");
  return fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as SuiteResult) : undefined;
}

function testFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.js"))
    .map((file) => path.join(folder, file))
    .sort();
}
