// How tmux is started: as a UTF-8 client, with a time limit and typed failures.
import { ProgramError, runProgram, type ProgramOutput } from "../util/program";

export interface TmuxOptions {
  /** The program's name or path. */
  readonly program?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Why tmux gave no usable answer:
 * - `no-tmux`: there is no such program
 * - `no-server`: nothing listens on the socket that this environment means; a server may run on another one
 * - `permission`: there is a server, and it doesn't talk to this user
 * - `timed-out`: it was ended because it took too long
 * - `unparseable`: it printed too much, or what no tmux prints
 * - `refused`: anything else, such as a pane that doesn't exist
 */
export type TmuxFailure = "no-tmux" | "no-server" | "permission" | "timed-out" | "unparseable" | "refused";

export class TmuxError extends Error {
  override readonly name = "TmuxError";
  constructor(
    readonly failure: TmuxFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A tmux that takes longer than this hangs. */
const timeoutMs = 2000;

/** @throws {TmuxError} */
export async function runTmux(
  args: readonly string[],
  maxOutputBytes: number,
  { program = "tmux", env, signal }: TmuxOptions = {},
): Promise<ProgramOutput> {
  try {
    // Without `-u` tmux prints an underscore for each character that isn't ASCII when the locale isn't UTF-8, as in many remote hosts.
    return await runProgram(program, ["-u", ...args], { timeoutMs, maxOutputBytes, env, signal });
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    throw new TmuxError(failureOf(error), error.message, { cause: error });
  }
}

function failureOf({ failure, output }: ProgramError): TmuxFailure {
  switch (failure) {
    case "not-found":
      return "no-tmux";
    case "timed-out":
      return "timed-out";
    case "bad-output":
      return "unparseable";
    case "aborted":
    case "killed":
      return "refused";
    case "refused":
      if (/permission denied|access not allowed/i.test(output.stderr)) return "permission";
      return /^(?:no server running on |error connecting to |failed to connect to server)/m.test(output.stderr)
        ? "no-server"
        : "refused";
  }
}
