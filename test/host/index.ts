// What an extension host is given to run: by the tiers of test/support, by @vscode/test-electron, or by F5.
import * as fs from "node:fs";
import * as path from "node:path";
import { reportVariable, runSuite, writeResult, type SuiteResult } from "../support/tiers/suite";

const timeoutMs = 20_000;

export async function run(): Promise<void> {
  const report = process.env[reportVariable];
  const { failed } = await (report === undefined ? runSuite({ folder: __dirname, timeoutMs }) : runReporting(report));
  if (failed > 0) throw new Error(`${failed} tests failed.`);
}

/** Outside a debugger nobody sees what a host prints, so the report, and what kept it from being made, go to files. */
async function runReporting(report: string): Promise<SuiteResult> {
  const print = (line: string): void => {
    fs.appendFileSync(path.join(report, "report.txt"), `${line}\n`);
  };
  try {
    const result = await runSuite({ folder: __dirname, timeoutMs, print });
    writeResult(report, result);
    return result;
  } catch (error) {
    print(error instanceof Error ? String(error.stack) : String(error));
    throw error;
  }
}
