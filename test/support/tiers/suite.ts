// Runs the compiled tests of one tier with mocha: the same code in plain Node and inside an extension host.
// Two environment variables reach it through any number of processes: `NTM_ASSIGNMENTS_TEST_GREP` picks tests by title, and
// into the folder `NTM_ASSIGNMENTS_TEST_REPORT` goes the result, from which the tiers are added up.
import * as fs from "node:fs";
import * as path from "node:path";
import { isatty } from "node:tty";
import { format } from "node:util";
import type { Runnable } from "mocha";

export const reportVariable = "NTM_ASSIGNMENTS_TEST_REPORT";
export const grepVariable = "NTM_ASSIGNMENTS_TEST_GREP";

export interface SuiteResult {
  /** The full titles of the tests that passed. */
  readonly passed: readonly string[];
  readonly failed: readonly FailedTest[];
  /** How many tests were skipped because this machine lacks what they need. */
  readonly skipped: number;
}

export interface FailedTest {
  /** The full title of the test, or of the hook. */
  readonly title: string;
  /** The title of the outermost suite; all of it shares a window, a home or a server. */
  readonly suite: string;
  /** The first lines of the error. */
  readonly error: string;
  /** What was saved of the failure, such as a screenshot: paths relative to the project. */
  readonly evidence: readonly string[];
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
    ...(grep === undefined ? {} : { grep: new RegExp(grep) }),
  });
  if (print !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: readonly unknown[]) => {
      print(format(...args));
    };
  }
  const files = testFiles(folder);
  for (const file of files) mocha.addFile(file);
  const passed: string[] = [];
  const failed: { readonly test: Runnable; readonly error: unknown }[] = [];
  let skipped = 0;
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on("pass", (test) => passed.push(test.fullTitle()))
      .on("fail", (test: Runnable, error: unknown) => failed.push({ test, error }))
      .on("pending", () => skipped++);
  });
  if (passed.length + failed.length === 0 && grep === undefined)
    throw new Error(`No test ran of ${files.length} files in ${folder}.`);
  return { passed, failed: failed.map(failedTest), skipped };
}

const evidence = new WeakMap<object, string>();

/** What was saved of a test that failed. @param file relative to the project */
export function recordEvidence(test: object, file: string): void {
  evidence.set(test, file);
}

function failedTest({ test, error }: { readonly test: Runnable; readonly error: unknown }): FailedTest {
  let suite = test.parent;
  while (suite?.parent !== undefined && !suite.parent.root) suite = suite.parent;
  const file = evidence.get(test);
  return {
    title: test.fullTitle(),
    suite: suite?.root === true || suite === undefined ? test.title : suite.title,
    error: String(error).split("\n").slice(0, 4).join("\n"),
    evidence: file === undefined ? [] : [file],
  };
}

/** For another process that is to report into `folder`, in colours when this terminal shows any. */
export function reportEnvironment(folder: string): Record<string, string> {
  return { [reportVariable]: folder, ...(isatty(1) ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }) };
}

export function writeResult(folder: string, result: SuiteResult): void {
  fs.writeFileSync(path.join(folder, "result.json"), JSON.stringify(result));
}

/** The result that {@link writeResult} left; a process that ended before it came to that is a failure. */
export function readResult(folder: string, program: string, how: string): SuiteResult {
  const file = path.join(folder, "result.json");
  const result = fs.existsSync(file) ? (JSON.parse(fs.readFileSync(file, "utf8")) as SuiteResult) : undefined;
  const isGood = result !== undefined && (result.failed.length > 0 || how === "code 0");
  if (isGood) return result;
  const { passed = [], failed = [], skipped = 0 } = result ?? {};
  const title = `${program} ended (${how}) and left no good result`;
  return { passed, failed: [...failed, { title, suite: "", error: "", evidence: [] }], skipped };
}

function testFiles(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.js"))
    .map((file) => path.join(folder, file))
    .sort();
}
