// npm run watch:tests [-- TIER… --grep TITLE --release oldest|newest]: builds and runs these tests after every change of a source,
// without a tier those that take seconds. A change during a run ends it and starts the next one.
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { Burst } from "../src/util/burst";
import { atExit } from "../test/support/atExit";
import { endWhenOrphaned } from "../test/support/orphan";
import { projectRoot } from "../test/support/project";

const folders = ["src", "test", "scripts", "docs", "l10n"];
const quickTiers = ["manifest", "unit"];

/** One after the other; `stop` ends the current one early. */
class Rounds {
  #last: Promise<void> = Promise.resolve();
  #current = new AbortController();

  constructor(private readonly args: readonly string[]) {}

  start(): void {
    this.#current.abort();
    const round = (this.#current = new AbortController());
    this.#last = this.#last.then(() => this.#run(round.signal));
  }

  async #run(signal: AbortSignal): Promise<void> {
    for (const step of [["esbuild.js"], ["esbuild.js", "--tests"], ["out/scripts/test.js", ...this.args]]) {
      if (signal.aborted || (await runNode(step, signal)) !== 0) return;
    }
  }
}

async function runNode(args: readonly string[], signal: AbortSignal): Promise<number | null> {
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: "inherit" });
  const end = (): void => {
    child.kill("SIGTERM");
  };
  const spare = atExit(end);
  signal.addEventListener("abort", end, { once: true });
  const [code] = (await once(child, "exit")) as [number | null];
  spare();
  return code;
}

function main(args: readonly string[]): void {
  endWhenOrphaned();
  const rounds = new Rounds(args.some((arg) => !arg.startsWith("-")) ? args : [...quickTiers, ...args]);
  const changes = new Burst<string>(
    () => {
      rounds.start();
    },
    100,
    1_000,
  );
  for (const folder of folders) {
    fs.watch(path.join(projectRoot, folder), { recursive: true }, (_kind, file) => {
      // Screenshots and logs of failed tests come up among the tests, too.
      if (/\.(?:ts|json|md)$/.test(file ?? "")) changes.add([folder]);
    });
  }
  rounds.start();
}

main(process.argv.slice(2));
