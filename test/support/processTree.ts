// A program together with everything it starts: a VS Code server's extension hosts must not outlive the test run.
import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { atExit } from "./atExit";

export class ProcessTree {
  readonly root: ChildProcess;
  /** How the program itself ended: its exit code, or the name of the signal, or why it couldn't be started. */
  readonly ended: Promise<string>;
  readonly #spare: () => void;

  /** On POSIX the program leads a process group of its own, by which all of the tree can be reached. */
  constructor(command: string, args: readonly string[], options: SpawnOptions) {
    this.root = spawn(command, args, { ...options, detached: process.platform !== "win32" });
    this.ended = new Promise((resolve) => {
      this.root.once("error", (error) => {
        resolve(error.message);
      });
      this.root.once("exit", (code, signal) => {
        resolve(code === null ? String(signal) : `exit code ${code}`);
      });
    });
    this.#spare = atExit(() => {
      this.#kill();
    });
  }

  async stop(): Promise<void> {
    this.#kill();
    await this.ended;
  }

  #kill(): void {
    this.#spare();
    const { pid } = this.root;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32")
        execFileSync("taskkill", ["/pid", String(pid), "/t", "/f"], { stdio: "ignore" });
      else process.kill(-pid, "SIGKILL");
    } catch {
      // Nothing of it is left.
    }
  }
}
