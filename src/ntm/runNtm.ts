// Runs ntm's command lines and decodes what it answers.
import { ProgramError, runProgram, type ProgramOptions, type ProgramOutput } from "../util/program";
import { decodeAssignOutput } from "./assignOutput";
import type { CommandLine } from "./commandLine";
import { refusalOf, type NtmOutcome } from "./outcome";

export interface NtmRun extends Pick<ProgramOptions, "signal" | "env" | "onDidStart"> {
  /** The path of the program. */
  readonly program: string;
  /** The session's project folder, in which ntm looks for the tracker. */
  readonly cwd: string;
  /** Longer than ntm's own time limit of 30 seconds by default, so that ntm reports its own. */
  readonly timeoutMs?: number;
  /** What was printed, for the log. The exit code is `undefined` for a program that didn't exit by itself. */
  readonly onDidEnd?: (output: ProgramOutput, exitCode: number | undefined) => void;
}

/** Never throws for what ntm, or its absence, does. @param command with `--json` */
export async function runNtm(
  command: CommandLine,
  { program, timeoutMs = 45_000, onDidEnd, ...options }: NtmRun,
): Promise<NtmOutcome> {
  const [, ...args] = command;
  try {
    const output = await runProgram(program, args, { timeoutMs, ...options });
    onDidEnd?.(output, 0);
    return answer(program, output, 0);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    onDidEnd?.(error.output, error.exitCode);
    // A refusal is an answer, with exit code 1.
    if (error.failure !== "refused") return { kind: "failed", error };
    return answer(program, error.output, error.exitCode ?? 1, error);
  }
}

function answer(program: string, output: ProgramOutput, exitCode: number, refused?: ProgramError): NtmOutcome {
  const decoded = decodeAssignOutput(output.stdout);
  if (decoded?.error !== undefined) return refusalOf(decoded, decoded.error);
  if (decoded !== undefined && refused === undefined) return { kind: "ok", output: decoded };
  // Nothing readable: what a program that ended by itself with an error printed is for the user to read.
  if (refused !== undefined) return { kind: "failed", error: refused };
  return { kind: "failed", error: new ProgramError("bad-output", program, output, exitCode) };
}
