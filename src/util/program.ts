// Runs other programs: without a shell, with a time limit, an abort signal and bounded output, and with typed errors.
import { execFile, type ExecFileException } from "node:child_process";

export interface ProgramOptions {
  readonly timeoutMs: number;
  /** Ends the program when aborted. */
  readonly signal?: AbortSignal | undefined;
  readonly cwd?: string | undefined;
  /** Replaces the environment of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Maximum number of bytes of each stream; a program that prints more is ended. */
  readonly maxOutputBytes?: number;
  /** Called after the process was started, before it printed anything. */
  readonly onDidStart?: () => void;
}

export interface ProgramOutput {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Why a program returned no usable output:
 * - `not-found`: there is no such program, or it can't be executed
 * - `refused`: it exited with an exit code other than 0
 * - `timed-out`: it was ended because it took too long
 * - `aborted`: it was ended because the caller's signal was aborted
 * - `killed`: another process ended it with a signal
 * - `bad-output`: it printed more than allowed, or its output can't be parsed
 */
export type ProgramFailure = "not-found" | "refused" | "timed-out" | "aborted" | "killed" | "bad-output";

export class ProgramError extends Error {
  override readonly name = "ProgramError";
  constructor(
    readonly failure: ProgramFailure,
    readonly program: string,
    /** The output so far. */
    readonly output: ProgramOutput = { stdout: "", stderr: "" },
    /** With `refused`. */
    readonly exitCode?: number,
    options?: ErrorOptions,
  ) {
    const code = exitCode === undefined ? "" : ` (exit code ${exitCode})`;
    const detail = output.stderr.trim().slice(0, 500);
    super(`${program}: ${failure}${code}${detail === "" ? "" : `: ${detail}`}`, options);
  }
}

const defaultMaxOutputBytes = 16 * 1024 * 1024;
/** How long a program may take to exit after it was asked to. */
const graceMs = 1000;

/**
 * Runs a program until it exits.
 * @param program a name, looked up in `PATH`, or an absolute path
 * @throws {ProgramError} unless it exits with code 0
 */
export function runProgram(
  program: string,
  args: readonly string[],
  { timeoutMs, signal, cwd, env, maxOutputBytes = defaultMaxOutputBytes, onDidStart }: ProgramOptions,
): Promise<ProgramOutput> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(new ProgramError("aborted", program));
      return;
    }
    let ended: "timed-out" | "aborted" | undefined;
    let forcing: NodeJS.Timeout | undefined;
    const end = (reason: "timed-out" | "aborted"): void => {
      if (ended !== undefined) return;
      ended = reason;
      child.kill("SIGTERM");
      forcing = setTimeout(() => {
        child.kill("SIGKILL");
        // A grandchild may have inherited the pipes and keep them open: it isn't waited for.
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, graceMs);
    };
    const onAbort = (): void => {
      end("aborted");
    };
    const options = { cwd, env, maxBuffer: maxOutputBytes, encoding: "utf8", windowsHide: true } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      clearTimeout(limit);
      clearTimeout(forcing);
      signal?.removeEventListener("abort", onAbort);
      const output = { stdout, stderr };
      if (ended !== undefined) reject(new ProgramError(ended, program, output));
      else if (error === null) resolve(output);
      else reject(errorOf(error, program, output));
    });
    if (onDidStart !== undefined) child.once("spawn", onDidStart);
    // Closes the input, so that a program that reads it doesn't wait.
    child.stdin?.on("error", () => undefined).end();
    const limit = setTimeout(() => {
      end("timed-out");
    }, timeoutMs);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

function errorOf(error: ExecFileException, program: string, output: ProgramOutput): ProgramError {
  const options = { cause: error };
  if (typeof error.code === "number") return new ProgramError("refused", program, output, error.code, options);
  if (error.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") {
    return new ProgramError("bad-output", program, output, undefined, options);
  }
  // A missing working directory is reported as ENOENT, too: in both cases nothing was started.
  if (typeof error.code === "string") return new ProgramError("not-found", program, output, undefined, options);
  return new ProgramError("killed", program, output, undefined, options);
}
