// node suiteProcess.js FOLDER TIMEOUT-MS: runs a tier in this plain Node process.
import { reportVariable, runSuite, writeResult } from "./suite";

/** How long the process may go on after its last test before that counts as a failure. */
const lingerMs = 10_000;

async function main([folder = "", timeoutMs = ""]: readonly string[]): Promise<void> {
  const result = await runSuite({ folder, timeoutMs: Number(timeoutMs) });
  const report = process.env[reportVariable];
  if (report !== undefined) writeResult(report, result);
  process.exitCode = result.failed.length > 0 ? 1 : 0;
  // Doesn't keep the process alive: it is reached when something that a test left open does.
  setTimeout(() => {
    console.error("The tests are over, but something they left open keeps their process alive:");
    console.error(process.getActiveResourcesInfo());
    process.exit(1);
  }, lingerMs).unref();
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
