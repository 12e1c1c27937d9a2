// What an extension host is given to run: by the tiers of test/support, by @vscode/test-electron, or by F5.
import * as fs from "node:fs";
import * as path from "node:path";
import { tierLimits } from "../timeLimits";
import { reportVariable, runSuite, writeResult, type SuiteResult } from "./suite";

const timeoutMs = tierLimits.host.testMs;

/** Runs the compiled tests of a folder in this extension host. @throws {Error} when one of them failed */
export async function runHostSuite(folder: string): Promise<void> {
  const report = process.env[reportVariable];
  const { failed } = await (report === undefined ? runSuite({ folder, timeoutMs }) : runReporting(folder, report));
  if (failed.length > 0) throw new Error(`${failed.length} tests failed.`);
}

/** Outside a debugger the output of a host isn't shown, so the report, or the error that prevented it, go to files. */
async function runReporting(folder: string, report: string): Promise<SuiteResult> {
  const print = (line: string): void => {
    fs.appendFileSync(path.join(report, "report.txt"), `${line}\n`);
  };
  try {
    const result = await runSuite({ folder, timeoutMs, print });
    writeResult(report, result);
    return result;
  } catch (error) {
    print(error instanceof Error ? String(error.stack) : String(error));
    throw error;
  }
}
