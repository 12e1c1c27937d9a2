// The measurements inside real extension hosts, one for each task.
import * as fs from "node:fs";
import * as path from "node:path";
import { projectRoot } from "../support/project";
import { runInHost } from "../support/vscode/hostRun";
import type { Release } from "../support/vscode/releases";
import { TempFolder } from "../support/tempFolder";
import { printedFile, readOutcome, taskVariable, writeTask, type Outcome, type Task } from "./host/task";

const timeoutMs = 5 * 60_000;

export async function measureInHost(release: Release, task: Task): Promise<Outcome> {
  const home = new TempFolder("home");
  const folder = new TempFolder("task");
  const extension = new TempFolder("extension");
  try {
    placeExtension(extension.path);
    writeTask(folder.path, task);
    const { how, log } = await runInHost({
      release,
      entry: "out/test/bench/host/index.js",
      extension: extension.path,
      home: home.path,
      printed: printedFile(folder.path),
      timeoutMs,
      env: { [taskVariable]: folder.path },
    });
    const outcome = readOutcome(folder.path);
    if (outcome !== undefined && how === "code 0") return outcome;
    throw new Error(`The extension host of VS Code ${release.vscode} ended (${how}) and left no outcome.\n${log}`);
  } finally {
    for (const used of [folder, home, extension]) used.remove();
  }
}

/** The extension as shipped, except that it is activated on request, and timed. */
function placeExtension(folder: string): void {
  const manifest = JSON.parse(fs.readFileSync(path.join(projectRoot, "package.json"), "utf8")) as object;
  const changed = { ...manifest, activationEvents: [], main: "./dist/timedMain.js" };
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify(changed));
  fs.cpSync(path.join(projectRoot, "dist"), path.join(folder, "dist"), { recursive: true });
  fs.copyFileSync(path.join(projectRoot, "out/test/bench/host/timedMain.js"), path.join(folder, "dist/timedMain.js"));
  for (const name of ["package.nls.json", "media", "l10n", "node_modules"]) {
    fs.symlinkSync(path.join(projectRoot, name), path.join(folder, name));
  }
}
