// What is measured inside a real extension host: each task in one of its own.
import { runInHost } from "../support/vscode/hostRun";
import type { Release } from "../support/vscode/releases";
import { TempFolder } from "../support/tempFolder";
import { printedFile, readOutcome, taskVariable, writeTask, type Outcome, type Task } from "./host/task";

const timeoutMs = 5 * 60_000;

export async function measureInHost(release: Release, task: Task): Promise<Outcome> {
  const home = new TempFolder("home");
  const folder = new TempFolder("task");
  try {
    writeTask(folder.path, task);
    const { how, log } = await runInHost({
      release,
      entry: "out/test/bench/host/index.js",
      home: home.path,
      printed: printedFile(folder.path),
      timeoutMs,
      env: { [taskVariable]: folder.path },
    });
    const outcome = readOutcome(folder.path);
    if (outcome !== undefined && how === "code 0") return outcome;
    throw new Error(`The extension host of VS Code ${release.vscode} ended (${how}) and left no outcome.\n${log}`);
  } finally {
    folder.remove();
    home.remove();
  }
}
