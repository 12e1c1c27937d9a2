// Where the ntm program is, and which version.
import * as fs from "node:fs";
import * as path from "node:path";
import { ProgramError, runProgram, type ProgramOptions, type ProgramOutput } from "../util/program";
import { decodeAssignOutput } from "./assignOutput";
import type { CommandLine } from "./commandLine";
import { refusalOf, type NtmOutcome } from "./outcome";

export interface NtmProgram {
  /** Absolute. */
  readonly path: string;
  /** As `ntm version` reports it, e.g. `1.29.3` or `dev`; `undefined` if it doesn't. The program is asked once. */
  version(): Promise<string | undefined>;
}

const versions = new Map<string, Promise<string | undefined>>();

/**
 * @param setting the path that the user configured; empty: `PATH` is searched
 * @returns `undefined` if there is no executable file
 */
export async function findNtm(setting: string, env: NodeJS.ProcessEnv = process.env): Promise<NtmProgram | undefined> {
  for (const candidate of setting === "" ? inPath(env) : [path.resolve(setting)]) {
    const stamp = await executableStamp(candidate);
    if (stamp === undefined) continue;
    return { path: candidate, version: () => versionOf(candidate, stamp, env) };
  }
  return undefined;
}

function versionOf(program: string, stamp: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  // An upgrade replaces the file.
  const key = `${program}:${stamp}`;
  const known = versions.get(key) ?? askVersion(program, env);
  versions.set(key, known);
  return known;
}

function inPath(env: NodeJS.ProcessEnv): readonly string[] {
  const name = process.platform === "win32" ? "ntm.exe" : "ntm";
  const folders = (env["PATH"] ?? env["Path"] ?? "").split(path.delimiter);
  // A relative folder would depend on the working directory.
  return folders.filter((folder) => path.isAbsolute(folder)).map((folder) => path.join(folder, name));
}

async function executableStamp(file: string): Promise<string | undefined> {
  try {
    const stat = await fs.promises.stat(file, { bigint: true });
    if (!stat.isFile()) return undefined;
    await fs.promises.access(file, fs.constants.X_OK);
    return [stat.dev, stat.ino, stat.mtimeNs].join(":");
  } catch {
    return undefined; // Not there or not executable: the next folder may have one.
  }
}

async function askVersion(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  try {
    const { stdout } = await runProgram(program, ["version"], { timeoutMs: 5_000, env });
    return /^ntm version v?(\S+)/m.exec(stdout)?.[1];
  } catch (error) {
    if (error instanceof ProgramError) return undefined; // Not ntm, or one without this command.
    throw error;
  }
}

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
