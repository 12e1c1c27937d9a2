// The host tier in a desktop VS Code: the one named in `VSCODE_PATH`, else a downloaded one (`VSCODE_VERSION`, or the newest).
import * as fs from "node:fs";
import * as path from "node:path";
import { runTests } from "@vscode/test-electron";
import { projectRoot } from "../project";
import { readResult, reportEnvironment, type SuiteResult } from "./suite";
import { TempFolder } from "../tempFolder";

export async function runDesktopTier(): Promise<SuiteResult> {
  const report = new TempFolder("report");
  const home = new TempFolder("home");
  const folder = path.join(home.path, "project");
  fs.mkdirSync(folder);
  const program = process.env["VSCODE_PATH"];
  const version = process.env["VSCODE_VERSION"];
  const problem = await runTests({
    ...(program === undefined ? {} : { vscodeExecutablePath: program }),
    ...(version === undefined ? {} : { version }),
    extensionDevelopmentPath: [projectRoot, path.join(projectRoot, "test/support/consumer")],
    extensionTestsPath: path.join(projectRoot, "out/test/host/index.js"),
    extensionTestsEnv: { ...reportEnvironment(report.path), HOME: home.path, USERPROFILE: home.path },
    launchArgs: [
      folder,
      "--disable-workspace-trust",
      "--skip-welcome",
      `--user-data-dir=${path.join(home.path, "vscode-data")}`,
      `--extensions-dir=${path.join(home.path, "vscode-extensions")}`,
    ],
  }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  const text = path.join(report.path, "report.txt");
  if (fs.existsSync(text)) process.stdout.write(fs.readFileSync(text));
  const result = readResult(report.path, "The desktop VS Code", problem ?? "code 0");
  report.remove();
  home.remove();
  return result;
}
