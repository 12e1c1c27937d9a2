// Runs the tracker's program in a project, and reads the errors it prints.
import * as z from "zod/mini";
import { runProgram, type ProgramError, type ProgramOutput } from "../util/program";

/** Where `br` is run, and which one. */
export interface BrOptions {
  /** A name, looked up in `PATH`, or an absolute path. */
  readonly program: string;
  readonly projectFolder: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * In the environment of this process, as ntm when it is started from here: variables such as `BEADS_DIR` point both to the same tracker.
 * @throws {ProgramError} unless it ends with exit code 0
 */
export function runBr(
  { program, projectFolder, signal }: BrOptions,
  args: readonly string[],
  timeoutMs: number,
): Promise<ProgramOutput> {
  return runProgram(program, args, { timeoutMs, signal, cwd: projectFolder });
}

const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** Why `br` refused, in its own words: the message of its error document, else what it printed, cut. */
export function refusalMessage({ output }: ProgramError): string {
  for (const value of [...jsonDocuments(output.stdout), ...jsonDocuments(output.stderr)]) {
    const decoded = errorSchema.safeParse(value);
    if (decoded.success) return decoded.data.error.message;
  }
  const printed = output.stderr.trim() === "" ? output.stdout : output.stderr;
  return printed.trim().slice(0, 500);
}

/** The JSON documents that were printed: `br` prints its error after its result. Nested lines of them are indented. */
export function jsonDocuments(printed: string): unknown[] {
  return printed.split(/^(?=[[{])/m).flatMap((part) => {
    try {
      return [JSON.parse(part) as unknown];
    } catch {
      // Text around the documents.
      return [];
    }
  });
}
