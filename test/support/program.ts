// Programs of the tests' own that run as processes of their own, bundled so that hundreds of them start quickly.
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { buildSync } from "esbuild";
import * as path from "node:path";
import { atExit } from "./atExit";
import { node } from "./bundling";
import { projectRoot } from "./project";

const bundled = new Map<string, string>();

export interface Ending {
  /** All that was printed. */
  readonly output: string;
  readonly errors: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Program {
  readonly process: ChildProcessWithoutNullStreams;
  /** Resolves when the program has ended and all its output has arrived. */
  readonly ended: Promise<Ending>;
  #output = "";
  #errors = "";
  #notify: () => void = () => undefined;

  /** @param name a file of `test/proofs/programs`, without its extension */
  constructor(name: string, args: readonly string[]) {
    this.process = spawn(process.execPath, [bundleProgram(`test/proofs/programs/${name}.ts`), ...args]);
    this.process.stdin.on("error", () => undefined); // It may be gone before it reads.
    this.process.stdout.on("data", (chunk: Buffer) => {
      this.#output += chunk.toString();
      this.#notify();
    });
    this.process.stderr.on("data", (chunk: Buffer) => (this.#errors += chunk.toString()));
    const spare = atExit(() => this.process.kill("SIGKILL"));
    this.ended = new Promise((resolve, reject) => {
      this.process.once("error", reject);
      this.process.once("close", (code, signal) => {
        spare();
        this.#notify();
        resolve({ output: this.#output, errors: this.#errors, code, signal });
      });
    });
  }

  /** Resolves with the first line that is printed, or with what there is when the program ends without one. */
  async firstLine(): Promise<string> {
    const printed = new Promise<void>((resolve) => {
      this.#notify = () => {
        if (this.#output.includes("\n")) resolve();
      };
      this.#notify();
    });
    await Promise.race([printed, this.ended]);
    return this.#output.split("\n")[0]!;
  }

  /** The JSON on the last line of a program that ended well. @throws {Error} with what it had to say otherwise */
  async result<T>(): Promise<T> {
    const { code, signal, output, errors } = await this.ended;
    if (code !== 0)
      throw new Error(`${path.basename(this.process.spawnargs[1]!)} ended (${signal ?? code}): ${errors}`);
    return JSON.parse(output.split("\n").at(-1)!) as T;
  }
}

/** @param source from the project's root @returns the bundle, which is inside the project, where the native lock is found */
export function bundleProgram(source: string): string {
  const known = bundled.get(source);
  if (known !== undefined) return known;
  const outfile = path.join(projectRoot, "out", "programs", source.replace(/\.ts$/, ".js"));
  buildSync({ ...node, entryPoints: [path.join(projectRoot, source)], outfile });
  bundled.set(source, outfile);
  return outfile;
}
